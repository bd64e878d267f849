/** What happened to deployments: canaries, shadows, limits, and champions that came and went. Oldest first. */
import { champion } from '../../registry/names.ts';
import type { Database } from '../../store/database/database.ts';
import { type RecordedEntry, readHistory } from '../../store/history.ts';
import { deploymentSubject } from './deployment.ts';

/** Of one name, or of all. */
export async function deploymentHistory(
  database: Pick<Database, 'db'>,
  name?: string,
): Promise<readonly RecordedEntry[]> {
  const beside = await readHistory(database, {
    subject: name === undefined ? 'deployment' : deploymentSubject(name),
  });
  const models = await readHistory(database, { subject: name === undefined ? 'model' : `model:${name}` });
  return [...beside, ...models.filter(movesChampion)].sort((a, b) => a.position - b.position);
}

/** A promotion also sets the alias: that it was promoted says more. */
function movesChampion(entry: RecordedEntry, i: number, all: readonly RecordedEntry[]): boolean {
  const { event, subject, position, details } = entry;
  if (event === 'model.promoted' || event === 'model.rolled-back') return true;
  if (details.alias !== champion || event === 'alias.rolled-back') return false;
  const before = all[i - 1];
  const isToldAlready =
    before?.event === 'model.promoted' && before.subject === subject && before.position === position - 1;
  return event === 'alias.removed' || (event === 'alias.set' && !isToldAlready);
}
