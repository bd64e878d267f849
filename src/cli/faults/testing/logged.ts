/** Holds the prediction log against what was answered. */
import assert from 'node:assert/strict';
import { withPredictions } from '../../../serving/log/tables.ts';
import type { Database } from '../../../store/database/database.ts';
import { verifyHistory } from '../../../store/history.ts';

/** Every answered request is in the log, no request is in it twice, and the history chain holds. */
export async function assertLogged(database: Database, answered: readonly string[]): Promise<void> {
  const rows = await withPredictions(database.db).selectFrom('prediction').select('request_id').execute();
  const logged = new Set(rows.map(({ request_id }) => request_id));
  assert.equal(rows.length - logged.size, 0, 'requests that are in the log twice');
  assert.deepEqual(
    answered.filter((id) => !logged.has(id)),
    [],
    'requests that were answered and are not in the log',
  );
  assert.equal((await verifyHistory(database)).brokenAt, null);
}
