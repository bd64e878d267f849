/** Small registered models for tests of this room and of later ones. */
import { randomUUID } from 'node:crypto';
import { DataError, NotFoundError } from '../../base/errors.ts';
import { sha256 } from '../../base/hash.ts';
import type { Artifact, ArtifactStore } from '../../store/artifacts/artifact-store.ts';
import type { Database } from '../../store/database/database.ts';
import { encodeModelFile } from '../../store/model-file.ts';
import { type ExampleModel, exampleCatalogue, exampleParts } from '../../store/testing/example-model.ts';
import type { ExampleChoices } from '../../tasks/testing/example-manifest.ts';
import type { Changing } from '../change.ts';
import type { ModelVersion } from '../model-version.ts';
import { registerModel } from '../register.ts';

export const anna: Changing = { actor: 'cli:anna', now: Date.UTC(2026, 2, 1) };
export const ben: Changing = { actor: 'key:ben', now: Date.UTC(2026, 2, 2) };
export const at = (now: number, by: Changing = anna): Changing => ({ ...by, now });

export interface RegisteredChoices extends ExampleChoices {
  readonly fourEyes?: boolean;
  readonly by?: Changing;
  /** One of a kind of its own unless said, which no installation can open. */
  readonly model?: ExampleModel;
}

let labels = 0;

/** The bytes of a small model with an id and a label of its own. */
export function exampleModelBytes(choices: RegisteredChoices = {}): Promise<Uint8Array> {
  const label = choices.label ?? `20260301.nogit.${++labels + 1}`;
  const parts = exampleParts({ id: randomUUID(), name: 'telco', ...choices, label }, choices.model);
  const project = { ...parts.manifest.project, registry: { fourEyes: choices.fourEyes ?? false } };
  return encodeModelFile({ ...parts, manifest: { ...parts.manifest, project } });
}

/** Registers one more small model. */
export async function registerExample(
  database: Database,
  artifacts: ArtifactStore,
  choices: RegisteredChoices = {},
): Promise<ModelVersion> {
  const file = { who: 'example', bytes: await exampleModelBytes(choices) };
  const { by = anna, model } = choices;
  const catalogue = model?.catalogue ?? exampleCatalogue;
  return (await registerModel(database, artifacts, file, catalogue, by)).version;
}

/** Artefacts in memory; `damage` changes one behind the registry's back. */
export function memoryArtifacts(): ArtifactStore & { damage(name: string): void } {
  const kept = new Map<string, Uint8Array>();
  const artifact = (content: Uint8Array): Artifact => ({ sha256: sha256(content), bytes: content.length });
  return {
    place: 'memory',
    async put(content) {
      const made = artifact(content);
      kept.set(made.sha256, content);
      return made;
    },
    putFile: () => Promise.reject(new TypeError('memory artefacts take bytes')),
    async read(name) {
      const content = kept.get(name);
      if (!content) throw new NotFoundError('artifact.not-found', 'artifacts: not there; put it', {});
      if (sha256(content) !== name)
        throw new DataError('artifact.damaged', 'artifacts: altered; put it again', {});
      return content;
    },
    has: async (name) => kept.has(name),
    list: async () => [...kept.values()].map(artifact),
    remove: async (name) => kept.delete(name),
    damage: (name) => {
      kept.set(name, new Uint8Array(3));
    },
  };
}
