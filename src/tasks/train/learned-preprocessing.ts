/**
 * What preprocessing learned of each column, for the manifest. An ensemble has several: of a column that its models treat
 * differently the manifest tells what the first of them learned that treats it at all.
 */
import { type LearnedStatistic, learnedStatistics } from '../../features/preprocess.ts';
import type { Catalogue } from '../../learn/catalogue.ts';
import { columnRouter } from '../../learn/column-router.ts';
import type { FittedClassifier, FittedTransformer } from '../../learn/definition.ts';
import { type PipelineState, pipeline } from '../../learn/pipeline.ts';
import type { SoftVotingState } from '../../models/soft-voting.ts';
import type { StackingState } from '../../models/stacking.ts';

/** The steps of a pipeline, or of each of the pipelines that an ensemble is made of. */
export function stepsWithin(fitted: FittedClassifier): (readonly FittedTransformer[])[] {
  if (fitted.id === pipeline.id) return [(fitted.state as PipelineState).steps];
  return (fitted.state as SoftVotingState | StackingState).models.flatMap(stepsWithin);
}

export function learnedPreprocessing(fitted: FittedClassifier, catalogue: Catalogue): LearnedStatistic[] {
  const found = new Map<string, LearnedStatistic>();
  for (const steps of stepsWithin(fitted)) {
    const router = steps.find(({ id }) => id === columnRouter.id)!;
    for (const one of learnedStatistics(router, catalogue)) {
      const known = found.get(one.column);
      found.set(one.column, known ? firstKnown(known, one) : one);
    }
  }
  return [...found.values()];
}

const firstKnown = (known: LearnedStatistic, other: LearnedStatistic): LearnedStatistic => ({
  column: known.column,
  kind: known.kind,
  imputed: known.imputed ?? other.imputed,
  bounds: known.bounds ?? other.bounds,
  scaling: known.scaling ?? other.scaling,
  levels: known.levels ?? other.levels,
  rareLevels: known.rareLevels ?? other.rareLevels,
});
