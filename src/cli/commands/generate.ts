/** `holdfast generate OUT`: synthetic customers from a stated causal model. */
import { exitCode } from '../../base/errors.ts';
import { defineCommand, requiredArg, textOption } from '../command.ts';
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
    const made = await generateFile({
      out: requiredArg(call, 0),
      kind: textOption(call, 'kind') ?? 'subscription',
      rows: numberOption(call, 'rows', { min: 1, max: 1_000_000, whole: true }) ?? 5000,
      seed: numberOption(call, 'seed', { min: 0, max: 4294967295, whole: true }) ?? 42,
      churnRate: numberOption(call, 'churnRate', { min: 0.01, max: 0.9, whole: false }) ?? 0.24,
    });
    const lines = [
      `${made.out}: ${made.rows} customers, ${(100 * made.churnRate).toFixed(1)}% churned, target ${made.target}`,
      `${made.truthFile}: the true risk of each, for checking`,
    ];
    call.output.result(lines.join('\n'), made);
    return exitCode.done;
  },
});
