/** A manifest with every key filled in, for tests of this room and of later ones. */
import { buildHashFilter } from '../hash-filter.ts';
import type { ManifestDraft } from '../manifest.ts';

const contract: ManifestDraft['contract'] = {
  source: 'customers.csv',
  id: 'customerID',
  target: { column: 'Churn', churned: 'Yes' },
  columns: Object.fromEntries(
    (['tenure', 'charges'] as const).map((name) => [
      name,
      {
        kind: 'number' as const,
        min: 0,
        closed: false,
        nullable: false,
        personal: false,
        actionable: false,
        use: 'feature' as const,
      },
    ]),
  ),
};

const half = { value: 0.8, low: 0.75, high: 0.85 };
const metrics = {
  rows: 100,
  rocAuc: half,
  prAuc: half,
  logLoss: half,
  brier: half,
  ece: half,
  accuracy: half,
  precision: half,
  recall: half,
  f1: half,
};

export interface ExampleChoices {
  readonly id?: string;
  readonly label?: string;
  readonly name?: string;
  readonly created?: string;
  readonly passed?: boolean;
}

/** A manifest; what a test cares for can be chosen. */
export function exampleManifest(choices: ExampleChoices = {}): ManifestDraft {
  return {
    model: {
      id: choices.id ?? '0b6f0b7e-3c0e-4c59-9d53-6a8d2f8f3a11',
      label: choices.label ?? '20260301.nogit',
      name: choices.name ?? 'example',
      author: null,
      description: null,
    },
    created: choices.created ?? '2026-03-01T12:00:00.000Z',
    versions: { holdfast: '0.1.0', node: '26.0.0', kernel: null },
    lockHash: null,
    machine: { platform: 'linux', arch: 'x64', cpus: 2 },
    contract,
    data: { source: 'customers.csv', rows: 100, schemaHash: 'a', contentHash: 'b' },
    hashFilter: buildHashFilter(['customer-1', 'customer-2'], 'id'),
    referenceDate: null,
    preprocessing: [
      { column: 'tenure', imputed: 3, bounds: null },
      { column: 'plan', imputed: 'gold', bounds: null },
    ],
    candidates: { 'ratio-model': {} },
    leaderboard: [
      {
        rank: 1,
        model: 'ratio-model',
        params: {},
        metric: 'roc-auc',
        mean: 0.8,
        sd: 0.01,
        folds: [0.79, 0.81],
        seconds: 0.1,
        chosen: true,
      },
    ],
    metrics: {
      holdout: metrics,
      validation: null,
      crossValidation: { metric: 'roc-auc', mean: 0.8, sd: 0.01 },
      gap: 0.02,
    },
    threshold: { value: 0.4, by: 'f1' },
    bands: { high: 0.4, medium: 0.2 },
    calibration: null,
    conformal: null,
    gate: { passed: choices.passed ?? true, checks: [] },
    seed: 42,
    notes: [],
    project: { version: 1, project: choices.name ?? 'example' },
  };
}
