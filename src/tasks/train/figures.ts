/**
 * What the charts of a report draw, as the manifest keeps it: so that `report --out` can draw them wherever the model file
 * goes, without the data it was trained on.
 *
 * What the manifest says elsewhere (leaderboard, metrics, threshold, bands, gate, notes) is not said twice.
 */
import type { TrainingFacts } from '../../report/training-facts.ts';
import type { Manifest } from '../manifest.ts';

/** What every chart of the report can be drawn from. */
export type ChartFacts = Pick<
  TrainingFacts,
  | 'parts'
  | 'curves'
  | 'confusion'
  | 'importance'
  | 'contributions'
  | 'dependence'
  | 'segments'
  | 'leaderboard'
  | 'holdout'
  | 'threshold'
  | 'bands'
>;

/** Plain JSON: numbers that JSON cannot hold become null. */
export const figuresOf = ({
  parts,
  curves,
  confusion,
  importance,
  contributions,
  dependence,
  segments,
}: TrainingFacts): unknown =>
  JSON.parse(JSON.stringify({ parts, curves, confusion, importance, contributions, dependence, segments }));

/** The facts again; undefined for a model that was saved before figures were kept. */
export function chartFactsOf({
  figures,
  leaderboard,
  metrics,
  threshold,
  bands,
}: Manifest): ChartFacts | undefined {
  if (figures === undefined || figures === null) return undefined;
  // A manifest is checked by its hash: what was written by `figuresOf` is what is read.
  const kept = figures as Omit<ChartFacts, 'leaderboard' | 'holdout' | 'threshold' | 'bands'>;
  return {
    ...kept,
    leaderboard: leaderboard as ChartFacts['leaderboard'],
    holdout: metrics.holdout,
    threshold: threshold as ChartFacts['threshold'],
    bands,
  };
}
