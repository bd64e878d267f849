/** `holdfast compare FIRST SECOND`: is one model better than another? */
import { exitCode } from '../../base/errors.ts';
import { defineCommand, requiredArg, textOption } from '../command.ts';
import { dayOption } from '../parse.ts';
import { withApp } from '../with-app.ts';

export const compare = defineCommand({
  id: 'compare',
  group: 'Make a model',
  summary: 'compare two models, on the same customers where given',
  args: [
    { name: '<first>', about: 'champion, NAME@3, latest, a label or a .holdfast file' },
    { name: '<second>', about: 'the same; differences are the second less the first' },
  ],
  options: [
    { flags: '--data <file>', about: 'customers with their outcome; those learned from are left out' },
    { flags: '--cutoff <day>', about: 'for models of event logs: compare at another cutoff' },
  ],
  examples: ['holdfast compare champion latest', 'holdfast compare telco@2 telco@3 --data customers.csv'],
  async run(call) {
    const { compareManifests, compareModels } = await import('../../tasks/compare.ts');
    const { compareText } = await import('../texts/compare.ts');
    const data = textOption(call, 'data');
    const cutoff = dayOption(call, 'cutoff');
    const result = await withApp(call, async (app) => {
      const first = await app.models.load(requiredArg(call, 0));
      const second = await app.models.load(requiredArg(call, 1));
      return data === undefined
        ? compareManifests(first, second)
        : compareModels(first, second, data, app, cutoff);
    });
    call.output.result(compareText(result), result);
    return exitCode.done;
  },
});
