/** A process that puts the same contents as its neighbour: `put-artifacts.ts FOLDER COUNT`. */
import { openFolderArtifacts } from '../folder-artifacts.ts';

const [folder, count] = process.argv.slice(2);
const store = openFolderArtifacts(folder!);
for (let i = 0; i < Number(count); i++) {
  const { sha256 } = await store.put(new Uint8Array(50_000).fill(i));
  process.stdout.write(`${sha256}\n`);
}
