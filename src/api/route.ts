/** What a route is: one file says its method, address, schemas and what it does. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../base/clock.ts';
import type { ModelVersion } from '../registry/model-version.ts';
import type { JsonSchema } from '../serving/customer-schema.ts';
import type { ReplayRemarks } from '../serving/deployments/replay-remarks.ts';
import type { EarlierModels } from '../serving/earlier-models.ts';
import type { EventFeed } from '../serving/events/event-feed.ts';
import type { Horizons } from '../serving/outcomes/horizons.ts';
import type { PredictionService } from '../serving/prediction-service.ts';
import type { ServedModels } from '../serving/served-models.ts';
import type { Database } from '../store/database/database.ts';
import type { Scope } from '../store/keys.ts';
import type { LoadedModel } from '../tasks/ports.ts';
import type { DoorKeeper } from './door-keeper.ts';
import type { JobRunner } from './jobs/job-runner.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { BodyReader, Refuse } from './own-protocol.ts';

export interface ApiContext {
  readonly clock: Clock;
  readonly database: Database;
  readonly predictions: PredictionService;
  /** What answers customers now. */
  readonly served: ServedModels;
  /** Loads a registered model with every check. */
  openModel(version: ModelVersion): Promise<LoadedModel>;
  /** A model that answered before. */
  readonly earlierModel: EarlierModels;
  /** How far ahead models look. */
  readonly horizons: Horizons;
  /** What a person should know of versions that are deployed. */
  readonly replayRemarks: ReplayRemarks;
  /** What happens, for those who listen. */
  readonly events: EventFeed;
  readonly jobs: JobRunner;
  /** Every route of the server, as OpenAPI tells them. */
  readonly routes: readonly Route[];
  readonly metrics: Metrics;
  readonly keeper: DoorKeeper;
}

export interface RouteCall {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly requestId: string;
  /** Id of the key that asks; null without keys. */
  readonly keyId: string | null;
  readonly arrivedMs: number;
}

export interface Route {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  /** What a key must be allowed; null for everybody. */
  readonly scope: Scope | null;
  readonly summary: string;
  readonly description?: string;
  /** Media type of its answer; JSON unless said. */
  readonly produces?: string;
  /** Pages for people, which OpenAPI does not tell. */
  readonly isPage?: boolean;
  /** Statuses of problems that it answers with besides those that every route of its kind can. */
  readonly problems?: readonly number[];
  /** Takes an `Idempotency-Key`. */
  readonly isRepeatable?: boolean;
  /** Values that its JSON body may have; 100,000 unless said. */
  readonly mostValues?: number;
  /** How its body is read; one JSON value unless said. */
  readonly body?: BodyReader;
  /** Its refusals, where a protocol of others says how they look; problem details unless said. */
  readonly refuse?: Refuse;
  readonly schema: {
    readonly body?: JsonSchema;
    readonly querystring?: JsonSchema;
    readonly params?: JsonSchema;
    /** By status; errors have one schema everywhere. */
    readonly response: Readonly<Record<number, JsonSchema>>;
  };
  handle(call: RouteCall, context: ApiContext): Promise<unknown>;
}

/** A route as it stands in `routes/all.ts`; its file is named like its id. */
export const defineRoute = (route: Route): Route => Object.freeze(route);
