/** A process that saves models into a folder, for the test of two at once: `save-models.ts FOLDER COUNT`. */
import { randomUUID } from 'node:crypto';
import { openModelFolder } from '../model-folder.ts';
import { exampleParts } from './example-model.ts';

const [path, count] = process.argv.slice(2);
const folder = openModelFolder(path!, process.cwd());
for (let i = 0; i < Number(count); i++) {
  const label = await folder.reserveLabel(Date.UTC(2026, 2, 1), null);
  await folder.save(exampleParts({ id: randomUUID(), label }));
}
