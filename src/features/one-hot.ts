/**
 * Gives every answer a column of its own: 1 for the customers who gave it, 0 for the others.
 *
 * `Contract=Two year` is 1 where Contract is "Two year", else 0. Levels seen in training stand by name (UTF-16 code
 * units). Those seen in fewer than `minCount` rows, in a smaller share than `minShare` of all rows, or beyond the
 * `maxLevels` columns allowed (rarest first, of equals the earlier names) share one column `Contract=rare`. A missing
 * value or an unseen level is 0 everywhere, or counts as rare with `unknown: 'rare'` where that column exists.
 * Category columns in, number columns 0 / 1 out; a column without any level gives none, with a note. Row weights
 * are ignored. O(rows x columns + output).
 *
 * Example: `oneHot()` turns a column Plan of "A", "B", missing into `Plan=A` 1, 0, 0 and `Plan=B` 0, 1, 0.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.preprocessing.OneHotEncoder.html, where
 * `max_categories` however already groups when the number of levels equals it.
 */
import { z } from 'zod';
import { countOf, printable } from '../base/text.ts';
import { defineTransformer } from '../learn/definition.ts';
import { byCodeUnit, type CategoryColumn, type NumberColumn, sharedFloats } from '../table/column.ts';
import { createTable, requireColumn } from '../table/table.ts';
import { levelCounts } from './categories/level-counts.ts';

const params = z.strictObject({
  unknown: z
    .enum(['ignore', 'rare'])
    .default('ignore')
    .describe(
      'A missing value or unseen level: 0 in every column, or counted as rare where that column exists.',
    ),
  minShare: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('Levels in a smaller share of the rows are grouped as rare.')
    .meta({ search: { type: 'linear', low: 0, high: 0.05 } }),
  minCount: z.int().min(0).max(1e9).default(0).describe('Levels in fewer rows are grouped as rare.'),
  maxLevels: z
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe('Most columns that one source column may become, the one for rare levels included.'),
  drop: z
    .enum(['none', 'first', 'if-binary'])
    .default('none')
    .describe('Leave out the first column of each source column: never, always, or where there are two.'),
});

/**
 * Each column's slots are its levels and, when there are rare ones, their common slot last; `outputs` names the
 * slots that are made, all but the first `dropped`. Both level lists are sorted by code unit.
 */
export type OneHotState = {
  readonly unknown: 'ignore' | 'rare';
  readonly columns: readonly Encoding[];
};
type Encoding = {
  readonly name: string;
  readonly levels: readonly string[];
  readonly rare: readonly string[];
  readonly dropped: number;
  readonly outputs: readonly string[];
};

export const oneHot = defineTransformer({
  id: 'one-hot',
  version: 1,
  title: 'One-hot encoding',
  params,
  tags: { kinds: ['category'], acceptsMissing: true, isRandom: false },
  examples: [
    { params: {} },
    { params: { unknown: 'rare', minShare: 0.2 } },
    { params: { drop: 'first', maxLevels: 2 } },
    { params: { drop: 'if-binary', minCount: 2 } },
  ],
  async fit(data, chosen, ctx): Promise<OneHotState> {
    const taken = new Set<string>();
    const columns = data.table.columns.map(({ name }) => {
      const counts = levelCounts(requireColumn('one-hot', data.table, name, 'category'));
      if (counts.length === 0) {
        ctx.note({
          code: 'one-hot.no-levels',
          message: `one-hot: column ${printable(name)} is missing in every row and is left out`,
          column: name,
        });
      }
      const rare = rareLevels(counts, data.table.rowCount, chosen);
      if (rare.size > 0) {
        ctx.note({
          code: 'one-hot.rare',
          message: `one-hot: ${countOf(rare.size, 'rare level')} of column ${printable(name)} share one column`,
          column: name,
        });
      }
      const levels = counts.map(([level]) => level).filter((level) => !rare.has(level));
      const slots = [...levels, ...(rare.size > 0 ? ['rare'] : [])];
      const drops = chosen.drop === 'first' || (chosen.drop === 'if-binary' && slots.length === 2);
      const dropped = drops ? Math.min(1, slots.length) : 0;
      const outputs = slots.slice(dropped).map((slot) => freeName(`${name}=${slot}`, taken));
      return { name, levels, rare: [...rare].sort(byCodeUnit), dropped, outputs };
    });
    return { unknown: chosen.unknown, columns };
  },
  transform: (state, table) =>
    createTable(
      state.columns.flatMap((encoding) =>
        indicators(encoding, requireColumn('one-hot', table, encoding.name, 'category'), state.unknown),
      ),
      table.rowCount,
    ),
  columnsOut: (state) =>
    state.columns.flatMap(({ name, outputs }) =>
      outputs.map((output) => ({ name: output, kind: 'number' as const, from: [name] })),
    ),
  describe(state) {
    const made = state.columns.reduce((sum, { outputs }) => sum + outputs.length, 0);
    return `${countOf(state.columns.length, 'category column')} encoded as ${countOf(made, 'column')} of 0 and 1.`;
  },
});

function rareLevels(
  counts: readonly (readonly [string, number])[],
  rowCount: number,
  { minShare, minCount, maxLevels }: z.infer<typeof params>,
): Set<string> {
  const rarestFirst = counts.toSorted(([, a], [, b]) => a - b);
  let rare = rarestFirst.filter(([, count]) => count < minCount || count < minShare * rowCount).length;
  const columns = counts.length - rare + (rare > 0 ? 1 : 0);
  if (columns > maxLevels) rare = counts.length - (maxLevels - 1);
  return new Set(rarestFirst.slice(0, rare).map(([level]) => level));
}

/** A level may be called "rare", and `a=b` + `c` reads like `a` + `b=c`: the later one gets a number. */
function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted} (${number})`;
  taken.add(name);
  return name;
}

function indicators(encoding: Encoding, column: CategoryColumn, unknown: 'ignore' | 'rare'): NumberColumn[] {
  const { levels, rare, dropped, outputs } = encoding;
  const { codes } = column;
  const made = outputs.map(() => sharedFloats(codes.length));
  const rareSlot = rare.length > 0 ? levels.length - dropped : -1;
  const unknownSlot = unknown === 'rare' ? rareSlot : -1;
  const slots = Int32Array.from(column.levels, (level) => {
    const at = indexIn(levels, level);
    if (at >= 0) return at - dropped;
    return indexIn(rare, level) >= 0 ? rareSlot : unknownSlot;
  });
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    const slot = code < 0 ? unknownSlot : slots[code]!;
    if (slot >= 0) made[slot]![row] = 1;
  }
  return outputs.map((name, slot) => ({ name, kind: 'number', values: made[slot]! }));
}

/** Binary search in a list sorted by code unit; -1 when absent. */
function indexIn(sorted: readonly string[], wanted: string): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const order = byCodeUnit(sorted[middle]!, wanted);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
