/**
 * The grid grammar of `candidates`: each value is a list of alternatives, a value that is no list is one
 * alternative, a parameter that is itself a list is always wrapped, a parameter left out has its default.
 *
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.ParameterGrid.html
 */
import { ParamError } from '../base/errors.ts';
import type { Plain } from '../base/plain.ts';
import type { AnyClassifier, Catalogue } from '../learn/catalogue.ts';
import type { Estimator } from '../learn/definition.ts';

/** Grids by model id, as the project file writes them. */
export type CandidateGrids = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** At most this many candidates: a grid that large is a slip of the pen. */
const mostCandidates = 10_000;

/** Every candidate of every grid, in the order written; the last parameter varies fastest. */
export function expandCandidates(grids: CandidateGrids, catalogue: Catalogue): Estimator[] {
  const candidates: Estimator[] = [];
  for (const [id, grid] of Object.entries(grids))
    candidates.push(...expandGrid(catalogue.classifier(id), grid));
  if (candidates.length === 0) {
    throw new ParamError(
      'project.value',
      'train.candidates: names no model, at least one needed; add one such as logistic-regression: {}',
      {
        param: 'train.candidates',
      },
    );
  }
  return candidates;
}

/** Every combination of one model's alternatives, checked against its schema. */
export function expandGrid(definition: AnyClassifier, grid: Readonly<Record<string, unknown>>): Estimator[] {
  let combinations: Record<string, unknown>[] = [{}];
  for (const [name, value] of Object.entries(grid)) {
    const alternatives = Array.isArray(value) ? value : [value];
    if (alternatives.length === 0) {
      throw new ParamError(
        'param.value',
        `${definition.id}: ${name} must be a list of at least 1 alternative, got an empty one`,
        {
          who: definition.id,
          param: name,
        },
      );
    }
    if (combinations.length * alternatives.length > mostCandidates) {
      throw new ParamError(
        'param.value',
        `${definition.id}: the grid has more than ${mostCandidates} candidates; leave some out`,
        {
          who: definition.id,
        },
      );
    }
    combinations = combinations.flatMap((made) =>
      alternatives.map((alternative) => ({ ...made, [name]: alternative })),
    );
  }
  return combinations.map((combination) => definition(combination as Record<string, Plain>));
}
