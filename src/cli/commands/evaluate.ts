/** `holdfast evaluate MODEL DATA`: judges a model on customers it has not seen. */
import { exitCode } from '../../base/errors.ts';
import { defineCommand, requiredArg } from '../command.ts';
import { dayOption } from '../parse.ts';
import { withApp } from '../with-app.ts';

export const evaluate = defineCommand({
  id: 'evaluate',
  group: 'Make a model',
  summary: 'judge a model on customers it has not seen',
  args: [
    { name: '<model>', about: 'champion, NAME@3, latest, a label or a .holdfast file' },
    { name: '<data>', about: 'customers with their outcome; of its own source only the hold-out is used' },
  ],
  options: [
    {
      flags: '--allow-training-rows',
      about: 'go on although the model was trained on some of them; the result is marked',
    },
    { flags: '--cutoff <day>', about: 'for a model of event logs: judge at another cutoff, YYYY-MM-DD' },
  ],
  examples: ['holdfast evaluate latest customers.csv', 'holdfast evaluate latest next-month.csv --json'],
  async run(call) {
    const { evaluateModel } = await import('../../tasks/evaluate.ts');
    const { evaluateText } = await import('../texts/evaluate.ts');
    return withApp(call, async (app) => {
      const model = await app.models.load(requiredArg(call, 0));
      const cutoff = dayOption(call, 'cutoff');
      const allowTrainingRows = call.options.allowTrainingRows === true;
      const result = await evaluateModel(model, requiredArg(call, 1), allowTrainingRows, app, cutoff);
      call.output.result(evaluateText(result, model.manifest.contract), result);
      return result.gate.passed ? exitCode.done : exitCode.answerIsNo;
    });
  },
});
