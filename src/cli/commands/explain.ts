/** `holdfast explain MODEL ROW`: why one customer has this score, and what would have to be different. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { exitCode, NotFoundError, ParamError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import type { LoadedModel } from '../../tasks/ports.ts';
import { type CommandCall, defineCommand, requiredArg, textOption } from '../command.ts';
import { dayOption, numberOption } from '../parse.ts';
import { withApp } from '../with-app.ts';

export const explain = defineCommand({
  id: 'explain',
  group: 'Use a model',
  summary: 'tell why one customer has this score',
  args: [
    { name: '<model>', about: 'champion, NAME@3, latest, a label or a .holdfast file' },
    {
      name: '<customer>',
      about: 'the id; with --row, or without an id column, the number of the row from 1',
    },
  ],
  options: [
    { flags: '--data <file>', about: 'the table that holds the customer (the one the model was trained on)' },
    {
      flags: '--cutoff <day>',
      about:
        'for a model of event logs: the day before which events count (the model’s own; with --data the end of the log)',
    },
    { flags: '--row', about: 'the customer is named by the number of the row' },
    { flags: '--reasons <n>', about: 'reasons in words (3)' },
    { flags: '--target <p>', about: 'the score to get below (the threshold)' },
    { flags: '--lime', about: 'also a straight-line summary, with how far it can be trusted' },
    { flags: '--out <file>', about: 'draw it: .svg for the picture, .html for a page with reasons' },
  ],
  examples: [
    'holdfast explain latest 7590-VHVEG',
    'holdfast explain latest 7590-VHVEG --out customer.html',
    'holdfast explain latest 12 --row --data new.csv --out customer.svg',
    'holdfast explain retail@latest 17850 --cutoff 2010-10-11',
  ],
  async run(call) {
    const reasons = numberOption(call, 'reasons', { min: 0, max: 50, whole: true }) ?? 3;
    const target = numberOption(call, 'target', { min: 0, max: 1, whole: false });
    const day = dayOption(call, 'cutoff');
    const out = textOption(call, 'out');
    if (out !== undefined && !/\.(?:svg|html)$/i.test(out)) {
      throw new ParamError(
        'usage.argument',
        `explain: --out must end in .svg or .html, got ${printable(out)}`,
        {
          option: 'out',
        },
      );
    }
    const { explainCustomer } = await import('../../tasks/explain.ts');
    const { explainText } = await import('../texts/explain.ts');
    const { checkOutput } = await import('../../tasks/check-output.ts');
    const [explained, contract] = await withApp(call, async (app) => {
      const model = await app.models.load(requiredArg(call, 0));
      const given = textOption(call, 'data');
      const { path: data, folder } = given === undefined ? await ownSource(model) : { path: given };
      // As `score` takes a log that it is given.
      const isLog = model.manifest.contract.events !== undefined;
      const cutoff = day ?? (given !== undefined && isLog ? 'latest' : undefined);
      if (out !== undefined) await checkOutput(out, { inputs: [data] });
      const customer = customerOf(call, model.manifest.contract.id !== undefined);
      const lime = call.options.lime === true;
      const request = { model, data, folder, cutoff, customer, reasons, lime, target };
      return [await explainCustomer(request, app), model.manifest.contract] as const;
    });
    if (out !== undefined) {
      const { explanationFile } = await import('../../tasks/draw-explanation.ts');
      const { writeWholeFile } = await import('../../store/whole-file.ts');
      await writeWholeFile(out, await explanationFile(out, explained, contract));
    }
    call.output.result(explainText(explained, contract, out), explained);
    return exitCode.done;
  },
});

function customerOf(call: CommandCall, hasIds: boolean): { id: string } | { row: number } {
  const word = requiredArg(call, 1);
  if (hasIds && call.options.row !== true) return { id: word };
  const row = word.trim() === '' ? Number.NaN : Number(word);
  if (!Number.isInteger(row) || row < 1) {
    throw new ParamError(
      'usage.argument',
      `explain: a row is a whole number from 1, got ${printable(word)}${hasIds ? '; leave out --row to name the customer by id' : ''}`,
      { argument: 'customer' },
    );
  }
  return { row };
}

/** The table or log that the model was trained on, where the project file still has it. */
async function ownSource({ manifest }: LoadedModel): Promise<{ path: string; folder?: string }> {
  const { openWorkspace } = await import('../../store/workspace.ts');
  const { projectFolder } = openWorkspace({ cwd: process.cwd(), env: process.env });
  const path = resolve(projectFolder, manifest.data.source);
  if (existsSync(path)) return { path, folder: projectFolder };
  throw new NotFoundError(
    'data.not-found',
    `explain: ${printable(manifest.data.source)}, which the model was trained on, is not here; name a table with --data`,
    { path: manifest.data.source },
  );
}
