/** `holdfast train FILE`: from the project file to a judged, saved model. */

import { defaultProjectFile } from '../../base/default-project-file.ts';
import { exitCode } from '../../base/errors.ts';
import { defineCommand, textOption } from '../command.ts';
import { numberOption } from '../parse.ts';
import { withApp } from '../with-app.ts';

export const train = defineCommand({
  id: 'train',
  group: 'Make a model',
  summary: 'train, choose, judge and save a model',
  args: [{ name: '[file]', about: 'the project file (holdfast.yaml)' }],
  options: [
    { flags: '--source <data>', about: 'another file of customers or events than the project file says' },
    { flags: '--seed <n>', about: 'another seed than the file says' },
  ],
  examples: [
    'holdfast train',
    'holdfast train telco/holdfast.yaml --seed 7 --json',
    'holdfast train config/telco-mlp.yaml --source telco.parquet',
  ],
  async run(call) {
    const seed = numberOption(call, 'seed', { min: 0, max: 4294967295, whole: true });
    const file = call.args[0] ?? defaultProjectFile;
    const source = textOption(call, 'source');
    const { readProject, trainSpecOf } = await import('../../project-file.ts');
    const { catalogue } = await import('../../catalogue.ts');
    const spec = trainSpecOf(await readProject(file, catalogue), file, seed, source);
    const { trainModel } = await import('../../tasks/train.ts');
    const { trainText } = await import('../texts/train.ts');
    const summary = await withApp(call, async (app) => {
      // A workspace that can't be written is found before the work rather than after it.
      await app.models.probe();
      return trainModel(spec, app);
    });
    call.output.result(trainText(summary), summary);
    return summary.gate.passed ? exitCode.done : exitCode.answerIsNo;
  },
});
