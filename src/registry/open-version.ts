/** Loads the model of a version from the artefacts, with every check that loading a file has. */
import { ModelFileError } from '../base/errors.ts';
import { readReference } from '../drift/read-reference.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { ArtifactStore } from '../store/artifacts/artifact-store.ts';
import { decodeModelFile } from '../store/model-file.ts';
import { openHashFilter } from '../tasks/hash-filter.ts';
import type { StoredModel } from '../tasks/ports.ts';
import { type ModelVersion, versionName } from './model-version.ts';

/** `artifact.not-found`, `artifact.damaged`, `model.*`: nothing that isn't the registered model is given out. */
export async function openVersion(
  artifacts: ArtifactStore,
  version: ModelVersion,
  catalogue: Catalogue,
): Promise<StoredModel> {
  const who = versionName(version);
  const model = await decodeModelFile(who, await artifacts.read(version.fileSha256), catalogue);
  if (model.manifest.model.id !== version.modelId) {
    throw new ModelFileError(
      'model.damaged',
      `${who}: its file is that of another model than was registered; restore a backup of the database`,
      { model: version.name, version: version.version },
    );
  }
  return {
    ...model,
    reference: readReference(who, model.reference, model.fitted.inputs),
    knowsTrainingKey: openHashFilter(model.manifest.hashFilter),
  };
}
