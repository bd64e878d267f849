/** `holdfast score MODEL IN OUT`: a churn probability for every customer of a file. */
import { exitCode } from '../../base/errors.ts';
import { countOf } from '../../base/text.ts';
import { defineCommand, requiredArg } from '../command.ts';
import { choiceOption, numberOption } from '../parse.ts';
import { withApp } from '../with-app.ts';

export const score = defineCommand({
  id: 'score',
  group: 'Use a model',
  summary: 'give every customer of a file a churn probability',
  args: [
    { name: '<model>', about: 'latest, NAME@latest, a label or a .holdfast file' },
    { name: '<in>', about: 'the customers, CSV or Parquet' },
    { name: '<out>', about: 'the scored list, CSV or Parquet by its name' },
  ],
  options: [
    { flags: '--reasons <n>', about: 'add the n loudest reasons of each score' },
    { flags: '--fail-on <what>', about: 'rejected: exit 3 when rows break the contract' },
  ],
  examples: [
    'holdfast score latest new.csv scored.csv',
    'holdfast score telco@latest new.parquet scored.parquet --reasons 3',
  ],
  async run(call) {
    const reasons = numberOption(call, 'reasons', { min: 0, max: 50, whole: true }) ?? 0;
    const failOn = choiceOption(call, 'failOn', ['rejected']);
    const { scoreFile } = await import('../../tasks/score.ts');
    const done = await withApp(call, async (app) => {
      const model = await app.models.load(requiredArg(call, 0));
      return scoreFile({ model, input: requiredArg(call, 1), output: requiredArg(call, 2), reasons }, app);
    });
    const lines = [
      `${done.output}: ${countOf(done.scored, 'customer')} of ${done.rows} scored with ${done.model.name} ${done.model.label}, ${done.called} called churn`,
      ...(done.rejected > 0
        ? [`${done.rejectedFile}: ${countOf(done.rejected, 'row')} rejected, with the reason of each`]
        : []),
      ...done.remarks.map((remark) => `  ${remark}`),
    ];
    call.output.result(lines.join('\n'), done);
    return done.rejected > 0 && failOn === 'rejected' ? exitCode.answerIsNo : exitCode.done;
  },
});
