/** A made-up model for searches: it learns nothing, its parameters say how well it ranks. */
import { z } from 'zod';
import { defineClassifier } from '../../learn/definition.ts';
import { requireColumn } from '../../table/table.ts';
import type { ClockedSearch } from './clocked-search.ts';

/** Its score rises with one of these columns, bent by `tilt`: best at 0. Which column it looks at is searched where there are several. */
export const tiltedModel =
  (...columns: [string, ...string[]]): ClockedSearch['model'] =>
  (tick) => {
    const column = z.enum(columns).default(columns[0]);
    return defineClassifier({
      id: 'tilted',
      version: 1,
      title: 'Tilted',
      params: z.strictObject({
        column: columns.length > 1 ? column.meta({ search: { type: 'choice', values: columns } }) : column,
        tilt: z
          .number()
          .default(2)
          .meta({ search: { type: 'linear', low: -2, high: 2 } }),
      }),
      tags: { kinds: ['number'], acceptsMissing: true, acceptsWeights: true, isRandom: false },
      examples: [],
      async fit(_given, { tilt, column }, ctx) {
        tick();
        ctx.signal?.throwIfAborted();
        return { tilt, column };
      },
      predictProba: ({ tilt, column }, table) =>
        requireColumn('tilted', table, column, 'number').values.map((value) =>
          Math.min(1, Math.max(0, 0.5 + (value + (tilt * value * value) / 4) / 20)),
        ),
      describe: () => 'tilted',
      simplicity: ({ tilt }) => [Math.abs(tilt)],
    });
  };
