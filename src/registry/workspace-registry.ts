/**
 * The registry of a workspace as tasks see it: find a model by its name in the registry, know the champion,
 * register what was trained. The database is opened only when one of these is asked for.
 */
import { basename } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { NotFoundError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { ArtifactStore } from '../store/artifacts/artifact-store.ts';
import type { Database } from '../store/database/database.ts';
import { readModelBytes } from '../store/model-file.ts';
import type { RegisteredModels } from '../store/model-store.ts';
import type { ModelRegistry, StoredModel } from '../tasks/ports.ts';
import type { Changing } from './change.ts';
import { champion, parseReference } from './names.ts';
import { openVersion } from './open-version.ts';
import { registerModel } from './register.ts';
import { findVersion, lookVersion } from './resolve.ts';

export interface RegistryPlaces {
  database(): Promise<Database>;
  /** Null where there is no database yet: who only looks makes none. */
  databaseIfThere(): Promise<Database | null>;
  artifacts(): ArtifactStore;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly actor: string;
}

export interface WorkspaceRegistry extends ModelRegistry, RegisteredModels {}

export function openWorkspaceRegistry(places: RegistryPlaces): WorkspaceRegistry {
  const { catalogue, clock, actor } = places;
  const open = async (database: Database, reference: string): Promise<StoredModel> =>
    openVersion(places.artifacts(), await findVersion(database, reference), catalogue);
  return {
    isOwn(reference) {
      const { by } = parseReference(reference);
      return by === 'version' || by === 'alias';
    },
    async load(reference) {
      const database = await places.databaseIfThere();
      const version = database && (await lookVersion(database, reference));
      if (version) return openVersion(places.artifacts(), version, catalogue);
      const wanted = parseReference(reference);
      // A word without a name may be a misspelt "latest": the workspace's own sentence helps more then.
      if (wanted.by === 'version' ? wanted.name === null : wanted.by !== 'alias') return null;
      if (wanted.by === 'alias' && wanted.name === null && wanted.alias !== champion) return null;
      if (database) return open(database, reference);
      throw new NotFoundError(
        'model.not-found',
        `${printable(reference)}: the registry of this workspace holds no model yet; run holdfast train, or name a model by its label or path`,
        { model: printable(reference) },
      );
    },
    async champion(name) {
      const database = await places.databaseIfThere();
      const version = database && (await lookVersion(database, `${name}@${champion}`));
      return version ? openVersion(places.artifacts(), version, catalogue) : null;
    },
    async register(path) {
      const by: Changing = { actor, now: clock.now() };
      const file = { who: printable(basename(path)), bytes: await readModelBytes(path) };
      const { version, isNew } = await registerModel(
        await places.database(),
        places.artifacts(),
        file,
        catalogue,
        by,
      );
      return { name: version.name, version: version.version, isNew };
    },
  };
}
