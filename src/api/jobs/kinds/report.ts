/** The report of a model: its page, card, figures and charts, into a folder. */
import { join } from 'node:path';
import { z } from 'zod';
import { modelArg, overwriteArg, pathArg } from '../job-args.ts';
import { defineJobKind } from '../job-kind.ts';

export const report = defineJobKind({
  id: 'report',
  about: 'Write the report of a model, its charts and its figures into a folder.',
  args: z.strictObject({
    model: modelArg(),
    out: pathArg('the folder, which is made where it is missing'),
    overwrite: overwriteArg(),
  }),
  example: { model: 'champion', out: 'report' },
  paths: ({ model, out, overwrite }) => ({ models: [model], writes: [out], overwrite }),
  async run({ model, out }, app) {
    const { checkOutput } = await import('../../../tasks/check-output.ts');
    const { reportFiles } = await import('../../../tasks/report.ts');
    const { makeFolder, writeWholeFile } = await import('../../../store/whole-file.ts');
    const stored = await app.models.load(model);
    await makeFolder(out, 'output.unwritable');
    await checkOutput(join(out, 'report.html'), {});
    app.progress.step('Drawing');
    const { model: of, files, remarks } = await reportFiles(stored);
    for (const [name, text] of files) await writeWholeFile(join(out, name), text);
    return { model: of, folder: out, files: [...files.keys()], remarks };
  },
});
