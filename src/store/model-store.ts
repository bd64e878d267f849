/** The models of a workspace as tasks see them: the port `ModelStore` over the folder of model files. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { writeTable } from '../data/sources/write-table.ts';
import type { Reference } from '../drift/reference.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import { openHashFilter } from '../tasks/hash-filter.ts';
import type { ModelDraft } from '../tasks/ports.ts';
import { projectCommit } from './label.ts';
import { openModelFolder } from './model-folder.ts';
import { probeWorkspace, type Workspace } from './workspace.ts';

export function openModelStore(workspace: Workspace, catalogue: Catalogue) {
  const folder = openModelFolder(workspace.modelFolder, workspace.cwd);
  return {
    nextLabel: async (now: number) => folder.reserveLabel(now, await projectCommit(workspace.projectFolder)),
    async save(draft: ModelDraft) {
      const { path, report } = await folder.save(draft);
      // After the model: it is whole without them, and a reader looks for a model first.
      if (draft.rows) await writeTable(path.replace(/\.holdfast$/, '.reference.parquet'), draft.rows);
      return { file: path, report };
    },
    async load(reference: string) {
      const model = await folder.read(reference, catalogue);
      return {
        ...model,
        reference: model.reference as Reference,
        knowsTrainingKey: openHashFilter(model.manifest.hashFilter),
      };
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
