/** Dutch. */
import type { Language } from '../language.ts';

const KEY = '(api sleutel|apisleutel|sleutel|api key|token)';
const SERVICE = '(dienst|service|service id|dienst id|geselecteerde dienst)';
const LINK = '(link|url|gebruikersnaam|adres)';
const COUNT = '(hoeveelheid|aantal|bestelhoeveelheid)';
const WRONG = '(ongeldig|onjuist|verkeerd|fout|niet geldig|niet correct|niet juist)';
const BAD = '(ongeldige|ongeldig|onjuiste|onjuist|verkeerde|foute|ontbrekende)';
const OFF = '(uitgeschakeld|inactief|niet actief|gedeactiveerd)';

export const dutch: Language = {
  refusals: {
    INVALID_KEY: [
      `${BAD} ${KEY}|(de|uw|je)? ${KEY} (is)? (${WRONG}|${OFF}|verplicht|vereist|verlopen|niet gevonden)|niet geautoriseerd|toegang geweigerd`,
      `(uw|je|dit|het|deze)? (account|gebruiker) (is)? (${OFF}|geblokkeerd|opgeschort|niet gevonden)`,
    ],
    INVALID_SERVICE: [
      `${BAD} ${SERVICE}|(de|deze)? ${SERVICE} (is)? (${WRONG}|${OFF}|niet gevonden|verplicht|vereist|verwijderd)|(de|deze)? ${SERVICE} bestaat niet`,
    ],
    INVALID_LINK: [
      `${BAD} ${LINK}|(de|deze|uw)? ${LINK} (is)? (${WRONG}|verplicht|vereist|privé|niet toegestaan|niet gevonden)|(het|dit)? (account|profiel) is privé`,
    ],
    LINK_BUSY: [
      'er (loopt|is|bestaat) al een (actieve|lopende)? bestelling (voor|met|op) (deze|dezelfde) (link|url)',
      '(u heeft|je hebt|er is) (al)? (een)? (actieve|lopende) bestelling (met|voor|op) (deze|dezelfde) (link|url)',
      '(u heeft|je hebt|er is) (al)? (een)? (actieve|lopende) bestelling (met|voor|op) deze link wacht tot (de bestelling|deze) (is)? voltooid (is)?',
    ],
    INVALID_QUANTITY: [
      `${BAD} ${COUNT}|(de|het)? ${COUNT} (is)? (${WRONG}|te laag|te hoog|te klein|te groot)`,
      `(de|het)? ${COUNT} moet (tussen|minimaal|maximaal|minstens|ten minste|hoogstens) (de)? # (en #)? (liggen|zijn)?|(de|het)? ${COUNT} moet (tussen # en #|minimaal #|minstens #) (liggen|zijn)`,
      '(de|het)? (minimale|maximale|minimum|maximum) (hoeveelheid|aantal|bestelhoeveelheid) (is)? (#|niet bereikt|overschreden)',
      `(de|het)? ${COUNT} (is)? (minder|meer|lager|hoger|kleiner|groter) dan (het|de)? (minimum|maximum|minimale|maximale|minimale hoeveelheid|maximale hoeveelheid) #?`,
    ],
    INSUFFICIENT_FUNDS: [
      '(onvoldoende|niet genoeg|te weinig|geen) (saldo|tegoed|krediet) (op (uw|je|het) account)? (voor deze bestelling)?',
      '(uw|je|het)? (saldo|tegoed) (is)? (onvoldoende|ontoereikend|te laag|niet toereikend)|(u heeft|je hebt) (onvoldoende|niet genoeg|niet voldoende) (saldo|tegoed)',
    ],
    ORDER_NOT_FOUND: [
      `(de)? bestelling (is|werd)? niet gevonden|${BAD} (bestelnummer|bestelling|bestel id|order id)|(de|deze)? bestelling bestaat niet`,
    ],
    REFILL_NOT_FOUND: ['(refill|aanvulling) niet gevonden'],
    REFILL_NOT_ALLOWED: [
      '(deze|de) (dienst|service) heeft geen (refill|aanvulling)|(refill|aanvulling) (is)? niet (mogelijk|beschikbaar|toegestaan)',
    ],
    CANCEL_NOT_ALLOWED: [
      '(deze|de)? bestelling kan niet (worden)? geannuleerd (worden)?|annuleren (is)? niet (mogelijk|toegestaan)',
    ],
    PANEL_REJECTED: ['ongeldige actie'],
    RATE_LIMITED: [
      'te veel (verzoeken|aanvragen|pogingen)|(verzoeklimiet|limiet van verzoeken) (overschreden|bereikt)',
    ],
  },
  quantityDemands: [
    '(de|het)? (veld)? (quantity|hoeveelheid|aantal) (is|ontbreekt)? (verplicht|vereist)|(de|het)? (parameter)? (quantity|hoeveelheid|aantal) ontbreekt|ontbrekende parameter (quantity|hoeveelheid|aantal)',
  ],
  missingParameters: [
    '(ontbrekende|verplichte) (parameters|velden) (ontbreken)?|(parameters|velden) ontbreken|alle velden zijn verplicht',
  ],
  orderDemands: [
    '(de|het)? (veld|parameter)? (order|bestelling|bestelnummer) (is)? (verplicht|vereist|ontbreekt|ongeldig)|ontbrekende parameter (order|bestelling)|ongeldig bestelnummer',
  ],
  openings: ['fout|sorry|let op|foutmelding'],
  closings: [
    '(neem|gelieve) contact op (te nemen)? met (de|onze)? (support|ondersteuning|klantenservice)|(voeg|vul) (uw|je)? (saldo|tegoed) (toe|aan)|controleer (de|uw|je)? (link|hoeveelheid|invoer)',
    '(minimum|maximum|vereist|beschikbaar|huidig saldo) #|alstublieft',
  ],
  waits: [
    '(probeer het|probeer) (later|over # seconden) (opnieuw|nog eens)?|(probeer het)? opnieuw (over # seconden)?|wacht even',
  ],
  failures: [
    '(interne|onverwachte|onbekende) (fout|serverfout)|serverfout|databasefout|er is een fout|fout (bij|opgetreden|tijdens|in)|fout is opgetreden|ging (er)? iets mis|iets misgegaan|mislukt',
    'later|opnieuw|onderhoud*|niet beschikbaar|tijdelijk*|verlopen verbinding|time out|server|database|leverancier*|aanbieder*|verbinding*|overbelast|kon|konden|storing*',
  ],
  deeds: [
    'geplaatst|aangemaakt|gemaakt|opgeslagen|afgeschreven|geaccepteerd|verzonden|verstuurd|ontvangen|verwerkt|bevestigd|gekocht|betaald|succes*|voltooid|gelukt',
    'terugbetaald|wachtrij|in behandeling|reeds|dubbel*|toegevoegd|bijgewerkt|al (geplaatst|verwerkt|verzonden|ontvangen|bestaat)|uitgevoerd|doorgestuurd',
  ],
};
