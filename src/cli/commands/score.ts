/** `holdfast score MODEL IN OUT`: a churn probability for every customer of a file. */
import { exitCode, ParamError } from '../../base/errors.ts';
import { defineCommand, requiredArg } from '../command.ts';
import { choiceOption, dayOption, numberOption } from '../parse.ts';
import { withApp } from '../with-app.ts';

export const score = defineCommand({
  id: 'score',
  group: 'Use a model',
  summary: 'give every customer of a file a churn probability',
  args: [
    { name: '<model>', about: 'champion, NAME@3, latest, a label or a .holdfast file' },
    { name: '<in>', about: 'the customers: CSV, JSON, Excel or Parquet' },
    { name: '<out>', about: 'the scored list, CSV or Parquet by its name' },
  ],
  options: [
    { flags: '--reasons <n>', about: 'add the n loudest reasons of each score' },
    {
      flags: '--cutoff <day>',
      about: 'for a model of event logs: the day before which events count (end of the log)',
    },
    {
      flags: '--for-spreadsheet',
      about: "a CSV for Excel or LibreOffice: a text that would run as a formula gets a leading '",
    },
    { flags: '--log', about: 'write every score into the prediction log, as the API does' },
    { flags: '--fail-on <what>', about: 'rejected: exit 3 when rows break the contract' },
  ],
  examples: [
    'holdfast score latest new.csv scored.csv',
    'holdfast score telco@latest new.parquet scored.parquet --reasons 3',
    'holdfast score champion new.csv scored.csv --log',
  ],
  async run(call) {
    const reasons = numberOption(call, 'reasons', { min: 0, max: 50, whole: true }) ?? 0;
    const cutoff = dayOption(call, 'cutoff');
    const failOn = choiceOption(call, 'failOn', ['rejected']);
    const forPeople = call.options.forSpreadsheet === true;
    if (forPeople && !/\.csv$/i.test(requiredArg(call, 2)))
      throw new ParamError(
        'usage.argument',
        'score: --for-spreadsheet is for a list that ends in .csv; leave it out, or give the list that name',
        { option: 'for-spreadsheet' },
      );
    const { scoreFile } = await import('../../tasks/score.ts');
    const { scoreText } = await import('../texts/score.ts');
    const [reference, input, output] = [requiredArg(call, 0), requiredArg(call, 1), requiredArg(call, 2)];
    const done = await withApp(call, async (app) => {
      const model = await app.models.load(reference);
      const request = { model, input, output, reasons, cutoff, forPeople };
      if (call.options.log !== true) return { ...(await scoreFile(request, app)), requestId: null };
      const { openBatchLog } = await import('../open-batch-log.ts');
      await using log = await openBatchLog(app, model);
      return { ...(await scoreFile({ ...request, log }, app)), requestId: log.requestId };
    });
    call.output.result(scoreText(done), done);
    return done.rejected > 0 && failOn === 'rejected' ? exitCode.answerIsNo : exitCode.done;
  },
});
