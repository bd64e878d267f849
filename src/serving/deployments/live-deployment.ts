/**
 * What one process answers with, kept in step with the database: a change anywhere is loaded and warmed here before
 * it gets its first customer, and a model that can't be loaded changes nothing.
 */
import type { Clock } from '../../base/clock.ts';
import { aliasedVersion } from '../../registry/aliases.ts';
import { type ModelVersion, subjectOf, type VersionKey } from '../../registry/model-version.ts';
import { champion } from '../../registry/names.ts';
import { withRegistry } from '../../registry/tables.ts';
import { getVersion, listVersions } from '../../registry/versions.ts';
import type { Database } from '../../store/database/database.ts';
import { newestPosition } from '../../store/history.ts';
import type { LiveModel } from '../live-model.ts';
import { chooseSlot } from './choose-slot.ts';
import { currentDeployment, type Deployment } from './deployment.ts';

/** A model and the place from which it answers. */
export interface Place {
  readonly model: LiveModel;
  readonly slot: 'live' | 'canary';
}

export interface LiveDeployment {
  readonly live: LiveModel;
  readonly canary: { readonly model: LiveModel; readonly share: number } | null;
  readonly shadow: LiveModel | null;
  readonly deployment: Deployment | null;
  /** The champion came back by a rollback. */
  readonly isReturn: boolean;
}

export interface DeploymentFollower {
  /** Null until a champion is there. */
  readonly current: LiveDeployment | null;
  placeFor(customerId: string | null): Place | null;
  /** Looks now, whatever was seen before. */
  refresh(): Promise<void>;
  /** Why the newest change, or a part of it, could not be followed; null when all could. */
  readonly failure: unknown;
  stop(): void;
}

export interface FollowOptions {
  readonly database: Database;
  /** Of the models. */
  readonly name: string;
  /** Loads with every check, and answers a few rows so that the first customer doesn't wait. */
  readonly open: (version: ModelVersion) => Promise<LiveModel>;
  readonly clock: Clock;
  readonly draw: () => number;
  /** Told after each switch. */
  readonly switched?: (now: LiveDeployment, before: LiveDeployment | null) => void;
  readonly everyMs?: number;
}

/** What failed to load may load again, as when a folder is mounted late. */
const tryAgainMs = 5000;

export function followDeployment(options: FollowOptions): DeploymentFollower {
  const { database, name, open, clock, draw, switched, everyMs = 500 } = options;
  let current: LiveDeployment | null = null;
  let failure: unknown = null;
  /** The newest entry of the history when all was followed, or was tried last. */
  let seen: { readonly position: number; readonly until: number } | null = null;
  let looking: Promise<void> | null = null;
  let isStopped = false;

  const follow = async (wanted: Wanted): Promise<void> => {
    const { live, deployment } = wanted;
    const known = new Map(modelsOf(current).map((model) => [model.id, model]));
    const opened = async (version: ModelVersion) => known.get(version.modelId) ?? (await open(version));
    // Without its champion nothing changes; without its canary or shadow the rest does.
    const answering = await opened(live);
    const beside = async (version: ModelVersion | null) => {
      try {
        return version && (await opened(version));
      } catch (error) {
        failure = error;
        return null;
      }
    };
    const canary = await beside(wanted.canary);
    const shadow = await beside(wanted.shadow);
    if (isStopped) return;
    const before = current;
    const { isReturn } = wanted;
    current = {
      ...{ live: answering, shadow, deployment, isReturn },
      canary: canary && { model: canary, share: deployment.canary!.share },
    };
    if (before === null || !isSame(before, current)) switched?.(current, before);
  };

  const look = async (): Promise<void> => {
    // First: a change between this and the rest is looked at again rather than overlooked.
    const position = await newestPosition(database);
    const now = clock.now();
    if (seen && seen.position === position && now < seen.until) return;
    failure = null;
    try {
      const wanted = await wantedNow(database, name);
      if (wanted) await follow(wanted);
    } catch (error) {
      failure = error;
    }
    seen = { position, until: failure === null ? Number.POSITIVE_INFINITY : now + tryAgainMs };
  };

  const lookNow = (): Promise<void> => {
    looking ??= look()
      .catch((error: unknown) => {
        // What answers goes on answering; the failure is told by /ready and the metrics.
        failure = error;
        seen = null;
      })
      .finally(() => {
        looking = null;
      });
    return looking;
  };
  const refresh = async (): Promise<void> => {
    // A look that has begun may have missed what the caller knows.
    await looking;
    seen = null;
    await lookNow();
  };
  const timer = setInterval(() => void lookNow(), everyMs);
  timer.unref();

  return {
    get current() {
      return current;
    },
    get failure() {
      return failure;
    },
    placeFor(customerId) {
      if (!current) return null;
      const { live, canary } = current;
      const share = canary && { modelId: canary.model.id, share: canary.share };
      return chooseSlot(share, customerId, draw) === 'canary'
        ? { model: canary!.model, slot: 'canary' }
        : { model: live, slot: 'live' };
    },
    refresh,
    stop() {
      isStopped = true;
      clearInterval(timer);
    },
  };
}

const modelsOf = (one: LiveDeployment | null): readonly LiveModel[] =>
  one ? [one.live, one.canary?.model, one.shadow].filter((model) => model != null) : [];

interface Wanted {
  readonly live: ModelVersion;
  readonly canary: ModelVersion | null;
  readonly shadow: ModelVersion | null;
  readonly deployment: Deployment;
  readonly isReturn: boolean;
}

/** What the database says; null while the name has no champion. */
async function wantedNow(database: Database, name: string): Promise<Wanted | null> {
  const deployment = await currentDeployment(database, name);
  const version = await aliasedVersion({ db: withRegistry(database.db) }, name, champion);
  if (version === null) return null;
  const beside = async (slot: { readonly version: number } | null): Promise<ModelVersion | null> =>
    slot === null || slot.version === version
      ? null
      : ((await listVersions(database, { name, version: slot.version }))[0] ?? null);
  return {
    live: await getVersion(database, { name, version }),
    canary: await beside(deployment.canary),
    shadow: await beside(deployment.shadow),
    deployment,
    isReturn: await cameBack(database, { name, version }),
  };
}

/** Whether a champion was made that by a rollback. */
async function cameBack({ db }: Database, key: VersionKey): Promise<boolean> {
  const newest = await db
    .selectFrom('history')
    .select('event')
    .where('subject', '=', subjectOf(key))
    .where('event', 'in', ['model.promoted', 'model.rolled-back'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest?.event === 'model.rolled-back';
}

const isSame = (one: LiveDeployment, other: LiveDeployment): boolean =>
  one.deployment?.seq === other.deployment?.seq &&
  one.live.id === other.live.id &&
  one.canary?.model.id === other.canary?.model.id &&
  one.shadow?.id === other.shadow?.id;
