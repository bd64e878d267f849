/**
 * From `--model` to what answers: the champion of a name, followed as the registry changes, or one model for as long
 * as the server runs.
 */

import type { Clock } from '../base/clock.ts';
import { ConflictError } from '../base/errors.ts';
import { listNames } from '../base/text.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import { missingApproval } from '../registry/missing-approval.ts';
import type { ModelVersion } from '../registry/model-version.ts';
import { champion, parseReference } from '../registry/names.ts';
import { openVersion } from '../registry/open-version.ts';
import { listVersions } from '../registry/versions.ts';
import type { ArtifactStore } from '../store/artifacts/artifact-store.ts';
import type { Database } from '../store/database/database.ts';
import type { ModelStore } from '../tasks/ports.ts';
import { type DeploymentFollower, followDeployment, type Place } from './deployments/live-deployment.ts';
import { type SlotWatch, watchSlots } from './deployments/watch-slots.ts';
import { type LiveModel, liveModel } from './live-model.ts';

const lookEveryMs = 1000;

/** What answers customers now. */
export interface ServedModels {
  /** The model that answers all whom no canary does; null while there is none. */
  live(): LiveModel | null;
  placeFor(customerId: string | null): Place | null;
  /** Null where one model answers as long as the server runs. */
  readonly follower: DeploymentFollower | null;
  /** Why the newest change could not be followed; null when it could. */
  readonly failure: unknown;
  /** Sends a new slot back that passes its limits; null where nothing changes. */
  readonly watch: SlotWatch | null;
  stop(): void;
}

export interface ServedModelsPorts {
  readonly database: Database;
  readonly models: ModelStore;
  readonly artifacts: ArtifactStore;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly draw: () => number;
  /** Another person's approval is asked of every version here, whatever the version says of itself. */
  readonly fourEyes: boolean;
}

/** `unapproved`: what the registry calls a model that a person named although nobody else has approved it; else null. */
interface Opened {
  readonly fellBack: boolean;
  readonly unapproved: string | null;
}

/**
 * `fellBack`: there is no champion yet, so the newest model that passed answers. Where that one needs another person's
 * approval and has none it is refused; a model that a person named outright is only told of.
 */
export async function openServedModels(
  reference: string,
  ports: ServedModelsPorts,
): Promise<ServedModels & Opened> {
  const wanted = parseReference(reference);
  if (wanted.by === 'alias' && wanted.alias === champion) {
    const name = await championName(ports.database, wanted.name);
    // Not spread: `failure` is asked for anew each time.
    if (name !== null)
      return Object.assign(await followed(name, ports), { fellBack: false, unapproved: null });
    if (wanted.name === null) {
      const { unapproved, ...newest } = await fixed('latest', ports);
      if (unapproved !== null) throw notApproved(unapproved);
      return { ...newest, fellBack: true, unapproved };
    }
  }
  return { ...(await fixed(reference, ports)), fellBack: false };
}

const notApproved = (model: string): Error =>
  new ConflictError(
    'registry.refused',
    `serve: no model is champion, and ${model} may not answer instead: nobody but who registered it has approved it (four eyes); let another person run holdfast models approve ${model} --note TEXT, then holdfast models promote ${model}`,
    { model, reasons: ['approval'] },
  );

/** The name whose champion is meant; null when there is none. */
async function championName(database: Database, name: string | null): Promise<string | null> {
  const champions = (await listVersions(database))
    .filter(({ aliases }) => aliases.includes(champion))
    .map((version) => version.name);
  if (name !== null) return champions.includes(name) ? name : null;
  if (champions.length > 1) {
    throw new ConflictError(
      'registry.ambiguous',
      `serve: ${champions.length} models have a champion: ${listNames(champions)}; name one: --model ${champions[0]}@champion`,
      { found: champions.length },
    );
  }
  return champions[0] ?? null;
}

async function fixed(
  reference: string,
  { database, models, catalogue, fourEyes }: ServedModelsPorts,
): Promise<ServedModels & Pick<Opened, 'unapproved'>> {
  const loaded = await models.load(reference);
  const unapproved = await missingApproval(database, loaded.manifest, fourEyes);
  const model = warm(liveModel(loaded, null, catalogue));
  const place: Place = { model, slot: 'live' };
  return {
    live: () => model,
    placeFor: () => place,
    follower: null,
    failure: null,
    watch: null,
    stop: () => {},
    unapproved,
  };
}

async function followed(name: string, ports: ServedModelsPorts): Promise<ServedModels> {
  const { database, artifacts, catalogue, clock, draw } = ports;
  const open = async (version: ModelVersion): Promise<LiveModel> =>
    warm(liveModel(await openVersion(artifacts, version, catalogue), version.version, catalogue));
  const follower = followDeployment({
    ...{ database, name, open, clock, draw },
    switched: (now, before) => watch.switched(now, before),
  });
  const watch = watchSlots(database, follower, clock);
  await follower.refresh();
  if (follower.current === null) {
    follower.stop();
    throw follower.failure;
  }
  // A database that doesn't answer is told by /ready; the next look tries again.
  const looking = setInterval(() => void watch.look().catch(() => {}), lookEveryMs).unref();
  return {
    live: () => follower.current?.live ?? null,
    placeFor: follower.placeFor,
    follower,
    get failure() {
      return follower.failure;
    },
    watch,
    stop() {
      clearInterval(looking);
      follower.stop();
    },
  };
}

/** Golden scores were checked at loading; this has the engine compile what scoring runs. */
function warm(model: LiveModel): LiveModel {
  const example = (model.schema.examples as readonly Readonly<Record<string, unknown>>[])[0]!;
  for (let i = 0; i < 200; i++) model.answer([example]);
  return model;
}
