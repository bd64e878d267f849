/** What `holdfast erase --older-than` does. */
import { exitCode, ParamError } from '../base/errors.ts';
import { countOf, printable } from '../base/text.ts';
import { expireOlder } from '../serving/expiry/expire-older.ts';
import { dayMs } from '../serving/expiry/periods.ts';
import { withPredictions } from '../serving/log/tables.ts';
import { purgeRemains } from '../store/erase/purge-remains.ts';
import { cliActor } from './actor.ts';
import type { CommandCall } from './command.ts';
import { withApp } from './with-app.ts';

export function eraseOlder(call: CommandCall, olderThan: string): Promise<number> {
  const days = daysOf(olderThan);
  return withApp(call, async (app) => {
    const database = await app.databaseIfThere();
    const now = app.clock.now();
    const older = database
      ? await withPredictions(database.db)
          .selectFrom('prediction')
          .select((one) => one.fn.countAll<number>().as('rows'))
          .where('at', '<', now - days * dayMs)
          .where((one) => one.or([one('customer_id', 'is not', null), one('features_hash', 'is not', null)]))
          .executeTakeFirstOrThrow()
      : { rows: 0 };
    if (call.options.yes !== true || database === null) {
      const said = `${countOf(older.rows, 'prediction')} older than ${countOf(days, 'day')} with an id or values.`;
      const hint =
        older.rows > 0 ? '\nNothing was changed. Give --yes to remove ids and values; scores stay.' : '';
      call.output.result(`${said}${hint}`, { days, rows: older.rows, erased: false });
      return older.rows > 0 ? exitCode.answerIsNo : exitCode.done;
    }
    const expired = await expireOlder(
      database,
      { valuesDays: days, idsDays: days },
      { actor: cliActor(), now },
    );
    const place = { root: app.workspace.root, url: process.env.HOLDFAST_DATABASE_URL };
    const remains = await purgeRemains(place, ['prediction', 'prediction_values', 'outcome'], []);
    call.output.result(
      `Values of ${countOf(expired.values, 'prediction')} and ids of ${expired.ids} removed: all older than ${countOf(days, 'day')}. Scores stay.`,
      { days, erased: true, ...expired, remains },
    );
    return remains.isLogEmpty ? exitCode.done : exitCode.answerIsNo;
  });
}

function daysOf(text: string): number {
  const days = Number(/^(\d{1,5})d$/.exec(text)?.[1]);
  if (days >= 1) return days;
  throw new ParamError(
    'usage.argument',
    `erase: --older-than must be days such as 90d, from 1d to 99999d, got ${printable(text)}`,
    { option: 'older-than' },
  );
}
