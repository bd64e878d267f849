/**
 * The manifest of a saved model: everything about it that is not the fitted value itself.
 *
 * Every key is always there; a key whose feature comes later is null. Reading is strict about the keys that
 * code relies on and passes over keys that it does not know, so that a small addition needs no new format; what
 * an older Holdfast must not read raises `formatVersion`.
 */
import { z } from 'zod';
import { ModelFileError } from '../base/errors.ts';
import { canonicalJson } from '../base/plain.ts';
import { columnContract, dataSection } from '../data/contract.ts';
import { hashFilterSchema } from './hash-filter.ts';

export const formatVersion = 1;

/** The parts that this format knows, beside `manifest.json` and `manifest.sha256`. */
export const partNames = [
  'pipeline.json',
  'weights.bin',
  'reference.json',
  'golden.json',
  'card.md',
  'report.html',
  'model.onnx',
] as const;
export type PartName = (typeof partNames)[number];

export const labelPattern = /^\d{8}\.(?:[0-9a-f]{7}|nogit)(?:\.[1-9]\d*)?$/;

const json = z.custom<unknown>((value) => value !== undefined, 'must be there');
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const text = z.string().min(1);
const count = z.int().min(0);

const metricValue = z.object({ value: z.number(), low: z.number(), high: z.number() });
const metrics = z.object({
  rows: count,
  rocAuc: metricValue,
  prAuc: metricValue,
  logLoss: metricValue,
  brier: metricValue,
  ece: metricValue,
  accuracy: metricValue,
  precision: metricValue,
  recall: metricValue,
  f1: metricValue,
});

export const manifestSchema = z.object({
  formatVersion: z.literal(formatVersion),
  model: z.object({
    id: z.uuid(),
    label: z.string().regex(labelPattern),
    /** As the project file allows it: it is printed, and part of a file's name. */
    name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$/),
    author: z.string().nullable(),
    description: z.string().nullable(),
  }),
  created: z.iso.datetime(),
  versions: z.object({ holdfast: text, node: text, kernel: text.nullable() }),
  /** SHA-256 of the lock file of the Holdfast that made it. */
  lockHash: sha256Hex.nullable(),
  machine: z.object({ platform: text, arch: text, cpus: count }),
  contract: z.object({ ...dataSection.shape, columns: z.record(z.string(), z.object(columnContract.shape)) }),
  data: z.object({
    source: text,
    rows: count,
    schemaHash: text,
    contentHash: text,
    /** How the rows were parted (`train/parting.ts`); older models only say it in `project.split`. */
    parts: json.optional(),
  }),
  /** Which customers the model has seen. */
  hashFilter: hashFilterSchema,
  referenceDate: z.iso.date().nullable(),
  /** Preprocessing decisions and what was learned: imputation values, outlier bounds, levels. */
  preprocessing: z.array(json).readonly(),
  /** The candidates as they were asked for. */
  candidates: json,
  /** Every trial of the search, best first. */
  leaderboard: z
    .array(
      z.object({
        rank: z.int().min(1),
        model: text,
        params: json,
        metric: text,
        mean: z.number(),
        sd: z.number(),
        folds: z.array(z.number()).readonly(),
        seconds: z.number(),
        chosen: z.boolean(),
        /** Of searches that vary preparation or combine trials (`selection/leaderboard.ts`). */
        preparation: json.optional(),
        members: json.optional(),
        chosenFor: z.literal('log-loss').optional(),
      }),
    )
    .readonly(),
  /** How the search went, every trial in the order it was tried (`selection/search-history.ts`); older models have none. */
  search: json.optional(),
  metrics: z.object({
    holdout: metrics,
    validation: metrics.nullable(),
    crossValidation: z.object({ metric: text, mean: z.number(), sd: z.number() }).nullable(),
    /** The winner once more, on training and validation rows; older models have none. */
    stability: z
      .object({
        metric: text,
        rows: count,
        share: z.number().optional(),
        mean: z.number(),
        sd: z.number(),
        folds: z.array(z.number()).readonly(),
      })
      .optional(),
    /** Accuracy on the training part less accuracy on the validation part. */
    gap: z.number().nullable(),
    /** Metrics of the hold-out beside the nine; models before them have none. */
    further: z.record(text, metricValue).optional(),
    /** What the conformal sets did on the hold-out. */
    certainty: json.optional(),
  }),
  /** Gaps between the groups of each personal column, on the hold-out. */
  fairness: z.array(json).readonly().optional(),
  threshold: z.object({ value: z.number(), by: text }),
  bands: z.object({ high: z.number(), medium: z.number() }),
  calibration: json,
  /** From which scores on an outcome is likely; null in models before it was learned. */
  conformal: z.object({ coverage: z.number(), stay: z.number(), churn: z.number(), rows: count }).nullable(),
  gate: z.object({
    passed: z.boolean(),
    checks: z
      .array(
        z.object({
          name: text,
          limit: z.number(),
          value: z.number().nullable(),
          passed: z.boolean(),
          reason: z.string(),
        }),
      )
      .readonly(),
  }),
  seed: z.int(),
  /** What the charts of the report draw (`train/figures.ts`); older models have none. */
  figures: json.optional(),
  notes: z
    .array(z.object({ code: z.string(), message: z.string(), column: z.string().optional() }))
    .readonly(),
  /** The project file with every default filled in. */
  project: z.custom<object>((value) => typeof value === 'object' && value !== null),
  /** SHA-256 of each part; null for a part that this file does not have. */
  parts: z.record(z.string(), sha256Hex.nullable()),
});
export type Manifest = z.infer<typeof manifestSchema>;
/** What the maker of a model says; format and hashes are added at writing. */
export type ManifestDraft = Omit<Manifest, 'formatVersion' | 'parts'>;

/** The text of `manifest.json`. A draft that breaks the schema is a defect: TypeError naming the key. */
export function encodeManifest(draft: ManifestDraft, parts: Manifest['parts']): string {
  const manifest = { ...draft, formatVersion, parts };
  const result = manifestSchema.safeParse(manifest);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    throw new TypeError(`manifest: ${path.map(String).join('.')}: ${message}`);
  }
  return canonicalJson(manifest);
}

/** Reads `manifest.json`; `who` begins the sentence of an error. */
export function decodeManifest(who: string, content: string): Manifest {
  const value = parsedJson(content);
  const version = z.object({ formatVersion: z.int().min(1) }).safeParse(value).data?.formatVersion;
  if (version !== undefined && version > formatVersion) {
    throw new ModelFileError(
      'model.newer',
      `${who}: format ${version}, this Holdfast reads up to ${formatVersion}; update Holdfast`,
      { version },
    );
  }
  const result = manifestSchema.safeParse(value);
  if (result.success) return result.data;
  throw new ModelFileError(
    'model.damaged',
    `${who}: its manifest.json is not that of a model; copy it again from where it was made`,
    { part: 'manifest.json', key: (result.error.issues[0]?.path ?? []).map(String).join('.') },
  );
}

function parsedJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
