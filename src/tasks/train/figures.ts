/**
 * What the report tells, as the manifest keeps it: so that page, Markdown, JSON and charts can be made wherever the model
 * file goes, without the data it was trained on.
 *
 * What the manifest says elsewhere (leaderboard, metrics, threshold, bands, gate, notes) is not said twice.
 */
import type { Contract } from '../../data/contract.ts';
import { profitSection } from '../../evaluation/section.ts';
import type { TrainingFacts } from '../../report/training-facts.ts';
import type { Manifest } from '../manifest.ts';

/** What only the report needs. */
type Kept = Pick<
  TrainingFacts,
  | 'parts'
  | 'curves'
  | 'list'
  | 'confusion'
  | 'importance'
  | 'contributions'
  | 'dependence'
  | 'overview'
  | 'segments'
  | 'personal'
  | 'leftOut'
  | 'seconds'
> & { readonly learned: string; readonly columns: number };

/** Models that were saved before the report could be made again have charts only. */
type Figures = Omit<Kept, 'learned' | 'columns' | 'leftOut' | 'seconds'> & Partial<Kept>;

/** Plain JSON: numbers that JSON cannot hold become null. */
export function figuresOf(facts: TrainingFacts): unknown {
  const { parts, curves, confusion, importance, contributions, dependence, overview, segments } = facts;
  const { personal, leftOut, seconds, model, source, list } = facts;
  const kept: Kept = {
    parts,
    curves,
    ...(list && { list }),
    confusion,
    importance,
    ...(contributions && { contributions }),
    ...(dependence && { dependence }),
    ...(overview && { overview }),
    segments,
    ...(personal && { personal }),
    leftOut,
    seconds,
    learned: model.learned,
    columns: source.columns,
  };
  return JSON.parse(JSON.stringify(kept));
}

/** The facts again; undefined for a model that was saved before figures were kept. */
export function trainingFactsOf(manifest: Manifest): TrainingFacts | undefined {
  if (manifest.figures === undefined || manifest.figures === null) return undefined;
  // A manifest is checked by its hash: what was written by `figuresOf` is what is read.
  const { learned = '', columns, leftOut = [], seconds, ...kept } = manifest.figures as Figures;
  const { contract, data, metrics, conformal, leaderboard } = manifest;
  const profit = profitSection.optional().safeParse((manifest.project as { profit?: unknown }).profit).data;
  return {
    ...kept,
    model: { ...manifest.model, learned },
    created: manifest.created,
    holdfastVersion: manifest.versions.holdfast,
    seed: manifest.seed,
    source: { name: data.source, rows: data.rows, columns: columns ?? Object.keys(contract.columns).length },
    target: { column: contract.target.column, churned: String(contract.target.churned) },
    leaderboard: leaderboard as TrainingFacts['leaderboard'],
    ...(manifest.search ? { search: manifest.search as NonNullable<TrainingFacts['search']> } : {}),
    holdout: metrics.holdout,
    ...(metrics.further && { further: metrics.further as NonNullable<TrainingFacts['further']> }),
    threshold: manifest.threshold as TrainingFacts['threshold'],
    calibration: manifest.calibration as NonNullable<TrainingFacts['calibration']> | null,
    bands: manifest.bands,
    gate: manifest.gate as TrainingFacts['gate'],
    ...(data.parts ? { parting: data.parts as NonNullable<TrainingFacts['parting']> } : {}),
    ...(metrics.stability && { stability: metrics.stability }),
    units: unitsOf(contract.columns),
    meanings: meaningsOf(contract.columns),
    ...(manifest.fairness && { fairness: manifest.fairness as NonNullable<TrainingFacts['fairness']> }),
    ...(conformal && metrics.certainty
      ? {
          certainty: {
            limits: conformal,
            measured: metrics.certainty as NonNullable<TrainingFacts['certainty']>['measured'],
          },
        }
      : {}),
    ...(profit && { profit }),
    leftOut,
    notes: manifest.notes as TrainingFacts['notes'],
    seconds: seconds ?? {
      fits: leaderboard.reduce((total, row) => total + row.seconds, 0),
      wall: Number.NaN,
    },
  };
}

/** Units of numbers, by column. */
export const unitsOf = (columns: Contract['columns']): Record<string, string> => given(columns, 'unit');

/** What columns are, in a few words, by column. */
export const meaningsOf = (columns: Contract['columns']): Record<string, string> => given(columns, 'meaning');

const given = (columns: Contract['columns'], key: 'unit' | 'meaning'): Record<string, string> =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, rule]) => (rule[key] === undefined ? [] : [[name, rule[key]]])),
  );
