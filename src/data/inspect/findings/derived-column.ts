/**
 * `derived.column`: a number that is nearly the sum, difference, product or ratio of others, or a multiple of one.
 *
 * Tried on 2,000 rows with values, over the first 40 number columns: it is reported when what is tried explains 99.5% of the
 * variance and each of its parts alone less than 97%. A multiple of one other column needs 99.99%, and so does a way of
 * which one part alone explains 97%. One way, the best, is told for each column.
 */
import { printable } from '../../../base/text.ts';
import { defineFinding, type Inspection } from '../definition.ts';

const mostColumns = 40;
const mostRows = 2000;
const leastDistinct = 20;
const explained = 0.995;
const explainedByPart = 0.97;
const copyExplained = 0.9999;
const fewRows = 300;
const fewExplained = 0.9;

const ways = [
  { sign: '*', of: (a: number, b: number) => a * b, isSymmetric: true },
  { sign: '+', of: (a: number, b: number) => a + b, isSymmetric: true },
  { sign: '-', of: (a: number, b: number) => a - b, isSymmetric: false },
  { sign: '/', of: (a: number, b: number) => (b === 0 ? Number.NaN : a / b), isSymmetric: false },
] as const;

interface Part {
  readonly name: string;
  readonly values: Float64Array;
}

export const derivedColumn = defineFinding({
  code: 'derived.column',
  title: 'Made of other columns',
  severity: 'note',
  about: 'A column that others determine adds nothing new and divides their credit in explanations.',
  look(inspection) {
    const parts = sampleOf(inspection);
    return parts.flatMap((whole, w) => {
      const single = parts.map((part, p) => (p === w ? 0 : explainedBy(whole.values, part.values)));
      const copy = single.findIndex((share) => share >= copyExplained);
      if (copy >= 0) {
        // Of two copies the later one is told.
        if (copy > w) return [];
        return [
          told(
            whole.name,
            `a multiple of ${printable(parts[copy]!.name)}`,
            [parts[copy]!.name],
            single[copy]!,
          ),
        ];
      }
      const best = bestPair(whole, parts, w, single);
      return best === undefined
        ? []
        : [
            told(
              whole.name,
              `${printable(best.a)} ${best.sign} ${printable(best.b)}`,
              [best.a, best.b],
              best.share,
            ),
          ];
    });
  },
});

const told = (name: string, formula: string, of: string[], share: number) => ({
  column: name,
  message: `${printable(name)}: nearly ${formula} (${(share * 100).toFixed(1)}% of its variance); one of them may be left out`,
  evidence: { of, formula, explained: share },
});

function sampleOf({ columns, rowCount }: Inspection): Part[] {
  const numbers = columns
    .filter(({ column, facts, use }) => column.kind === 'number' && use !== 'none' && facts.distinct > 2)
    .slice(0, mostColumns);
  const step = Math.max(1, Math.floor(rowCount / mostRows));
  return numbers.flatMap(({ name, column }) => {
    if (column.kind !== 'number') return [];
    const values = new Float64Array(Math.ceil(rowCount / step));
    for (let i = 0; i < values.length; i++) values[i] = column.values[i * step]!;
    return [{ name, values }];
  });
}

function bestPair(whole: Part, parts: readonly Part[], w: number, single: readonly number[]) {
  if (new Set(whole.values).size < leastDistinct) return undefined;
  let best: { a: string; b: string; sign: string; share: number } | undefined;
  const made = new Float64Array(whole.values.length);
  const few = Math.min(fewRows, made.length);
  parts.forEach((a, i) => {
    if (i === w || single[i]! >= copyExplained) return;
    parts.forEach((b, j) => {
      if (j === w || j === i || single[j]! >= copyExplained) return;
      for (const { sign, of, isSymmetric } of ways) {
        if (isSymmetric && j < i) continue;
        for (let row = 0; row < few; row++) made[row] = of(a.values[row]!, b.values[row]!);
        // Most pairs are far off, which a few rows show.
        if (explainedBy(whole.values.subarray(0, few), made.subarray(0, few)) < fewExplained) continue;
        for (let row = few; row < made.length; row++) made[row] = of(a.values[row]!, b.values[row]!);
        const share = explainedBy(whole.values, made);
        const needed = Math.max(single[i]!, single[j]!) < explainedByPart ? explained : copyExplained;
        if (share >= needed && share > (best?.share ?? 0)) best = { a: a.name, b: b.name, sign, share };
      }
    });
  });
  return best;
}

/** Squared correlation over the rows in which both have a value; 0 with fewer than 30 such rows. */
function explainedBy(x: Float64Array, y: Float64Array): number {
  let n = 0;
  let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const a = x[i]!;
    const b = y[i]!;
    if (a - a !== 0 || b - b !== 0) continue;
    n++;
    sx += a;
    sy += b;
    sxx += a * a;
    syy += b * b;
    sxy += a * b;
  }
  const [vx, vy, c] = [sxx - (sx * sx) / n, syy - (sy * sy) / n, sxy - (sx * sy) / n];
  return n < 30 || n < x.length / 4 || !(vx > 0 && vy > 0) ? 0 : (c * c) / (vx * vy);
}
