/**
 * What the report tells of the model as a whole: how each column pushes the scores of a sample of the hold-out, and how the
 * mean score depends on the strongest columns. Cost: about (200 + 4 x 300 x 16) scorings beside the attributions.
 */
import type { ColumnContract } from '../../data/contract.ts';
import { backgroundOf } from '../../drift/background.ts';
import { profileColumns } from '../../drift/reference.ts';
import { attribute } from '../../explain/attribution.ts';
import { type PartialDependence, partialDependence } from '../../explain/partial-dependence.ts';
import { placeAmong, sortedNumbers } from '../../explain/place-among.ts';
import { scorerOf } from '../../explain/score-table.ts';
import type { Catalogue } from '../../learn/catalogue.ts';
import type { FittedClassifier } from '../../learn/definition.ts';
import { mostSwarms, type SwarmFacts } from '../../report/charts/beeswarm.ts';
import { requireColumn, selectColumns, type Table, takeRows } from '../../table/table.ts';
import type { Parts } from './prepare.ts';

/** Enough for the shape of a swarm and of a curve. */
const swarmRows = 200;
const dependenceRows = 300;
const dependenceColumns = 4;
/** Typical values need no more. */
const typicalRows = 10_000;

export function explainHoldout(
  fitted: FittedClassifier,
  { training, holdout }: Pick<Parts, 'training' | 'holdout'>,
  contract: Readonly<Record<string, Pick<ColumnContract, 'personal' | 'kind'>>>,
  catalogue: Catalogue,
): { contributions: SwarmFacts; dependence: PartialDependence[] } {
  const names = fitted.inputs.map((input) => input.name);
  const learned = evenly(selectColumns(training.table, names), typicalRows);
  const typical = backgroundOf({ columns: profileColumns(learned) });
  const table = evenly(selectColumns(holdout.table, names), swarmRows);
  const attribution = attribute(fitted, table, typical, catalogue);
  const valuesOf = (at: number): number[] =>
    Array.from({ length: table.rowCount }, (_, row) => attribution.values[row * names.length + at]!);
  const strengthOf = (at: number): number => valuesOf(at).reduce((sum, value) => sum + Math.abs(value), 0);
  const strongest = names
    .map((name, at) => ({ name, at, strength: strengthOf(at) }))
    .filter(({ strength }) => strength > 0)
    .sort((a, b) => b.strength - a.strength || a.at - b.at);
  return {
    contributions: {
      link: attribution.link,
      rows: table.rowCount,
      columns: strongest
        // A dot for each customer is too near to the person.
        .filter(({ name }) => !contract[name]?.personal)
        .slice(0, mostSwarms)
        .map(({ name, at }) => ({ column: name, ...dotsOf(table, name, valuesOf(at)) })),
    },
    dependence: strongest
      .filter(({ name }) => contract[name]?.kind !== 'text')
      .slice(0, dependenceColumns)
      .map(({ name }) =>
        partialDependence(scorerOf(fitted, catalogue), holdout.table, typical, name, {
          mostRows: dependenceRows,
        }),
      ),
  };
}

/** From the lowest contribution up: an order of the column's own, by which no customer can be found again in another. */
function dotsOf(table: Table, name: string, contributions: readonly number[]) {
  const column = requireColumn('report', table, name);
  const sorted = sortedNumbers(column);
  const dots = contributions
    .map((value, row) => {
      const own = column.kind === 'number' || column.kind === 'time' ? column.values[row]! : Number.NaN;
      return { value, place: Number.isNaN(own) ? null : Number(placeAmong(sorted, own).toFixed(3)) };
    })
    .sort((a, b) => a.value - b.value || (a.place ?? -1) - (b.place ?? -1));
  return {
    // Six digits are more than a chart can show.
    values: dots.map(({ value }) => Number(value.toPrecision(6))),
    places: dots.map(({ place }) => place),
  };
}

function evenly(table: Table, most: number): Table {
  const taken = Math.min(table.rowCount, most);
  return takeRows(
    table,
    Int32Array.from({ length: taken }, (_, i) => Math.floor((i * table.rowCount) / taken)),
  );
}
