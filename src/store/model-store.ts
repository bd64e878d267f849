/** The models of a workspace as tasks see them: the port `ModelStore` over the folder of model files. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { NotFoundError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import { readReference } from '../drift/read-reference.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import { openHashFilter } from '../tasks/hash-filter.ts';
import type { ModelDraft, StoredModel } from '../tasks/ports.ts';
import { projectCommit } from './label.ts';
import { isModelPath, openModelFolder } from './model-folder.ts';
import { ownerOnly } from './whole-file.ts';
import { probeWorkspace, type Workspace } from './workspace.ts';

/** Models that have a name in the registry. */
export interface RegisteredModels {
  /** Whether a reference can only mean a registered version: `champion`, `NAME@3`. */
  isOwn(reference: string): boolean;
  /** The version's model, checked; null where the registry knows nothing that is called so. */
  load(reference: string): Promise<StoredModel | null>;
}

/** The registry is asked first for names that are its own, and for others after the folder. */
export function openModelStore(workspace: Workspace, catalogue: Catalogue, registered?: RegisteredModels) {
  const folder = openModelFolder(workspace.modelFolder, workspace.cwd);
  const fromFolder = async (reference: string): Promise<StoredModel & { readonly path?: string }> => {
    const model = await folder.read(reference, catalogue);
    return {
      ...model,
      reference: readReference(printable(basename(model.path)), model.reference, model.fitted.inputs),
      knowsTrainingKey: openHashFilter(model.manifest.hashFilter),
    };
  };
  return {
    nextLabel: async (now: number) => folder.reserveLabel(now, await projectCommit(workspace.projectFolder)),
    async save(draft: ModelDraft) {
      const { path, report } = await folder.save(draft);
      // After the model: it is whole without them, and a reader looks for a model first.
      if (draft.rows) {
        // Loaded here: who only reads models must not carry the engine that writes tables.
        const { writeTable } = await import('../data/sources/write-table.ts');
        await writeTable(path.replace(/\.holdfast$/, '.reference.parquet'), draft.rows, {
          mode: ownerOnly.file,
        });
      }
      return { file: path, report };
    },
    /** With the path of a model of the folder. */
    async load(reference: string): Promise<StoredModel & { readonly path?: string }> {
      if (registered === undefined || isModelPath(reference)) return fromFolder(reference);
      const isOwn = registered.isOwn(reference);
      const found = isOwn ? await registered.load(reference) : null;
      if (found) return found;
      try {
        return await fromFolder(reference);
      } catch (error) {
        // What another machine registered is not in this folder.
        const isAbsent = error instanceof NotFoundError && error.code === 'model.not-found';
        const other = isAbsent && !isOwn ? await registered.load(reference) : null;
        if (other) return other;
        throw error;
      }
    },
    /** The bytes of a model of the folder or at a path, and what errors call it. */
    async file(reference: string) {
      const { path, bytes } = await folder.readBytes(reference);
      return { who: printable(basename(path)), bytes };
    },
    async probe() {
      await probeWorkspace(workspace);
      return workspace.root;
    },
    place: async () => ({ folder: workspace.root, exists: existsSync(workspace.root) }),
    /** Newest first; damaged files last, under their file name. */
    async list() {
      const { models, damaged } = await folder.list();
      return [
        ...models.map(({ path, name, label, passed }) => ({ path, name, label, passed })),
        ...damaged.map(({ path }) => ({ path, name: basename(path), label: '', passed: false })),
      ];
    },
  };
}
