/** German. */
import type { Language } from '../language.ts';

const KEY = '(api schlüssel|schlüssel|apischlüssel|api key|token)';
const SERVICE = '(dienst|service|service id|dienst id|dienstleistung)';
const LINK = '(link|url|benutzername|adresse)';
const COUNT = '(menge|anzahl|bestellmenge)';
const WRONG = '(ungültig|falsch|nicht gültig|nicht korrekt|fehlerhaft)';
const BAD = '(ungültiger|ungültige|ungültiges|falscher|falsche|fehlender|fehlende)';

export const german: Language = {
  refusals: {
    INVALID_KEY: [
      `${BAD} ${KEY}|(der|ihr)? ${KEY} (ist|wurde)? (${WRONG}|erforderlich|deaktiviert|gesperrt|abgelaufen|nicht gefunden)|nicht autorisiert|zugriff verweigert`,
      '(ihr|dein|das|der)? (konto|account|benutzer) (ist|wurde)? (gesperrt|deaktiviert|inaktiv|nicht aktiv|nicht gefunden)',
    ],
    INVALID_SERVICE: [
      `${BAD} ${SERVICE}|(der|dieser|die)? ${SERVICE} (ist|wurde)? (${WRONG}|nicht gefunden|deaktiviert|inaktiv|nicht aktiv|erforderlich)|${SERVICE} existiert nicht`,
    ],
    INVALID_LINK: [
      `${BAD} ${LINK}|(der|die|dieser|ihr)? ${LINK} (ist)? (${WRONG}|erforderlich|privat|nicht erlaubt|nicht gefunden)|(das|dieses)? (profil|konto) ist privat`,
    ],
    LINK_BUSY: [
      '(sie haben|du hast|es gibt) (bereits)? eine (aktive|laufende) bestellung (mit|für|zu) (diesem|diesen|dem gleichen|denselben) (link|url)',
    ],
    INVALID_QUANTITY: [
      `${BAD} ${COUNT}|(die)? ${COUNT} (ist)? (${WRONG}|zu klein|zu groß|zu niedrig|zu hoch)`,
      `(die)? ${COUNT} muss (zwischen # und #|mindestens #|höchstens #|ein vielfaches von #) (liegen|sein|betragen)?`,
      '(die)? (mindestmenge|höchstmenge|mindestbestellmenge|maximale menge|minimale menge) (ist|beträgt)? (#|nicht erreicht|überschritten)',
      `(die)? ${COUNT} (ist)? (kleiner|größer|geringer|höher) als (das|die)? (minimum|maximum|mindestmenge|höchstmenge) #?`,
    ],
    INSUFFICIENT_FUNDS: [
      '(nicht genügend|nicht genug|unzureichendes|zu wenig|kein) guthaben (auf (ihrem|dem) konto)?|(ihr|das|dein)? guthaben (ist)? (nicht ausreichend|unzureichend|reicht nicht aus|zu niedrig)',
    ],
    ORDER_NOT_FOUND: [
      `(die)? bestellung (wurde)? nicht gefunden|${BAD} (bestellnummer|bestellung|bestell id)|bestellung existiert nicht`,
    ],
    REFILL_NOT_FOUND: ['(nachfüllung|refill) nicht gefunden'],
    REFILL_NOT_ALLOWED: [
      '(dieser|der) (dienst|service) hat (keine nachfüllung|kein refill)|(nachfüllung|refill) nicht (möglich|verfügbar)',
    ],
    CANCEL_NOT_ALLOWED: ['(die|diese)? bestellung kann nicht storniert werden|stornierung nicht (möglich|verfügbar)'],
    PANEL_REJECTED: ['ungültige aktion'],
    RATE_LIMITED: ['zu viele (anfragen|versuche)|anfragelimit (überschritten|erreicht)'],
  },
  quantityDemands: [
    '(die)? (quantity|menge|anzahl) (ist)? (erforderlich|fehlt|ein pflichtfeld)|fehlender parameter (quantity|menge|anzahl)|der parameter (quantity|menge|anzahl) fehlt',
  ],
  missingParameters: [
    '(fehlende|es fehlen) (parameter|pflichtfelder|felder)|(parameter|pflichtfelder) fehlen|alle felder sind (erforderlich|pflichtfelder)',
  ],
  orderDemands: [
    '(der)? (parameter)? (order|bestellung|bestellnummer) (ist)? (erforderlich|fehlt|ungültig)|fehlender parameter (order|bestellung)|ungültige bestellnummer',
  ],
  openings: ['fehler|entschuldigung|achtung'],
  closings: [
    '(bitte)? (kontaktieren sie|wenden sie sich an) (den|unseren)? (support|kundendienst)|(bitte)? (laden sie ihr guthaben auf|prüfen sie (den|die|ihre)? (link|menge|eingabe)?)|bitte',
    '(minimum|maximum|benötigt|verfügbar|aktuelles guthaben) #',
  ],
  waits: [
    '(bitte)? (versuchen sie es|versuche es) (später|in # sekunden) (erneut|noch einmal|wieder)?|(bitte)? warten',
  ],
  failures: [
    '(interner|unerwarteter|unbekannter) (fehler|serverfehler)|serverfehler|datenbank*|fehler (beim|bei|in|aufgetreten|ist)|ein fehler|fehlgeschlagen|gescheitert',
    'später|erneut|nochmal|wartung*|nicht verfügbar|vorübergehend|zeitüberschreitung|verbindung*|anbieter*|lieferant*|server|überlastet|konnte nicht|konnten nicht',
  ],
  deeds: [
    'aufgegeben|erstellt|gespeichert|angenommen|gesendet|erhalten|verarbeitet|bearbeit*|bestätigt|abgebucht|belastet|gekauft|bezahlt|erfolgreich|abgeschlossen',
    'erstattet|warteschlange|ausstehend|bereits|doppelt*|aktualisiert|hinzugefügt|eingetragen|übermittelt|ausgeführt',
  ],
};
