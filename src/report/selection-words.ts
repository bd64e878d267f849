/** How rows were parted and how steady the winner is, in sentences for report and card. */
import { shareText } from '../base/text.ts';
import { cutoffColumn } from '../data/events/event-contract.ts';
import { metricInWords } from '../evaluation/profit-metrics.ts';
import { count, countOf, decimal } from './format.ts';
import type { TrainingFacts } from './training-facts.ts';

/** Is a row a customer at a cutoff, so that a customer has several? */
export const isBackTest = ({ parting }: Parted): boolean =>
  parting?.by === 'time' && parting.time === cutoffColumn;

/** "3,809 customers"; of a back-test "3,809 rows". */
export const judgedRows = (rows: number, parted: Parted): string =>
  countOf(rows, isBackTest(parted) ? 'row' : 'customer');

/** The head of a column that counts them. */
export const rowsTitle = (parted: Parted): string =>
  isBackTest(parted) ? 'Rows (a customer at a cutoff)' : 'Customers';

interface Parted {
  readonly parting?: TrainingFacts['parting'] | undefined;
}

/** Nothing where it is not known. */
export function partingSentence({ parting, seed }: Pick<TrainingFacts, 'parting' | 'seed'>): string {
  if (!parting) return `Divided by seed ${seed}.`;
  const { by, words, group, time, gap, leftOut } = parting;
  const column =
    by === 'grouped' ? ` (column ${group})` : by === 'time' && time !== null ? ` (column ${time})` : '';
  const apart = gap === null ? '' : ` Parts lie ${gap} apart`;
  const left =
    leftOut === 0 ? '' : `: ${countOf(leftOut, 'row')} in between ${leftOut === 1 ? 'is' : 'are'} in no part`;
  const folds = by === 'time' && group !== null ? ` Folds keep rows of one ${group} together.` : '';
  // Nothing is drawn where time decides.
  const drawn = by === 'time' ? '' : `, by seed ${seed}`;
  return `Divided ${words}${column}${drawn}.${apart === '' ? '' : `${apart}${left}.`}${folds}`;
}

/** Empty where it was not measured. */
export function stabilitySentence({
  stability,
}: {
  readonly stability?: TrainingFacts['stability'] | undefined;
}): string {
  if (!stability) return '';
  const { metric, rows, share, mean, sd, folds } = stability;
  const values = folds.map((value) => decimal(value)).join(', ');
  return `Cross-validated once more on ${allOrShare(share)} ${count(rows)} training and validation rows, the chosen model has a mean ${metricInWords(metric).title} of ${decimal(mean, 4)}, standard deviation ${decimal(sd, 4)} between ${folds.length} folds (${values}).`;
}

/** `all`, or `6.0% of the`, before how many rows there are. */
export const allOrShare = (share = 1): string => (share < 1 ? `${shareText(share)} of the` : 'all');
