/** Holds a table against the contract of a project file or of a model. */
import { z } from 'zod';
import { defaultProjectFile } from '../../../base/default-project-file.ts';
import { modelArg, pathArg } from '../job-args.ts';
import { defineJobKind } from '../job-kind.ts';

export const validate = defineJobKind({
  id: 'validate',
  about: 'Hold a table against the contract.',
  args: z.strictObject({
    data: pathArg('the table: CSV, JSON, Excel or Parquet'),
    model: modelArg().optional().describe('whose contract; without it that of the project file'),
    project: pathArg('the project file with the contract').default(defaultProjectFile),
  }),
  example: { data: 'customers.csv', model: 'champion' },
  paths: ({ data, model, project }) => ({
    reads: [data, model === undefined ? project : undefined],
    models: [model],
  }),
  async run({ data, model, project }, app) {
    const { validateTable } = await import('../../../tasks/validate.ts');
    if (model !== undefined) {
      const { manifest, reference } = await app.models.load(model);
      return validateTable(data, manifest.contract, reference.columns);
    }
    const { readProject } = await import('../../../project-file.ts');
    return validateTable(data, (await readProject(project)).data);
  },
});
