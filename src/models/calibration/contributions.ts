/**
 * What explains a calibrated score: the parts of the model inside, in the columns that come in, adding up to the new score.
 *
 * The map g takes the scale on which the model inside adds up to another; all parts of a row are stretched alike:
 * part x (g(score) - g(base)) / (score - base). Which part is larger, and its sign, stay as they were. A sigmoid over a
 * model that adds up in log-odds only multiplies by its slope, and log-odds stay the scale; else it is probability.
 * Where a row stands on the same isotonic step as the average, nothing moved its score and all parts are 0.
 * Source: the rescale rule of Chen, Lundberg & Lee 2022, "Explaining a series of models by propagating Shapley values".
 */
import type { Catalogue } from '../../learn/catalogue.ts';
import type { Contributions, FittedClassifier } from '../../learn/definition.ts';
import { contributionSources } from '../../learn/fit.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import { applyMap, type CalibrationMap, calibratedLogOdds } from './map.ts';

export function calibratedContributions(
  map: CalibrationMap,
  model: FittedClassifier,
  inner: Contributions | undefined,
  catalogue: Catalogue,
): Contributions | undefined {
  if (!inner) return undefined;
  const credited = creditInputs(model, inner, catalogue);
  if (map.method === 'sigmoid' && inner.link === 'logit')
    return rescaled(credited, 'logit', (logOdds) => calibratedLogOdds(map, logOdds));
  const probabilityOf = inner.link === 'logit' ? sigmoid : (p: number): number => p;
  return rescaled(
    credited,
    'probability',
    (scale) => applyMap(map, Float64Array.of(probabilityOf(scale)))[0]!,
  );
}

/** The parts of made columns, credited to the inputs that they are made of, in equal shares. */
function creditInputs(model: FittedClassifier, inner: Contributions, catalogue: Catalogue): Contributions {
  const columns = model.inputs.map(({ name }) => name);
  const placeOf = new Map(columns.map((name, place) => [name, place]));
  const sources = contributionSources(model, catalogue);
  const credits = inner.columns.map((name) =>
    (sources?.get(name) ?? [name]).flatMap((source) => placeOf.get(source) ?? []),
  );
  const width = inner.columns.length;
  const rows = width === 0 ? 0 : inner.values.length / width;
  const values = new Float64Array(rows * columns.length);
  for (let row = 0; row < rows; row++) {
    credits.forEach((places, made) => {
      const part = inner.values[row * width + made]! / places.length;
      for (const place of places) values[row * columns.length + place]! += part;
    });
  }
  return { ...inner, columns, values };
}

/** A sum this small beside its parts is rounding: the row stands at the average. */
const ROUNDING = 1e-12;

function rescaled(
  { base, columns, values }: Contributions,
  link: Contributions['link'],
  mapped: (scale: number) => number,
): Contributions {
  const width = columns.length;
  const rows = width === 0 ? 0 : values.length / width;
  const newBase = mapped(base);
  const parts = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    let size = 0;
    for (let at = row * width; at < (row + 1) * width; at++) {
      sum += values[at]!;
      size += Math.abs(values[at]!);
    }
    if (Math.abs(sum) <= ROUNDING * size) continue;
    const stretch = (mapped(base + sum) - newBase) / sum;
    for (let at = row * width; at < (row + 1) * width; at++) parts[at] = stretch * values[at]!;
  }
  return { link, base: newBase, columns, values: parts };
}
