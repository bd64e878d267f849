/** `holdfast outcomes FILE`: who left and who stayed, beside the predictions of them. */
import { exitCode } from '../../base/errors.ts';
import { defineCommand, requiredArg, textOption } from '../command.ts';
import { scalarOf } from '../parse.ts';
import { withApp } from '../with-app.ts';

export const outcomes = defineCommand({
  id: 'outcomes',
  group: 'Use a model',
  summary: 'write down who left and who stayed',
  args: [{ name: '<file>', about: 'a row an outcome: CSV, JSON, Excel or Parquet' }],
  options: [
    { flags: '--id <column>', about: 'the column that names the customer (customerId)' },
    { flags: '--target <column>', about: 'the column that says who left (churned)' },
    { flags: '--churned <value>', about: 'its value for those who left (true, yes or 1)' },
    { flags: '--happened <column>', about: 'the column that says when (happenedAt, if there is one)' },
    { flags: '--known <column>', about: 'the column that says since when that is known (knownAt)' },
    { flags: '--as-of <time>', about: 'when it was so, for rows that do not say (now)' },
  ],
  examples: [
    'holdfast outcomes left.csv',
    'holdfast outcomes all.parquet --id customerID --target Churn --churned Yes',
  ],
  async run(call) {
    const { momentOption } = await import('../parse-moment.ts');
    const asOf = momentOption(call, 'asOf');
    const churned = textOption(call, 'churned');
    const named = { customerId: 'id', churned: 'target', happenedAt: 'happened', knownAt: 'known' } as const;
    const names = Object.fromEntries(
      Object.entries(named).flatMap(([field, option]) => {
        const name = textOption(call, option);
        return name === undefined ? [] : [[field, name]];
      }),
    );
    const { earlierModels } = await import('../../serving/earlier-models.ts');
    const { rememberHorizons } = await import('../../serving/outcomes/horizons.ts');
    const { readOutcomeFile } = await import('../../serving/outcomes/outcomes-file.ts');
    const { recordFile } = await import('../../serving/outcomes/record-file.ts');
    const { outcomesText } = await import('../texts/outcomes.ts');
    const path = requiredArg(call, 0);
    const done = await withApp(call, async (app) => {
      const { catalogue, clock, signal } = app;
      const now = clock.now();
      // Before the database: a file that can't be used makes none.
      const read = await readOutcomeFile(
        { path, names, asOf, churned: churned === undefined ? undefined : scalarOf(churned) },
        now,
      );
      const database = await app.database();
      const served = { live: () => null, follower: null };
      const models = earlierModels({ database, artifacts: app.artifacts(), catalogue, served });
      return recordFile(database, path, read, { now, horizons: rememberHorizons(models) }, signal);
    });
    call.output.result(outcomesText(done), done);
    return exitCode.done;
  },
});
