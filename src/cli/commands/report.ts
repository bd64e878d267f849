/** `holdfast report MODEL`: the report as Markdown, HTML or JSON, or everything with its charts in a folder. */
import { extname, join } from 'node:path';
import { exitCode, ParamError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import type { StoredModel } from '../../tasks/ports.ts';
import type { ReportFormat } from '../../tasks/report.ts';
import { type CommandCall, defineCommand, requiredArg, textOption } from '../command.ts';
import { withApp } from '../with-app.ts';

export const report = defineCommand({
  id: 'report',
  group: 'Make a model',
  summary: 'write the report of a model, its charts and its figures',
  args: [{ name: '<model>', about: 'champion, NAME@3, latest, a label or a .holdfast file' }],
  options: [
    {
      flags: '--out <path>',
      about: 'a file that ends in .html, .md or .json, or a folder for all of them with every chart',
    },
    { flags: '--format <format>', about: 'html, markdown or json; without --out it is printed (markdown)' },
  ],
  examples: [
    'holdfast report latest --out report',
    'holdfast report latest --out churn.md',
    'holdfast report telco@latest --format json',
  ],
  async run(call) {
    const path = textOption(call, 'out');
    const format = formatOf(call, path);
    const { makeFolder } = await import('../../store/whole-file.ts');
    const isFolder = path !== undefined && formatOfFile(path) === undefined;
    const model = await withApp(call, async (app) => {
      const stored = await app.models.load(requiredArg(call, 0));
      // What can't be written is found before the work rather than after it.
      if (isFolder) await makeFolder(path, 'output.unwritable');
      else if (path !== undefined) {
        const { checkOutput } = await import('../../tasks/check-output.ts');
        await checkOutput(path, { inputs: [] });
      }
      return stored;
    });
    if (path === undefined) return printReport(call, model, format ?? 'markdown');
    if (!isFolder) return writeOne(call, model, format!, path);
    return writeFolder(call, model, path, format);
  },
});

const formats: Readonly<Record<string, ReportFormat>> = {
  '.html': 'html',
  '.htm': 'html',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.json': 'json',
};
const fileNames: Readonly<Record<ReportFormat, string>> = {
  html: 'report.html',
  markdown: 'report.md',
  json: 'report.json',
};

const formatOfFile = (path: string): ReportFormat | undefined => formats[extname(path).toLowerCase()];

/** What is asked for; undefined for everything. The name of a file may not say something else. */
function formatOf(call: CommandCall, path: string | undefined): ReportFormat | undefined {
  const asked = textOption(call, 'format');
  const ofFile = path === undefined ? undefined : formatOfFile(path);
  if (asked === undefined) return ofFile;
  const known = Object.keys(fileNames) as ReportFormat[];
  const format = known.find((one) => one === asked);
  if (!format) {
    throw new ParamError(
      'usage.argument',
      `report: --format must be ${known.join(', ')}, got ${printable(asked)}`,
      { option: 'format' },
    );
  }
  if (ofFile !== undefined && ofFile !== format) {
    throw new ParamError(
      'usage.argument',
      `report: --format ${format} and the name of the file, ${extname(path!)}, do not fit; leave out one of them`,
      { option: 'format' },
    );
  }
  return format;
}

async function printReport(call: CommandCall, model: StoredModel, format: ReportFormat): Promise<number> {
  const { reportIn } = await import('../../tasks/report.ts');
  const text = reportIn(format, model);
  const value = format === 'json' ? JSON.parse(text) : { model: model.manifest.model, format, text };
  call.output.result(text.trimEnd(), value);
  return exitCode.done;
}

async function writeOne(
  call: CommandCall,
  model: StoredModel,
  format: ReportFormat,
  path: string,
): Promise<number> {
  const { reportIn } = await import('../../tasks/report.ts');
  const { writeWholeFile } = await import('../../store/whole-file.ts');
  await writeWholeFile(path, reportIn(format, model));
  const { reportFileText } = await import('../texts/report.ts');
  const { id, label, name } = model.manifest.model;
  call.output.result(reportFileText({ name, label }, path), {
    model: { id, label, name },
    file: path,
    format,
  });
  return exitCode.done;
}

/** All files, or with a format the one. */
async function writeFolder(
  call: CommandCall,
  stored: StoredModel,
  folder: string,
  format: ReportFormat | undefined,
): Promise<number> {
  if (format !== undefined) return writeOne(call, stored, format, join(folder, fileNames[format]));
  call.output.progress.step('Drawing');
  const { reportFiles } = await import('../../tasks/report.ts');
  const { writeWholeFile } = await import('../../store/whole-file.ts');
  const { model, files, remarks } = await reportFiles(stored);
  for (const [name, text] of files) await writeWholeFile(join(folder, name), text);
  const names = [...files.keys()];
  const { reportText } = await import('../texts/report.ts');
  call.output.result(reportText(model, folder, names, remarks), { model, folder, files: names, remarks });
  return exitCode.done;
}
