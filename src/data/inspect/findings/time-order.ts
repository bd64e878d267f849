/**
 * `time.order`: rows in which what comes later has the earlier date: a first order before the account was created.
 *
 * Two date columns have an order when one is not after the other in 90% of the rows; the rest is reported. It warns
 * where the names say the same (created, first, start before last, end), else it is a note and needs 95%.
 * O(rows x pairs of dates), at most 30 date columns.
 */
import { countOf, printable } from '../../../base/text.ts';
import { wordsOf } from '../../names.ts';
import { defineFinding, type InspectedColumn, type Inspection, type Sighting } from '../definition.ts';
import { percentText, rowText } from '../wording.ts';

const namedShare = 0.9;
const unnamedShare = 0.95;
const leastRows = 20;
const mostColumns = 30;
const ranks: readonly [RegExp, number][] = [
  [/^(birth|birthdate|birthday|born|dob)/, 0],
  [
    /^(created?|creation|signup|signed|registered|registration|joined|join|opened|open|since|account|onboarded)/,
    1,
  ],
  [/^(start|started|begin|activation|activated)/, 2],
  [/^(first)/, 3],
  [/^(last|latest|recent)/, 4],
  [/^(end|ended|closed|close|cancel|terminat|expir|renewal|exit)/, 5],
];

export const timeOrder = defineFinding({
  code: 'time.order',
  title: 'Dates in the wrong order',
  severity: 'warn',
  about: 'A first order before the account existed shows that two sources or calendars disagree.',
  look(inspection) {
    const times = inspection.columns.filter(({ column }) => column.kind === 'time').slice(0, mostColumns);
    return times.flatMap((early) =>
      times.flatMap((late) => (early === late ? [] : compare(early, late, inspection))),
    );
  },
});

function compare(early: InspectedColumn, late: InspectedColumn, inspection: Inspection): Sighting[] {
  if (early.column.kind !== 'time' || late.column.kind !== 'time') return [];
  const isNamed = rankOf(early.name) < rankOf(late.name);
  if (rankOf(early.name) > rankOf(late.name) && rankOf(late.name) >= 0) return [];
  const [from, to] = [early.column.values, late.column.values];
  let both = 0;
  let wrong = 0;
  let equal = 0;
  let first = -1;
  for (let row = 0; row < from.length; row++) {
    if (Number.isNaN(from[row]) || Number.isNaN(to[row])) continue;
    both++;
    if (from[row] === to[row]) equal++;
    if (from[row]! <= to[row]!) continue;
    if (wrong === 0) first = row;
    wrong++;
  }
  const share = isNamed ? namedShare : unnamedShare;
  // Of two columns that mostly agree neither comes first.
  if (both < leastRows || wrong === 0 || both - wrong < share * both || (!isNamed && equal > both / 2))
    return [];
  const [a, b] = [printable(early.name), printable(late.name)];
  const group = [early.name, late.name];
  return group.map((name) => ({
    column: name,
    severity: isNamed ? 'warn' : 'note',
    message: `${printable(name)}: ${countOf(wrong, 'row has', 'rows have')} ${b} before ${a} (${percentText(wrong / both)}), first ${rowText(first, inspection)}; find out which of the two is wrong`,
    evidence: { rows: wrong, of: both, firstRow: first, earlier: early.name, later: late.name, group },
  }));
}

/** Where in a customer's life the name stands; Infinity where it does not say. */
function rankOf(name: string): number {
  const words = wordsOf(name);
  const joined = words.join('');
  for (const [pattern, rank] of ranks)
    if (words.some((word) => pattern.test(word)) || pattern.test(joined)) return rank;
  return Number.NaN;
}
