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
import { sigmoid } from '../../math/sigmoid.ts';
import { creditInputs } from '../shared/credit-inputs.ts';
import { rescaled } from '../shared/rescaled.ts';
import { applyMap, type CalibrationMap, calibratedLogOdds } from './map.ts';

export function calibratedContributions(
  map: CalibrationMap,
  model: FittedClassifier,
  inner: Contributions | undefined,
  rows: number,
  catalogue: Catalogue,
): Contributions | undefined {
  if (!inner) return undefined;
  const columns = model.inputs.map(({ name }) => name);
  const credited = creditInputs(model, inner, columns, rows, catalogue);
  if (map.method === 'sigmoid' && inner.link === 'logit')
    return rescaled(credited, 'logit', (logOdds) => calibratedLogOdds(map, logOdds));
  // Parts add up to a probability of 0 or 1 but for rounding, and beyond them there are no log-odds.
  const probabilityOf = inner.link === 'logit' ? sigmoid : (p: number): number => Math.max(0, Math.min(1, p));
  return rescaled(
    credited,
    'probability',
    (scale) => applyMap(map, Float64Array.of(probabilityOf(scale)))[0]!,
  );
}
