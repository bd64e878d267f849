/**
 * `leak.single-column`: one column alone tells who left, better than any honest column does.
 *
 * Two signs. Its cross-fitted ROC-AUC is 0.88 (warn) or 0.95 (block) and more; real churn columns reach 0.6 to 0.8. Or
 * some of its values fix the outcome: 99% of the customers with them left, or all of at least that many stayed as chance
 * gives once in a million, and they cover 5% of the rows or 10% of one class; 200 customers and 5% of one class warn. Of a number chance is
 * counted by the rate of its neighbours: that all with the longest tenure stayed, where nearly all with a long one did, is no leak. Columns that hold one value throughout
 * these rows and seldom elsewhere come from the same event: they are named in the same group.
 */
import { printable } from '../../../base/text.ts';
import { log } from '../../../math/exp-log.ts';
import type { Bin } from '../bins.ts';
import { defineFinding, type InspectedColumn, type Inspection, type Sighting } from '../definition.ts';
import { groupText } from '../wording.ts';

const warnAuc = 0.88;
const blockAuc = 0.95;
const churnPurity = 0.99;
const leastRowShare = 0.05;
const leastClassShare = 0.1;
/** Fewer of a class are asked about, when there are as many customers as this. */
const askedClassShare = 0.05;
const askedRows = 200;
const leastRows = 20;
/** ln of one in a million. */
const chance = -13.8;
const groupShare = 0.995;
const elsewhereShare = 0.6;

export const leakSingleColumn = defineFinding({
  code: 'leak.single-column',
  title: 'One column tells who left',
  severity: 'block',
  about:
    'A column that alone ranks churners almost faultlessly, or whose values fix the outcome, was most likely written after the customer left.',
  look(inspection) {
    const sightings: Sighting[] = [];
    const told = new Set<string>();
    for (const leak of leaksOf(inspection)) {
      const group = [leak.column.name, ...companions(inspection, leak)];
      for (const name of group.filter((each) => !told.has(each))) {
        told.add(name);
        sightings.push(describe(name, leak, group));
      }
    }
    return sightings;
  },
});

interface Leak {
  readonly column: InspectedColumn;
  readonly severity: 'block' | 'warn';
  readonly churnRows: number;
  readonly stayRows: number;
  /** The bin that fixes the outcome of most customers; -1 without one. */
  readonly fixing: number;
}

function leaksOf(inspection: Inspection): Leak[] {
  const { rowCount, churned, columns } = inspection;
  const found: Leak[] = [];
  for (const column of columns) {
    const { bins, auc } = column.facts;
    const churns = fixingBins(
      inspection,
      column,
      (bin) => bin.churned >= churnPurity * bin.rows,
      (left) => left,
    );
    const stays = fixingBins(
      inspection,
      column,
      (bin) => bin.churned === 0,
      (left) => 1 - left,
    );
    const isWide = (rows: number, classRows: number): boolean =>
      rows >= leastRowShare * rowCount || rows >= leastClassShare * classRows;
    const isAsked = (rows: number, classRows: number): boolean =>
      isWide(rows, classRows) || (rows >= askedRows && rows >= askedClassShare * classRows);
    const churnRows = rowsOf(churns);
    const stayRows = rowsOf(stays);
    const fixesChurn = churnRows > 0 && isAsked(churnRows, churned);
    const fixesStay = stayRows > 0 && isAsked(stayRows, rowCount - churned);
    if (auc < warnAuc && !fixesChurn && !fixesStay) continue;
    found.push({
      column,
      severity: auc >= blockAuc || (fixesChurn && isWide(churnRows, churned)) ? 'block' : 'warn',
      churnRows: fixesChurn ? churnRows : 0,
      stayRows: fixesStay ? stayRows : 0,
      fixing: fixesChurn ? widest(bins.bins, (bin) => churns.includes(bin)) : -1,
    });
  }
  return found.sort((a, b) => b.column.facts.auc - a.column.facts.auc);
}

/**
 * Bins in which one outcome is (nearly) the only one, and too often to be chance: for the table, and for what lies next to
 * them. Neighbouring ones of a number are one run: each of many amounts may be rare, all amounts are not.
 */
function fixingBins(
  inspection: Inspection,
  column: InspectedColumn,
  isPure: (bin: Bin) => boolean,
  /** Of a churn rate, the rate of the outcome in question. */
  rateOf: (churnRate: number) => number,
): Bin[] {
  const { churned, rowCount } = inspection;
  return runsOf(column, isPure)
    .filter(({ bins }) => {
      const rows = rowsOf(bins);
      return rows >= leastRows && rows * log(rateOf(churned / rowCount)) < chance;
    })
    .filter((run) => {
      // An honest rate may fall to nothing towards the end of a scale: half of the neighbours' is what to expect then.
      const otherRate = 1 - rateOf(rateAround(inspection, column, run));
      const expected = Number.isNaN(run.low) ? otherRate : otherRate / 2;
      return rowsOf(run.bins) * log(1 - expected) < chance;
    })
    .flatMap(({ bins }) => bins);
}

