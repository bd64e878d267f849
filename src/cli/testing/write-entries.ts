/**
 * A process that writes into a workspace's database and tells each row once it is safe, for drills:
 * `write-entries.ts FOLDER NAME`, HOLDFAST_DATABASE_URL for a server. Each line of its output is a number.
 */
import { openWholeDatabase } from '../../database.ts';
import { appendHistory } from '../../store/history.ts';
import { addToOutbox } from '../../store/outbox.ts';

const [folder, name] = process.argv.slice(2) as [string, string];
const database = await openWholeDatabase(folder, process.env);
for (let i = 1; ; i++) {
  await database.transaction(async (db) => {
    await addToOutbox(db, { topic: 'drill', idempotencyKey: `${name}:${i}`, payload: { i } }, i);
    await appendHistory(db, {
      at: i,
      actor: name,
      event: 'row.written',
      subject: `drill:${name}`,
      details: { i },
    });
  });
  process.stdout.write(`${i}\n`);
  // SQLite answers at once: let the line out.
  await new Promise((resolve) => setImmediate(resolve));
}
