/**
 * A process that registers models until it is killed: `register-models.ts FOLDER [die]`. With `die` it kills
 * itself between keeping the first file and registering it. Prints each version when it is registered.
 */
import { join } from 'node:path';
import { openFolderArtifacts } from '../../store/artifacts/folder-artifacts.ts';
import { storeMigrations } from '../../store/database/migrations/all.ts';
import { openDatabase } from '../../store/database/open-database.ts';
import { registryMigrations } from '../migrations/all.ts';
import { registerExample } from './registered.ts';

const [folder, die] = process.argv.slice(2);
const database = await openDatabase({ root: folder! }, [...storeMigrations, ...registryMigrations]);
const kept = openFolderArtifacts(join(folder!, 'artifacts'));
const artifacts = {
  ...kept,
  async put(content: Uint8Array) {
    const made = await kept.put(content);
    if (die === 'die') process.kill(process.pid, 'SIGKILL');
    return made;
  },
};
for (let i = 0; i < 1000; i++) {
  const { version } = await registerExample(database, artifacts);
  process.stdout.write(`${version}\n`);
}
