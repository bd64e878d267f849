/** `holdfast report MODEL --out DIR`: the report, its charts and its figures as files. */
import { join } from 'node:path';
import { exitCode, ParamError } from '../../base/errors.ts';
import { defineCommand, requiredArg, textOption } from '../command.ts';
import { withApp } from '../with-app.ts';

export const report = defineCommand({
  id: 'report',
  group: 'Make a model',
  summary: 'write the report of a model, its charts and its figures',
  args: [{ name: '<model>', about: 'latest, NAME@latest, a label or a .holdfast file' }],
  options: [{ flags: '--out <folder>', about: 'where to; files of the same name are replaced' }],
  examples: ['holdfast report latest --out report', 'holdfast report telco@latest --out report --json'],
  async run(call) {
    const folder = textOption(call, 'out');
    if (folder === undefined) {
      throw new ParamError('usage.argument', 'report: --out is missing; name a folder for the files', {
        option: 'out',
      });
    }
    const { reportFiles } = await import('../../tasks/report.ts');
    const { makeFolder, writeWholeFile } = await import('../../store/whole-file.ts');
    const { model, files, remarks } = await withApp(call, async (app) => {
      const stored = await app.models.load(requiredArg(call, 0));
      // A folder that can't be written is found before the work rather than after it.
      await makeFolder(folder, 'output.unwritable');
      call.output.progress.step('Drawing');
      return reportFiles(stored);
    });
    for (const [name, text] of files) await writeWholeFile(join(folder, name), text);
    const names = [...files.keys()];
    const { reportText } = await import('../texts/report.ts');
    call.output.result(reportText(model, folder, names, remarks), { model, folder, files: names, remarks });
    return exitCode.done;
  },
});
