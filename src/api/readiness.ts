/** Whether customers can be answered: a model is there, the database answers, and the log can be written. */
import type { LiveModel } from '../serving/live-model.ts';
import { probeWrite } from '../store/database/probe-write.ts';
import { within } from '../store/database/within.ts';
import { liveModelOf } from './answer.ts';
import type { ApiContext } from './route.ts';

/** Load balancers ask every few seconds and take silence for a no. */
const answerWithinMs = 2000;

/** The model that answers; throws why nobody can be answered. */
export async function checkReady(context: ApiContext): Promise<LiveModel> {
  const { database, predictions, clock } = context;
  const model = liveModelOf(context);
  // After a failed write only a write can tell that it would succeed again.
  const pinged = database.ping();
  const asked = predictions.failure === null ? pinged : pinged.then(() => probeWrite(database, clock.now()));
  await within(answerWithinMs, database.place, asked);
  return model;
}
