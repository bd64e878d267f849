/** `holdfast evaluate MODEL DATA`: judges a model on customers it has not seen. */
import { exitCode } from '../../base/errors.ts';
import { defineCommand, requiredArg } from '../command.ts';
import { formatTable, withInterval } from '../format.ts';
import { withApp } from '../with-app.ts';

export const evaluate = defineCommand({
  id: 'evaluate',
  group: 'Make a model',
  summary: 'judge a model on customers it has not seen',
  args: [
    { name: '<model>', about: 'latest, NAME@latest, a label or a .holdfast file' },
    { name: '<data>', about: 'customers with their outcome; of its own source only the hold-out is used' },
  ],
  options: [
    {
      flags: '--allow-training-rows',
      about: 'go on although the model was trained on some of them; the result is marked',
    },
  ],
  examples: ['holdfast evaluate latest customers.csv', 'holdfast evaluate latest next-month.csv --json'],
  async run(call) {
    const { evaluateModel } = await import('../../tasks/evaluate.ts');
    const result = await withApp(call, async (app) => {
      const model = await app.models.load(requiredArg(call, 0));
      return evaluateModel(model, requiredArg(call, 1), call.options.allowTrainingRows === true, app);
    });
    const { rows, ...metrics } = result.metrics;
    const lines = [
      `${result.model.name} ${result.model.label} on ${rows} customers${result.data.part === 'holdout' ? ' (the hold-out of its own source)' : ''}, with 95% intervals:`,
      formatTable(
        ['metric', 'value'],
        Object.entries(metrics).map(([name, metric]) => [name, withInterval(metric)]),
      ),
      ...(result.segments.length > 0
        ? [
            'Groups:',
            formatTable(
              ['group', 'customers', 'churned', 'ROC-AUC'],
              result.segments.map((segment) => [
                `${segment.column} = ${segment.level}`,
                String(segment.rows),
                `${(100 * segment.churnRate.value).toFixed(1)}%`,
                withInterval(segment.metrics.rocAuc),
              ]),
              [1, 2],
            ),
          ]
        : []),
      ...result.remarks,
      `Gate: ${result.gate.passed ? 'passed' : 'refused'}`,
      ...result.gate.checks.map((check) => `  ${check.passed ? 'yes' : 'NO '}  ${check.reason}`),
    ];
    call.output.result(lines.join('\n'), result);
    return result.gate.passed ? exitCode.done : exitCode.answerIsNo;
  },
});
