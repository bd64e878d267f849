/** From a project file to a judged, saved and registered model. */
import { z } from 'zod';
import { defaultProjectFile } from '../../../base/default-project-file.ts';
import { pathArg, seedArg } from '../job-args.ts';
import { defineJobKind } from '../job-kind.ts';

export const train = defineJobKind({
  id: 'train',
  about: 'Train, choose, judge, save and register a model.',
  args: z.strictObject({
    project: pathArg('the project file').default(defaultProjectFile),
    source: pathArg('another file of customers or events than the project file says').optional(),
    seed: seedArg().optional().describe('another seed than the project file says'),
  }),
  example: { project: 'holdfast.yaml' },
  paths: ({ project, source }) => ({ reads: [project, source] }),
  async run({ project, source, seed }, app) {
    const { readProject, trainSpecOf } = await import('../../../project-file.ts');
    const { trainModel } = await import('../../../tasks/train.ts');
    const spec = trainSpecOf(await readProject(project, app.catalogue), project, seed, source);
    // A workspace that can't be written is found before the work rather than after it.
    await app.models.probe();
    return trainModel(spec, app);
  },
});
