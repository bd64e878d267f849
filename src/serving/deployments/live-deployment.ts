/**
 * What one process answers with, kept in step with the database: a change anywhere is loaded and warmed here before
 * it gets its first customer, and a model that can't be loaded changes nothing.
 */
import type { Clock } from '../../base/clock.ts';
import type { ModelVersion } from '../../registry/model-version.ts';
import { champion } from '../../registry/names.ts';
import { listVersions } from '../../registry/versions.ts';
import type { Database } from '../../store/database/database.ts';
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
}

export interface DeploymentFollower {
  /** Null until a champion is there. */
  readonly current: LiveDeployment | null;
  placeFor(customerId: string | null): Place | null;
  /** Looks now; `failure` of the last look is null when it went well. */
  refresh(): Promise<void>;
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

export function followDeployment(options: FollowOptions): DeploymentFollower {
  const { database, name, open, draw, switched, everyMs = 500 } = options;
  let current: LiveDeployment | null = null;
  let failure: unknown = null;
  let looking: Promise<void> | null = null;
  let isStopped = false;

  const look = async (): Promise<void> => {
    const deployment = await currentDeployment(database, name);
    const versions = await listVersions(database, { name });
    const live = versions.find(({ aliases }) => aliases.includes(champion));
    if (!live) return;
    const wanted = {
      live,
      // A canary that became champion is no canary any more.
      canary: versions.find(
        ({ version }) => version === deployment.canary?.version && version !== live.version,
      ),
      shadow: versions.find(
        ({ version }) => version === deployment.shadow?.version && version !== live.version,
      ),
    };
    if (current && isSame(current, wanted, deployment)) return;
    const known = new Map(modelsOf(current).map((model) => [model.id, model]));
    const opened = async (version: ModelVersion | undefined) =>
      version ? (known.get(version.modelId) ?? (await open(version))) : null;
    const before = current;
    const canary = await opened(wanted.canary);
    const next: LiveDeployment = {
      live: (await opened(live))!,
      canary: canary && { model: canary, share: deployment.canary!.share },
      shadow: await opened(wanted.shadow),
      deployment,
    };
    if (isStopped) return;
    current = next;
    switched?.(next, before);
  };

  const refresh = (): Promise<void> => {
    looking ??= look()
      .then(() => {
        failure = null;
      })
      .catch((error: unknown) => {
        // What answers goes on answering; the failure is told by /ready and the metrics.
        failure = error;
      })
      .finally(() => {
        looking = null;
      });
    return looking;
  };
  const timer = setInterval(() => void refresh(), everyMs);
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
  readonly canary: ModelVersion | undefined;
  readonly shadow: ModelVersion | undefined;
}

const isSame = (now: LiveDeployment, wanted: Wanted, deployment: Deployment): boolean =>
  now.deployment?.seq === deployment.seq &&
  now.live.id === wanted.live.modelId &&
  now.canary?.model.id === wanted.canary?.modelId &&
  now.shadow?.id === wanted.shadow?.modelId;
