/** What tasks need of the world. Doors hand it in; tasks never reach for it. */
import type { Clock } from '../base/clock.ts';
import type { ParallelMap } from '../base/parallel.ts';
import type { Reference } from '../drift/reference.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { FitAnswer, FitJob } from '../learn/context.ts';
import type { FittedClassifier } from '../learn/definition.ts';
import type { GoldenJson } from '../learn/golden-rows.ts';
import type { Table } from '../table/table.ts';
import type { Manifest, ManifestDraft } from './manifest.ts';

/** How long work tells that it is alive. */
export interface Progress {
  /** A new part of the work begins. */
  step(text: string): void;
  /** `done` of `total` within a part. */
  tick(what: string, done: number, total: number, secondsLeft?: number): void;
}

export const silentProgress: Progress = { step: () => {}, tick: () => {} };

/** What every task that learns or scores needs. */
export interface WorkPorts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly map: ParallelMap<FitJob, FitAnswer>;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/** A model read back, checked and ready to answer. */
export interface LoadedModel {
  readonly manifest: Manifest;
  readonly fitted: FittedClassifier;
  readonly reference: Reference;
  /** Whether the model has learned from a customer; `true` is wrong in 1% of cases. */
  readonly knowsTrainingKey: (key: string) => boolean;
}

/** A model with the pages that were written when it was trained. */
export interface StoredModel extends LoadedModel {
  /** Markdown. */
  readonly card: string;
  /** HTML. */
  readonly report: string;
}

/** What a training run hands over to be kept. */
export interface ModelDraft {
  readonly manifest: ManifestDraft;
  readonly fitted: FittedClassifier;
  readonly reference: Reference;
  readonly golden: GoldenJson;
  /** Training rows that are kept beside the model; null for none. */
  readonly rows: Table | null;
  readonly card: string;
  readonly report: string;
}

/** A kept model, by its manifest alone. */
export interface ModelEntry {
  readonly path: string;
  readonly name: string;
  readonly label: string;
  readonly passed: boolean;
}

/** Where models are kept. */
export interface ModelStore {
  /** A label that no other model of the workspace has: `YYYYMMDD.<commit>[.N]`. */
  nextLabel(now: number): Promise<string>;
  /** Keeps a model whole or not at all; gives the paths of the file and of its report. */
  save(draft: ModelDraft): Promise<{ readonly file: string; readonly report: string }>;
  /** `latest`, `NAME@latest`, a label, an id or a path. Refuses what is damaged. */
  load(reference: string): Promise<StoredModel>;
  /** Newest first, damaged files last. */
  list(): Promise<readonly ModelEntry[]>;
  /** Throws a coded error where models could not be kept; else says where they are. */
  probe(): Promise<string>;
  /** Where models are kept, and whether anything is there yet; makes nothing. */
  place(): Promise<{ readonly folder: string; readonly exists: boolean }>;
}

/** The numbered versions of models, one of which answers. */
export interface ModelRegistry {
  /** The version of a name that answers now; null for none. Refuses a damaged one. */
  champion(name: string): Promise<LoadedModel | null>;
  /** Makes a kept model file the next version of its name; the same model again stays what it was. */
  register(
    file: string,
  ): Promise<{ readonly name: string; readonly version: number; readonly isNew: boolean }>;
}

/** Where searches write down what they have tried, line by line, so that they can go on after a kill. */
export interface SearchLogs {
  /** The lines of one search, oldest first, without those that a kill has torn. */
  read(key: string): Promise<readonly unknown[]>;
  /** The lines of every other search, the one written last first. */
  others(key: string): Promise<readonly (readonly unknown[])[]>;
  /** On the disk when it returns; throws a coded error where it can't be. */
  append(key: string, line: unknown): void;
  /** Forgets the oldest searches where there are many. */
  tidy(): Promise<void>;
}

/** What the manifest says of code and machine. */
export interface Identity {
  newId(): string;
  readonly versions: { readonly holdfast: string; readonly node: string; readonly kernel: string | null };
  readonly lockHash: string | null;
  readonly machine: { readonly platform: string; readonly arch: string; readonly cpus: number };
}
