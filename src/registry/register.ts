/** A model becomes the next version of its name. */
import type { Catalogue } from '../learn/catalogue.ts';
import type { Artifact, ArtifactStore } from '../store/artifacts/artifact-store.ts';
import type { Database } from '../store/database/database.ts';
import { decodeModelFile } from '../store/model-file.ts';
import type { Manifest } from '../tasks/manifest.ts';
import { type Change, type Changing, changeRegistry } from './change.ts';
import { type ModelVersion, signatureOf } from './model-version.ts';
import { registrySectionOf } from './section.ts';
import { readVersions } from './versions.ts';

export interface Registered {
  readonly version: ModelVersion;
  /** False where this model had been registered before: nothing was changed then. */
  readonly isNew: boolean;
}

/**
 * Checks a model file as loading does, keeps it among the artefacts, then registers it. A crash between the two
 * leaves a kept file that nothing names; registering again finds it there.
 */
export async function registerModel(
  database: Database,
  artifacts: ArtifactStore,
  file: { readonly who: string; readonly bytes: Uint8Array },
  catalogue: Catalogue,
  by: Changing,
): Promise<Registered> {
  const { manifest } = await decodeModelFile(file.who, file.bytes, catalogue);
  return registerVersion(database, manifest, await artifacts.put(file.bytes), by);
}

/** Registers a model whose file is kept already. The same model id is registered once, however often it is asked for. */
export const registerVersion = (
  database: Database,
  manifest: Manifest,
  file: Artifact,
  by: Changing,
): Promise<Registered> => changeRegistry(database, by, (change) => registerWithin(change, manifest, file));

/** The same as part of a larger change. */
export async function registerWithin(
  change: Change,
  manifest: Manifest,
  file: Artifact,
): Promise<Registered> {
  const { id: modelId, name, label, author, description } = manifest.model;
  const [known] = await readVersions(change.db, { modelId });
  if (known) return { version: known, isNew: false };
  const { newest } = await change.db
    .selectFrom('model_version')
    .select((one) => one.fn.max('version').as('newest'))
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  const key = { name, version: (newest ?? 0) + 1 };
  const { passed } = manifest.gate;
  // First: with PostgreSQL the history's own number tells two that register at once apart.
  await change.tell('model.registered', key, { modelId, label, passed, fileSha256: file.sha256 });
  await change.db
    .insertInto('model_version')
    .values({
      ...key,
      model_id: modelId,
      label,
      file_sha256: file.sha256,
      file_bytes: file.bytes,
      passed: passed ? 1 : 0,
      stage: 'None',
      description,
      tags: '{}',
      signature: JSON.stringify(signatureOf(manifest)),
      metrics: JSON.stringify(manifest.metrics.holdout),
      author,
      four_eyes: registrySectionOf(manifest.project).fourEyes ? 1 : 0,
      registered_by: change.by.actor,
      created_at: Date.parse(manifest.created),
      registered_at: change.by.now,
    })
    .execute();
  return { version: await change.version(key), isNew: true };
}
