/** What the supervisor and its workers say to each other. */
import type { ErrorCode, ErrorFields } from '../../base/errors.ts';
import type { MetricsJson } from '../metrics/metrics.ts';
import type { ServeOptions } from '../serve.ts';

/** What a worker is started with: the one argument of its process, as JSON. */
export interface WorkerOrder {
  readonly options: ServeOptions;
  /** From 1; a worker that replaces another has its number. */
  readonly number: number;
  /** How many there are. */
  readonly of: number;
  /** Where the process that writes the log listens; null where each worker writes for itself. */
  readonly writerAddress: string | null;
  /** Set when everything is loaded: given to Node at its start they would make what was compiled before useless. */
  readonly v8Flags: readonly string[];
}

export interface ReadyMessage {
  readonly kind: 'ready';
  readonly url: string;
  readonly model: { readonly name: string; readonly label: string };
  readonly warnings: readonly string[];
}

/** An error in parts: it loses its class on the way. */
export interface FailedMessage {
  readonly kind: 'failed';
  readonly code: ErrorCode;
  readonly message: string;
  readonly fields: ErrorFields;
}

/** Answers `metrics`; without `ask` the last ones, told by a worker that leaves. */
export interface OwnMetricsMessage {
  readonly kind: 'own-metrics';
  readonly ask: number | null;
  readonly metrics: MetricsJson;
}

/** Somebody asks a worker for the metrics of all. */
export interface GatherMessage {
  readonly kind: 'gather';
  readonly ask: number;
}

export type FromWorker = ReadyMessage | FailedMessage | OwnMetricsMessage | GatherMessage;

export type ToWorker =
  /** Refuse what is new, answer what is inside, end. */
  | { readonly kind: 'stop' }
  /** Another has taken the place: answer everybody who is connected, and end. */
  | { readonly kind: 'leave' }
  | { readonly kind: 'metrics'; readonly ask: number }
  | { readonly kind: 'gathered'; readonly ask: number; readonly all: readonly MetricsJson[] };
