/**
 * Draws candidates instead of trying every combination: with many parameters a few dozen draws find what a full
 * grid finds, because few of the parameters matter.
 *
 * A parameter given as a list is drawn from it, a single value stays, and a parameter left out is drawn from the range in
 * its schema, where it has one. Models take turns; one without anything to draw is a single candidate.
 * Source: Bergstra & Bengio 2012; https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.RandomizedSearchCV.html
 */
import { canonicalJson } from '../base/plain.ts';
import type { Random } from '../base/random.ts';
import type { SearchRange } from '../base/schema.ts';
import type { AnyClassifier, Catalogue } from '../learn/catalogue.ts';
import type { Estimator } from '../learn/definition.ts';
import { exp, log } from '../math/exp-log.ts';
import { type CandidateGrids, expandCandidates } from './grid.ts';

/** In a row, before a model counts as drawn out: everything it can be has then very likely been drawn. */
const mostRepeats = 50;

/** Up to `trials` different candidates. The same stream draws the same ones; more trials add to fewer. */
export function drawCandidates(
  grids: CandidateGrids,
  trials: number,
  catalogue: Catalogue,
  random: Random,
): Estimator[] {
  // Checks every name and value that was written, once, as the grid does.
  expandCandidates(grids, catalogue);
  const families = Object.entries(grids).map(([id, grid]) => {
    const definition = catalogue.classifier(id);
    return {
      definition,
      grid,
      ranges: rangesOf(definition, grid),
      random: random.fork(id),
      isDrawnOut: false,
    };
  });
  const drawn = new Map<string, Estimator>();
  while (drawn.size < trials && families.some(({ isDrawnOut }) => !isDrawnOut)) {
    for (const family of families) {
      if (family.isDrawnOut || drawn.size === trials) continue;
      family.isDrawnOut = true;
      for (let attempt = 0; attempt < mostRepeats && family.isDrawnOut; attempt++) {
        const candidate = drawOne(family.definition, family.grid, family.ranges, family.random);
        const key = canonicalJson(candidate);
        if (drawn.has(key)) continue;
        drawn.set(key, candidate);
        family.isDrawnOut = false;
      }
    }
  }
  return [...drawn.values()];
}

type Grid = CandidateGrids[string];

/** The ranges of the parameters that the grid leaves out. */
function rangesOf(definition: AnyClassifier, grid: Grid): [string, SearchRange][] {
  return Object.entries(definition.params.shape as Record<string, { meta?: () => unknown }>).flatMap(
    ([name, field]) => {
      const range = (field.meta?.() as { search?: SearchRange } | undefined)?.search;
      return name in grid || range === undefined ? [] : [[name, range]];
    },
  );
}

function drawOne(
  definition: AnyClassifier,
  grid: Grid,
  ranges: readonly [string, SearchRange][],
  random: Random,
): Estimator {
  const params: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(grid))
    params[name] = Array.isArray(value) ? value[random.integer(value.length)] : value;
  for (const [name, range] of ranges) params[name] = drawFrom(range, random);
  return definition(params);
}

function drawFrom(range: SearchRange, random: Random): unknown {
  switch (range.type) {
    case 'choice':
      return range.values[random.integer(range.values.length)];
    case 'integer':
      return range.low + random.integer(range.high - range.low + 1);
    case 'linear':
      return range.low + random.uniform() * (range.high - range.low);
    case 'log':
      return exp(log(range.low) + random.uniform() * (log(range.high) - log(range.low)));
  }
}