interface Run {
  readonly bins: readonly Bin[];
  /** Lowest and highest value in it; NaN where values have no order. */
  readonly low: number;
  readonly high: number;
}

/** Neighbouring pure bins of a number, each other pure bin by itself. */
function runsOf({ column, facts }: InspectedColumn, isPure: (bin: Bin) => boolean): Run[] {
  const { bins, codes } = facts.bins;
  const isUsed = (bin: Bin): boolean => bin.rows > 0;
  if (column.kind !== 'number' && column.kind !== 'time')
    return bins
      .filter((bin) => isUsed(bin) && isPure(bin))
      .map((bin) => ({ bins: [bin], low: Number.NaN, high: Number.NaN }));
  const low = new Float64Array(bins.length).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(bins.length).fill(Number.NEGATIVE_INFINITY);
  column.values.forEach((value, row) => {
    const bin = codes[row]!;
    if (Number.isNaN(value)) return;
    low[bin] = Math.min(low[bin]!, value);
    high[bin] = Math.max(high[bin]!, value);
  });
  const runs: { bins: Bin[]; low: number; high: number }[] = [];
  let isOpen = false;
  const order = [...bins.keys()].filter((b) => isUsed(bins[b]!)).sort((a, b) => low[a]! - low[b]!);
  for (const b of order) {
    const bin = bins[b]!;
    const wasOpen = isOpen;
    isOpen = bin.value !== null && isPure(bin);
    const last = runs.at(-1);
    if (isOpen && wasOpen && last) {
      last.bins.push(bin);
      last.high = Math.max(last.high, high[b]!);
    } else if (isOpen) runs.push({ bins: [bin], low: low[b]!, high: high[b]! });
    else if (bin.value === null && isPure(bin)) runs.push({ bins: [bin], low: Number.NaN, high: Number.NaN });
  }
  return runs;
}

/**
 * The churn rate that a run would have by its neighbours: of numbers that of as many rows with the next smaller and the next
 * larger values, one more row of each outcome counted in; of anything else that of the table.
 */
function rateAround(
  { labels, churned, rowCount }: Inspection,
  { column, facts }: InspectedColumn,
  { bins, low, high }: Run,
): number {
  const { sorted } = facts;
  if ((column.kind !== 'number' && column.kind !== 'time') || Number.isNaN(low)) return churned / rowCount;
  const size = rowsOf(bins);
  const lowest = sorted[Math.max(0, sorted.indexOf(low) - size)]!;
  const highest = sorted[Math.min(sorted.length - 1, sorted.lastIndexOf(high) + size)]!;
  let rows = 0;
  let left = 0;
  column.values.forEach((value, row) => {
    if (!(value >= lowest && value <= highest) || (value >= low && value <= high)) return;
    rows++;
    left += labels[row]!;
  });
  return rows === 0 ? churned / rowCount : (left + 1) / (rows + 2);
}

/** The largest bin of a kind, by its number. */
function widest(bins: readonly Bin[], is: (bin: Bin) => boolean): number {
  return bins.reduce((best, bin, b) => (is(bin) && bin.rows > (bins[best]?.rows ?? 0) ? b : best), -1);
}

const rowsOf = (bins: readonly Bin[]): number => bins.reduce((sum, bin) => sum + bin.rows, 0);

/** Columns with one value in almost all rows where the leak fixes the outcome, and in few others. */
function companions({ columns, rowCount }: Inspection, { column, fixing }: Leak): string[] {
  if (fixing < 0) return [];
  const { codes, bins } = column.facts.bins;
  const fixed = bins[fixing]!.rows;
  return columns
    .filter((other) => {
      const cut = other.facts.bins;
      if (other === column) return false;
      const inside = new Float64Array(cut.bins.length);
      for (let row = 0; row < rowCount; row++) if (codes[row] === fixing) inside[cut.codes[row]!]!++;
      return cut.bins.some((bin, b) => {
        const elsewhere = (bin.rows - inside[b]!) / Math.max(1, rowCount - fixed);
        const isOneValue = bin.value !== undefined && (other.column.kind !== 'text' || bin.value === null);
        return isOneValue && inside[b]! >= groupShare * fixed && elsewhere <= elsewhereShare;
      });
    })
    .map(({ name }) => name);
}

function describe(name: string, leak: Leak, group: readonly string[]): Sighting {
  const { column, severity, churnRows, stayRows } = leak;
  const { auc } = column.facts;
  const signs = [
    ...(auc >= warnAuc ? [`alone it ranks churners with a ROC-AUC of ${auc.toFixed(3)}`] : []),
    ...(churnRows > 0 ? [`${churnRows} customers with certain values all left`] : []),
    ...(stayRows > 0 ? [`${stayRows} customers with certain values all stayed`] : []),
  ];
  const what =
    name === column.name
      ? `${printable(name)}: ${signs.join('; ')}`
      : `${printable(name)}: holds one value wherever ${printable(column.name)} gives the outcome away`;
  return {
    column: name,
    severity,
    message: `${what}${groupText(name, group)}; find out whether it is known before a customer leaves, else set use: none`,
    evidence: { auc, churnRows, stayRows, group: [...group] },
  };
}
