/**
 * Exact contributions of a model inside a composite, told in the columns that come in.
 *
 * A model behind steps explains itself in the columns that its steps make; each such part is credited to the inputs that
 * the made column is made of, in equal shares. O(rows x made columns).
 */
import type { Catalogue } from '../../learn/catalogue.ts';
import type { Contributions, FittedClassifier } from '../../learn/definition.ts';
import { contributionSources } from '../../learn/fit.ts';

/** The parts in these columns, which hold the model's inputs; `values` row-major, rows x columns. A model that uses none of them has parts of 0. */
export function creditInputs(
  model: FittedClassifier,
  inner: Contributions,
  columns: readonly string[],
  rows: number,
  catalogue: Catalogue,
): Contributions {
  const placeOf = new Map(columns.map((name, place) => [name, place]));
  const sources = contributionSources(model, catalogue);
  const credits = inner.columns.map((name) =>
    (sources?.get(name) ?? [name]).flatMap((source) => placeOf.get(source) ?? []),
  );
  const width = inner.columns.length;
  const values = new Float64Array(rows * columns.length);
  for (let row = 0; row < rows; row++) {
    credits.forEach((places, made) => {
      const part = inner.values[row * width + made]! / places.length;
      for (const place of places) values[row * columns.length + place]! += part;
    });
  }
  return { ...inner, columns, values };
}
