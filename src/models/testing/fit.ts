/** Short ways for this room's tests to make tables and fit models. */
import { stoppedClock } from '../../base/clock.ts';
import { sequentialMap } from '../../base/parallel.ts';
import { createRandom } from '../../base/random.ts';
import { type AnyClassifier, createCatalogue } from '../../learn/catalogue.ts';
import type { Context, Note } from '../../learn/context.ts';
import type { Estimator, FittedClassifier } from '../../learn/definition.ts';
import { fitClassifier } from '../../learn/fit.ts';
import { numberColumn } from '../../table/column.ts';
import { createDataset, type Dataset } from '../../table/dataset.ts';
import { createTable, type Table } from '../../table/table.ts';

/** A table of number columns x1, x2, ... from rows. */
export function tableOf(rows: readonly (readonly number[])[], names?: readonly string[]): Table {
  const width = names?.length ?? rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, c) =>
    numberColumn(
      names?.[c] ?? `x${c + 1}`,
      rows.map((row) => row[c]!),
    ),
  );
  return createTable(columns, rows.length);
}

export function dataOf(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  weights?: readonly number[] | null,
): Dataset {
  return createDataset(tableOf(rows), labels, weights ? { weights: Float64Array.from(weights) } : {});
}

/** Fits and hands back the notes too. */
export async function fitOn(
  definition: AnyClassifier,
  estimator: Estimator,
  data: Dataset,
  seed = 7,
): Promise<{ fitted: FittedClassifier; notes: Note[] }> {
  const notes: Note[] = [];
  const ctx: Context = {
    random: createRandom(seed),
    clock: stoppedClock(),
    catalogue: createCatalogue([definition], []),
    map: sequentialMap(() => Promise.reject(new Error('no job expected'))),
    note: (note) => notes.push(note),
  };
  return { fitted: await fitClassifier(estimator, data, ctx), notes };
}

/** Share of pairs of a churned and a staying row in which the churned one scores higher; ties count half. */
export function areaUnderRoc(labels: ArrayLike<number>, scores: Float64Array): number {
  const order = Array.from(scores, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!);
  let churned = 0;
  let stayedBelow = 0;
  let wins = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    let churnedHere = 0;
    while (end < order.length && scores[order[end]!] === scores[order[start]!])
      churnedHere += labels[order[end++]!]!;
    const stayedHere = end - start - churnedHere;
    wins += churnedHere * (stayedBelow + stayedHere / 2);
    stayedBelow += stayedHere;
    churned += churnedHere;
  }
  return wins / (churned * stayedBelow);
}
