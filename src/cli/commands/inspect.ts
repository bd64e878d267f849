/**
 * `holdfast inspect DATA --target COLUMN`: what each column is, and what is wrong with the table. Beside a project file target,
 * churned value and id are taken from it where they are not said.
 */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { defaultProjectFile } from '../../base/default-project-file.ts';
import { exitCode, ParamError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import type { InspectRequest } from '../../tasks/inspect.ts';
import { type CommandCall, defineCommand, requiredArg, textOption } from '../command.ts';
import { scalarOf } from '../parse.ts';
import { withApp } from '../with-app.ts';

export const inspect = defineCommand({
  id: 'inspect',
  group: 'Make a model',
  summary: 'look a customer table over for leaks and faults',
  args: [{ name: '<data>', about: 'the customer table, CSV or Parquet' }],
  options: [
    { flags: '--target <column>', about: 'the column that says who left; by default that of holdfast.yaml' },
    { flags: '--churned <value>', about: 'its value for those who left; guessed when it is plain' },
    { flags: '--id <column>', about: 'the column that names a customer; guessed when it is plain' },
  ],
  examples: [
    'holdfast inspect customers.csv --target Churn',
    'holdfast inspect new-customers.csv',
    'holdfast inspect bank.csv --target Exited --churned 1 --json',
  ],
  async run(call) {
    const asked = await askedFor(call);
    const path = requiredArg(call, 0);
    const { inspectData } = await import('../../tasks/inspect.ts');
    const { inspectText } = await import('../texts/inspect.ts');
    call.output.progress.step(`Reading ${printable(basename(path))}`);
    const report = await withApp(call, (app) => inspectData({ path, ...asked }, app));
    call.output.result(inspectText(report), report);
    return exitCode.done;
  },
});

/** What the words of the call say of the table, else the project file beside. */
async function askedFor(call: CommandCall): Promise<Omit<InspectRequest, 'path'>> {
  const target = textOption(call, 'target');
  const churned = textOption(call, 'churned');
  const id = textOption(call, 'id');
  const said = {
    ...(churned === undefined ? {} : { churned: scalarOf(churned) }),
    ...(id === undefined ? {} : { id }),
  };
  if (target !== undefined) return { target, ...said };
  const { readProject } = await import('../../project-file.ts');
  if (!existsSync(defaultProjectFile))
    throw new ParamError(
      'usage.argument',
      `inspect: --target is missing, and there is no ${defaultProjectFile} here that names it; name the column that says who left, as --target Churn`,
      { option: 'target' },
    );
  const { data } = await readProject(defaultProjectFile);
  const own = data.id === undefined ? {} : { id: data.id };
  return { target: data.target.column, churned: data.target.churned, ...own, ...said };
}
