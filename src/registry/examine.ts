/** The part of `doctor` that looks after the database: history, registered files, messages that wait. */
import { HoldfastError } from '../base/errors.ts';
import { countOf } from '../base/text.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { ArtifactStore } from '../store/artifacts/artifact-store.ts';
import type { Database } from '../store/database/database.ts';
import { outboxBacklog } from '../store/outbox.ts';
import type { HealthCheck } from '../tasks/doctor.ts';
import { versionName } from './model-version.ts';
import { verifyRegistry } from './verify.ts';

export interface ExaminedPlaces {
  /** Null where there is none yet, which is in order. */
  databaseIfThere(): Promise<Database | null>;
  artifacts(): ArtifactStore;
  readonly catalogue: Catalogue;
}

/** No check where there is no database. What fails is a check that isn't ok, never an error. */
export async function examineDatabase(places: ExaminedPlaces, now: number): Promise<readonly HealthCheck[]> {
  try {
    const database = await places.databaseIfThere();
    return database ? await checksOf(database, places, now) : [];
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return [{ name: 'database', ok: false, detail: `${error.message} [${error.code}]` }];
  }
}

async function checksOf(
  database: Database,
  { artifacts, catalogue }: ExaminedPlaces,
  now: number,
): Promise<readonly HealthCheck[]> {
  const { versions, history } = await verifyRegistry(database, artifacts(), catalogue);
  const { entries, brokenAt } = history;
  const { waiting, dead, oldestAt } = await outboxBacklog(database);
  const age =
    oldestAt === null ? '' : `, the oldest for ${Math.max(0, Math.round((now - oldestAt) / 60_000))} min`;
  return [
    { name: 'database', ok: true, detail: `${database.engine}, ${database.place}` },
    {
      name: 'history',
      ok: brokenAt === null,
      detail:
        brokenAt === null
          ? `${countOf(entries, 'entry', 'entries')}, each bound to the one before`
          : `entry ${brokenAt} does not fit the one before: it was altered or entries are missing; restore a backup`,
    },
    ...versions.map((version) => ({
      name: `version ${versionName(version)}`,
      ok: version.ok,
      detail: version.ok ? 'its file is the one that was registered' : `${version.message} [${version.code}]`,
    })),
    {
      name: 'outbox',
      ok: dead === 0,
      detail: `${countOf(waiting, 'message')} waiting${age}${dead === 0 ? '' : `, ${dead} given up`}`,
    },
  ];
}
