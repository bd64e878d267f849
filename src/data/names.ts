/** What a column's name says about it. Guesses only: each is a remark that a person reads and may undo. */

/** The words of a name in lower case: `MonthlyCharges`, `monthly_charges` and `monthly charges` are two words. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const has = (words: readonly string[], list: string): boolean => {
  const wanted = list.split(' ');
  return words.some((word) => wanted.includes(word));
};

const people =
  'customer client user member subscriber account cust person patient contract policy kunde kunden mitglied vertrag';
/** Languages that write it as one word. */
const wholeKeys = 'kundennummer kundennr kundenid mitgliedsnummer mitgliedsnr vertragsnummer vertragsnr';

/** Named like a key: customerID, account_id, custid, uuid. */
export function isNamedLikeId(name: string): boolean {
  const words = wordsOf(name);
  const joined = words.join('');
  if (has(words, 'id ids uuid guid key') || has(words, wholeKeys)) return true;
  if (people.split(' ').some((who) => joined === `${who}id` || joined === `${who}ids`)) return true;
  return has(words, people) && has(words, 'number no nr code nummer');
}

/** Of two columns named like a key, the one that names a customer. */
export const isNamedLikeCustomerId = (name: string): boolean =>
  isNamedLikeId(name) &&
  `${people} ${wholeKeys}`.split(' ').some((who) => wordsOf(name).join('').includes(who));

/** Called a customer and no more, as a column of an event log may be: where it repeats, it needs no other word. */
export const isNamedCustomer = (name: string): boolean =>
  /^(?:customer|client|user|member|subscriber|account|shopper|kunde)s?$/i.test(name);

/** Says who a person is or how to reach them; true of columns with many different values only. */
export const isContact = (name: string): boolean =>
  has(
    wordsOf(name),
    'name email mail phone mobile telephone tel fax address street zip zipcode postcode postal iban ssn passport ip telefon telefonnummer mobilnummer handy adresse anschrift straße strasse hausnummer plz postleitzahl mailadresse emailadresse',
  );

/** A person's name, however often it repeats. */
export function isPersonName(name: string): boolean {
  const words = wordsOf(name);
  const joined = words.join('');
  return (
    has(words, 'surname lastname firstname fullname forename vorname nachname familienname') ||
    /^(customer|client|user|member|contact)?(first|last|full|middle|family|given)name$/.test(joined) ||
    /^(customer|client|user|member|person)name$/.test(joined)
  );
}

/** Describes the person: looked at for fairness, not logged. */
export const isPersonal = (name: string): boolean =>
  isPersonName(name) ||
  has(
    wordsOf(name),
    'gender sex age birth birthday birthdate dob senior ethnicity ethnic race religion nationality citizenship marital married spouse partner children dependents disability pregnant geschlecht alter geburtstag geburtsdatum geburtsjahr familienstand nationalität staatsangehörigkeit konfession',
  );

/** Counts, amounts and durations, which are never below 0; not what may be a debt, a loss or a change. */
export function isNeverNegative(name: string): boolean {
  const words = wordsOf(name);
  if (
    has(
      words,
      'balance profit margin change delta diff difference growth trend net return temperature latitude longitude lat lon score index slope zscore sentiment credit variation gain loss adjustment refund refunds log saldo gewinn veränderung differenz gutschrift',
    )
  )
    return false;
  return has(
    words,
    'count counts num number nr qty quantity amount amounts charge charges fee fees cost costs price prices spend spent spending revenue revenues sales income salary wage payment payments total age tenure duration months month days day weeks years hours minutes seconds frequency recency orders purchases products transactions visits calls logins sessions tickets complaints items messages emails usage gb mb rate discount dependents children anzahl betrag beitrag monatsbeitrag jahresbeitrag preis gebühr gebühren kosten umsatz rabatt alter laufzeit vertragslaufzeit monate tage wochen jahre stunden minuten bestellungen käufe verträge anrufe besuche',
  );
}

/** The unit that a name tells, or undefined. */
export function unitOf(name: string): string | undefined {
  const words = wordsOf(name);
  for (const [unit, list] of Object.entries(unitWords)) if (has(words, list)) return unit;
  return undefined;
}

/** A calendar year: signup_year, Geburtsjahr; not years of something. */
export const isNamedLikeYear = (name: string): boolean =>
  wordsOf(name).some((word) => /^(year|yr|.*jahr)$/.test(word));

const unitWords = {
  seconds: 'seconds sekunden',
  minutes: 'minutes minuten',
  hours: 'hours stunden',
  days: 'days tage',
  weeks: 'weeks wochen',
  months: 'months monate',
  years: 'years jahre',
  percent: 'percent pct percentage prozent',
} as const;

/** A running number of the rows, left by the tool that wrote the file. */
export const isNamedLikeCounter = (name: string): boolean =>
  /^(row(number|num|no|nr|id|index)?|index|nr|no|unnamed0?|recordnumber|linenumber|seq|sequence|column1)$/.test(
    wordsOf(name).join(''),
  );

/** Names under which a "no" means that the customer left: retained, is_active. */
export const isNamedForStaying = (name: string): boolean =>
  has(
    wordsOf(name),
    'retained retention active renewed stayed staying loyal kept alive remaining aktiv treu geblieben',
  );

const churnWords =
  'churn churned left leave leaver lost exit exited cancelled canceled cancel closed attrited attrition inactive gone departed terminated defected ended gekündigt kündigung abgewandert abwanderung ausgetreten storniert verloren';

/** A level that means churn by itself: Churned, "Attrited Customer". */
export const isChurnLevel = (level: string): boolean => {
  const words = wordsOf(level);
  return has(words, churnWords) && !has(words, 'not no non never nicht kein keine');
};
