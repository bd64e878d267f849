/**
 * `leak.single-column`: one column alone tells who left, better than any honest column does.
 *
 * Two signs. Its cross-fitted ROC-AUC is 0.88 (warn) or 0.95 (block) and more; real churn columns reach 0.6 to 0.8. Or
 * some of its values fix the outcome: 99% of the customers with them left, or all of at least that many stayed as chance
 * gives once in a million, and they cover 5% of the rows or 10% of one class. Columns that hold one value throughout
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
  const rate = churned / rowCount;
  const found: Leak[] = [];
  for (const column of columns) {
    const { bins, auc } = column.facts;
    const churns = (bin: Bin): boolean =>
      bin.rows >= leastRows && bin.churned >= churnPurity * bin.rows && bin.rows * log(rate) < chance;
    const stays = (bin: Bin): boolean =>
      bin.rows >= leastRows && bin.churned === 0 && bin.rows * log(1 - rate) < chance;
    const isWide = (rows: number, classRows: number): boolean =>
      rows >= leastRowShare * rowCount || rows >= leastClassShare * classRows;
    const churnRows = rowsOf(bins.bins.filter(churns));
    const stayRows = rowsOf(bins.bins.filter((bin) => bin.value !== undefined && stays(bin)));
    const fixesChurn = churnRows > 0 && isWide(churnRows, churned);
    const fixesStay = stayRows > 0 && isWide(stayRows, rowCount - churned);
    if (auc < warnAuc && !fixesChurn && !fixesStay) continue;
    found.push({
      column,
      severity: auc >= blockAuc || fixesChurn ? 'block' : 'warn',
      churnRows: fixesChurn ? churnRows : 0,
      stayRows: fixesStay ? stayRows : 0,
      fixing: fixesChurn ? widest(bins.bins, churns) : -1,
    });
  }
  return found.sort((a, b) => b.column.facts.auc - a.column.facts.auc);
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
