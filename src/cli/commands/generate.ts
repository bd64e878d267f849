/** `holdfast generate OUT`: synthetic customers from a stated causal model. */
import { exitCode } from '../../base/errors.ts';
import { countOf } from '../../base/text.ts';
import { defineCommand, requiredArg, textOption } from '../command.ts';
import { percent, programName, shellWord, shownPath } from '../format.ts';
import { numberOption } from '../parse.ts';

export const generate = defineCommand({
  id: 'generate',
  group: 'Make a model',
  summary: 'make synthetic customers to try things on',
  args: [{ name: '<out>', about: 'the file to write, CSV or Parquet by its name' }],
  options: [
    { flags: '--kind <business>', about: 'subscription' },
    { flags: '--rows <n>', about: 'how many customers (5000)' },
    { flags: '--seed <n>', about: 'the same seed makes the same customers (42)' },
    { flags: '--churn-rate <share>', about: 'share expected to leave (0.24)' },
  ],
  examples: [
    'holdfast generate customers.csv',
    'holdfast generate customers.parquet --rows 100000 --churn-rate 0.1',
  ],
  async run(call) {
    const { generateFile } = await import('../../tasks/generate.ts');
    const out = requiredArg(call, 0);
    const rows = numberOption(call, 'rows', { min: 1, max: 1_000_000, whole: true }) ?? 5000;
    const seed = numberOption(call, 'seed', { min: 0, max: 4294967295, whole: true }) ?? 42;
    const churnRate = numberOption(call, 'churnRate', { min: 0.01, max: 0.9, whole: false }) ?? 0.24;
    const kind = textOption(call, 'kind') ?? 'subscription';
    call.output.progress.step(`Making ${countOf(rows, 'customer')}`);
    const made = await generateFile({ out, kind, rows, seed, churnRate });
    const lines = [
      `${shownPath(made.out)}: ${countOf(made.rows, 'customer')}, ${percent(made.churnRate)} churned (${made.target})`,
      `${shownPath(made.truthFile)}: the true risk of each, for checking; a model must not learn from it`,
      `Next: ${programName()} init ${shellWord(shownPath(made.out))} --target ${made.target}`,
    ];
    call.output.result(lines.join('\n'), made);
    return exitCode.done;
  },
});
