/** What the registry knows of a model: a numbered version of its name. */
import type { ColumnKind } from '../table/column.ts';
import type { Manifest } from '../tasks/manifest.ts';

/** Where a version is on its way; a word for people, the aliases decide who answers. */
export const stages = ['None', 'Staging', 'Production', 'Archived'] as const;
export type Stage = (typeof stages)[number];

/** A version by name and number. */
export interface VersionKey {
  readonly name: string;
  readonly version: number;
}

export interface ModelVersion extends VersionKey {
  /** UUID of the model. */
  readonly modelId: string;
  readonly label: string;
  readonly fileSha256: string;
  readonly fileBytes: number;
  /** Its gate let it through. */
  readonly passed: boolean;
  readonly stage: Stage;
  readonly description: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly signature: Signature;
  /** The measures of the hold-out, each with its interval. */
  readonly metrics: Manifest['metrics']['holdout'];
  /** Who answers for it, as its project file says. */
  readonly author: string | null;
  /** Another person than the one who registered it must approve it. */
  readonly fourEyes: boolean;
  readonly registeredBy: string;
  /** When it was trained and when it came here, epoch milliseconds. */
  readonly createdAt: number;
  readonly registeredAt: number;
  /** Sorted. */
  readonly aliases: readonly string[];
  /** Oldest first. */
  readonly approvals: readonly Approval[];
}

export interface Approval {
  readonly actor: string;
  readonly at: number;
  readonly note: string;
}

/** What a model takes and what it answers. */
export interface Signature {
  readonly inputs: readonly SignatureInput[];
  readonly output: {
    readonly name: 'churnProbability';
    readonly kind: 'number';
    readonly min: 0;
    readonly max: 1;
    /** From here on the answer is churn. */
    readonly threshold: number;
  };
}

export interface SignatureInput {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly unit: string | null;
  /** Missing is allowed. */
  readonly nullable: boolean;
  readonly levels: readonly (string | number | boolean)[] | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** How people write a version: `telco@3`. */
export const versionName = ({ name, version }: VersionKey): string => `${name}@${version}`;

/** How the history names a version. */
export const subjectOf = ({ name, version }: VersionKey): string => `model:${name}:${version}`;

/** The signature of a model, from its contract: the columns that it learns from. */
export function signatureOf({ contract, threshold }: Pick<Manifest, 'contract' | 'threshold'>): Signature {
  const inputs = Object.entries(contract.columns)
    .filter(([, { use }]) => use === 'feature')
    .map(([name, { kind, unit, nullable, levels, min, max }]) => ({
      name,
      kind,
      unit: unit ?? null,
      nullable,
      levels: levels ?? null,
      min: min ?? null,
      max: max ?? null,
    }));
  return {
    inputs,
    output: { name: 'churnProbability', kind: 'number', min: 0, max: 1, threshold: threshold.value },
  };
}
