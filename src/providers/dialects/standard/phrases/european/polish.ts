/** Polish. */
import type { Language } from '../language.ts';

const KEY = '(klucz|klucz api|api key|token)';
const SERVICE = '(usługa|id usługi|serwis|identyfikator usługi)';
const LINK = '(link|adres|url|adres url|nazwa użytkownika)';
const WRONG =
  '(nieprawidłowy|nieprawidłowa|nieprawidłowe|niepoprawny|niepoprawna|błędny|błędna|zły|zła|jest nieprawidłowy|jest nieprawidłowa|nie jest poprawny)';
const NOT_THERE = '(nie znaleziono|nie istnieje|nie została znaleziona|nie został znaleziony|nie znaleziona)';
const OFF =
  '(nieaktywny|nieaktywna|nieaktywne|wyłączony|wyłączona|jest nieaktywna|jest nieaktywne|jest nieaktywny|jest wyłączona)';

export const polish: Language = {
  refusals: {
    INVALID_KEY: [
      `${WRONG} ${KEY}|${KEY} (${WRONG}|${OFF}|jest wymagany|wygasł)|brak (klucza|klucza api)|brak autoryzacji|brak dostępu|odmowa dostępu`,
      `(twoje|to)? konto (${OFF}|zablokowane|zawieszone|jest zablokowane|zostało zablokowane|${NOT_THERE})`,
    ],
    INVALID_SERVICE: [
      `${WRONG} ${SERVICE}|(ta)? ${SERVICE} (${WRONG}|${OFF}|${NOT_THERE}|jest wymagana|jest wymagany)|nie znaleziono usługi`,
    ],
    INVALID_LINK: [
      `${WRONG} ${LINK}|(ten)? ${LINK} (${WRONG}|${NOT_THERE}|jest wymagany)|(profil|konto) (jest)? (prywatny|prywatne)`,
    ],
    LINK_BUSY: [
      '(masz już|istnieje już|już istnieje|masz) (aktywne)? zamówienie (dla|z|na) (tego|ten|tym|tym samym) (linku|link|linkiem)',
    ],
    INVALID_QUANTITY: [
      `${WRONG} (ilość|liczba)|(ilość|liczba) (${WRONG}|jest za mała|jest za duża|za mała|za duża)|(ilość|liczba) musi (być|wynosić) (pomiędzy|między|od|co najmniej|minimum|maksymalnie) # ((a|i|do) #)?`,
      '(minimalna|maksymalna) (ilość|liczba) (zamówienia)? (to|wynosi)? #|(ilość|liczba) (jest)? (mniejsza|większa) niż (minimum|maksimum|minimalna|maksymalna|dozwolona) #?',
    ],
    INSUFFICIENT_FUNDS: [
      '(niewystarczające|brak) (środki|środków|saldo) (na koncie)?|(za mało|niewystarczająca ilość) środków (na koncie)?|(twoje)? saldo (jest)? (niewystarczające|za niskie)',
    ],
    ORDER_NOT_FOUND: [
      `(nie znaleziono zamówienia|zamówienie nie istnieje|zamówienie nie zostało znalezione)|${WRONG} (id|numer) zamówienia`,
    ],
    REFILL_NOT_FOUND: ['nie znaleziono (uzupełnienia|refill)'],
    REFILL_NOT_ALLOWED: ['(ta)? usługa nie (ma|posiada) (uzupełnienia|refill)|uzupełnienie (jest)? niedozwolone'],
    CANCEL_NOT_ALLOWED: ['(tego)? zamówienia nie można anulować|anulowanie (jest)? (niemożliwe|niedozwolone)'],
    PANEL_REJECTED: [`${WRONG} akcja`],
    RATE_LIMITED: ['zbyt wiele (żądań|zapytań|prób)|przekroczono limit (żądań|zapytań)'],
  },
  quantityDemands: [
    '(quantity|ilość|parametr quantity|pole quantity|pole ilość|liczba) (jest)? (wymagany|wymagana|wymagane)|brak (parametru|pola)? (quantity|ilości|ilość)|brakuje parametru (quantity|ilość)',
  ],
  missingParameters: [
    '(brak|brakuje) (wymaganych|wymaganego)? (parametrów|pól|parametru|pola)|brakujące (parametry|pola)|wszystkie pola są wymagane',
  ],
  orderDemands: [
    '(order|zamówienie|parametr order|pole order|id zamówienia) (jest)? (wymagany|wymagane)|(brak|brakuje) (parametru)? (order|zamówienia)|nieprawidłowy (id|numer) zamówienia',
  ],
  openings: ['błąd|przepraszamy|uwaga'],
  closings: [
    '(proszę)? (skontaktuj się z|skontaktować się z) (pomocą|supportem|administratorem)|(doładuj|doładować) (konto|saldo)|sprawdź (link|ilość)|(minimum|maksimum|wymagane|dostępne) #|proszę',
  ],
  waits: ['(proszę)? (spróbuj|spróbować) (ponownie)? (później|za # sekund|za chwilę)|(proszę)? (poczekaj|poczekać)'],
  failures: [
    'błąd (wewnętrzny|serwera|bazy|systemu|połączenia|podczas|przy|krytyczny)|wewnętrzny błąd|nieoczekiwany błąd|nieznany błąd|wystąpił*|coś poszło|nie powiodło|niepowodzenie',
    'później|spróbuj*|ponownie|przerwa|konserwac*|niedostępn*|tymczasow*|limit czasu|serwer*|baza danych|bazy danych|dostawc*|połączeni*|nie udało|nie można',
  ],
  deeds: [
    'złożone|złożono|utworzon*|zapisan*|pobran*|zaakceptowan*|wysłan*|otrzyman*|przetwarzan*|przetworzon*|potwierdzon*|zakupion*|opłacon*|sukces*|pomyślnie|zrealizowan*',
    'zwrot*|kolejce|oczekuje|oczekując*|już|zduplikowan*|duplikat*|dodan*|zaktualizowan*|obciążon*|wykonan*',
  ],
};
