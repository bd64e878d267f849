/** `holdfast inspect DATA --target COLUMN`: what each column is, and what is wrong with the table. */
import { basename } from 'node:path';
import { exitCode, ParamError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import { defineCommand, requiredArg, textOption } from '../command.ts';
import { scalarOf } from '../parse.ts';
import { withApp } from '../with-app.ts';

export const inspect = defineCommand({
  id: 'inspect',
  group: 'Make a model',
  summary: 'look a customer table over for leaks and faults',
  args: [{ name: '<data>', about: 'the customer table, CSV or Parquet' }],
  options: [
    { flags: '--target <column>', about: 'the column that says who left (needed)' },
    { flags: '--churned <value>', about: 'its value for those who left; guessed when it is plain' },
    { flags: '--id <column>', about: 'the column that names a customer; guessed when it is plain' },
  ],
  examples: [
    'holdfast inspect customers.csv --target Churn',
    'holdfast inspect bank.csv --target Exited --churned 1 --json',
  ],
  async run(call) {
    const target = textOption(call, 'target');
    if (target === undefined) {
      throw new ParamError(
        'usage.argument',
        'inspect: --target is missing; name the column that says who left, as --target Churn',
        { option: 'target' },
      );
    }
    const churned = textOption(call, 'churned');
    const id = textOption(call, 'id');
    const path = requiredArg(call, 0);
    const { inspectData } = await import('../../tasks/inspect.ts');
    const { inspectText } = await import('../texts/inspect.ts');
    call.output.progress.step(`Reading ${printable(basename(path))}`);
    const request = {
      path,
      target,
      ...(churned === undefined ? {} : { churned: scalarOf(churned) }),
      ...(id === undefined ? {} : { id }),
    };
    const report = await withApp(call, (app) => inspectData(request, app));
    call.output.result(inspectText(report), report);
    return exitCode.done;
  },
});
