/** Italian. */
import type { Language } from '../language.ts';

const KEY = '(chiave|chiave api|api key|token)';
const SERVICE = '(servizio|id servizio|id del servizio)';
const LINK = '(link|url|nome utente|indirizzo|collegamento)';
const COUNT = '(quantità|quantità richiesta)';
const WRONG =
  '(non valido|non valida|errato|errata|non corretto|non corretta|sbagliato|sbagliata|non è valido|non è valida|non è corretto)';
const NOT_THERE = '(non trovato|non trovata|non esiste|inesistente)';
const OFF = '(disattivato|disattivata|disabilitato|disabilitata|non attivo|non attiva|inattivo|inattiva|non è attivo)';

export const italian: Language = {
  refusals: {
    INVALID_KEY: [
      `(la|tua)? ${KEY} (è)? (${WRONG}|${OFF}|${NOT_THERE}|mancante|obbligatoria|scaduta)|non autorizzato|accesso negato`,
      `(il tuo|l’|il)? (account|utente|l’account|l’utente) (è|è stato)? (${OFF}|bloccato|sospeso|${NOT_THERE})`,
    ],
    INVALID_SERVICE: [`(il|questo)? ${SERVICE} (è)? (${WRONG}|${OFF}|${NOT_THERE}|obbligatorio|rimosso)`],
    INVALID_LINK: [
      `(il|questo|l’)? ${LINK} (è)? (${WRONG}|${NOT_THERE}|obbligatorio|privato|non supportato)|(il|questo)? profilo è privato|l’account è privato`,
    ],
    LINK_BUSY: [
      '(hai|esiste|c’è) (già un ordine (attivo|in corso)?|un ordine (attivo|in corso)) (con|per|su) (questo|lo stesso) (link|url)',
    ],
    INVALID_QUANTITY: [
      `(la)? ${COUNT} (è)? (${WRONG}|troppo bassa|troppo alta)|(la)? ${COUNT} deve essere (compresa tra|tra|almeno|maggiore di|minore di|al massimo|un multiplo di) # (e #)?`,
      `(la)? ${COUNT} (è)? (inferiore|superiore|minore|maggiore) (al|alla|del)? (minimo|massimo|quantità minima|quantità massima)? (consentito|consentita)? #?`,
      '(la)? (quantità)? (minima|massima|minimo|massimo) (consentita|ordinabile)? (è)? #',
    ],
    INSUFFICIENT_FUNDS: [
      '(il tuo|il)? (saldo|credito|fondi) (è|sono)? (insufficiente|insufficienti) (sul (tuo)? conto)? (per questo ordine)?|non hai (abbastanza|sufficiente|sufficienti) (saldo|credito|fondi)',
      '(saldo|credito|fondi) non (è)? (sufficiente|sufficienti)',
    ],
    ORDER_NOT_FOUND: [`(l’ordine|ordine|id ordine|id dell’ordine) (${NOT_THERE}|${WRONG})`],
    REFILL_NOT_FOUND: ['(refill|ricarica) (non trovato|non trovata|non valido)'],
    REFILL_NOT_ALLOWED: ['(questo|il) servizio non (ha|prevede) (refill|ricarica)|refill non (disponibile|consentito)'],
    CANCEL_NOT_ALLOWED: [
      '(questo|l’ordine|ordine|questo ordine) non può essere (annullato|cancellato)|(annullamento|cancellazione) non (disponibile|consentito|consentita)',
    ],
    PANEL_REJECTED: ['azione non valida'],
    RATE_LIMITED: ['troppe richieste|limite (di)? richieste (superato|raggiunto)'],
  },
  quantityDemands: [
    '(il|la)? (parametro|campo)? (quantity|quantità) (è)? (obbligatorio|obbligatoria|richiesto|richiesta|mancante)|manca (il|la)? (parametro|campo)? (quantity|quantità)',
  ],
  missingParameters: [
    '(parametri|campi) (obbligatori)? mancanti|mancano (i|dei)? (parametri|campi) (obbligatori)?|tutti i campi sono obbligatori',
  ],
  orderDemands: [
    '(il)? (parametro|campo)? (order|ordine|id ordine) (è)? (obbligatorio|richiesto|mancante|non valido)|manca (il)? (parametro)? (order|ordine|l’ordine)',
  ],
  openings: ['errore|spiacenti|attenzione'],
  closings: [
    '(si prega di)? (contatta|contattare|contattate) (il|l’)? (supporto|assistenza|l’assistenza)|(ricarica|aggiungi) (il|del)? (saldo|credito|fondi|tuo saldo)|(verifica|controlla) (il|la)? (link|quantità)|(minimo|massimo|richiesto|disponibile) #|per favore',
  ],
  waits: ['(riprova|riprovare|si prega di riprovare) (più tardi|tra # secondi|tra qualche minuto)|attendere'],
  failures: [
    'errore (interno|imprevisto|sconosciuto|del server|di connessione|di sistema|durante|nel|nella|di rete)|si è verificato|qualcosa è andato|fallito|fallita',
    'più tardi|riprova*|manutenzione|non disponibile|temporane*|scaduto|server|database|fornitore*|connessione|sovraccaric*|impossibile|non è stato possibile',
  ],
  deeds: [
    'creato|effettuato|salvato|addebitat*|accettato|inviato|ricevuto|elaborat*|elaborazione|confermato|registrato|completato|acquistato|pagato|successo',
    'rimbors*|in coda|in attesa|già|duplicat*|aggiornat*|aggiunto|inserito|eseguito',
  ],
};
