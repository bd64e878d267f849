/** Keeps what the benches of this folder said, with machine and moment. */
import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const history = fileURLToPath(new URL('HISTORY.md', import.meta.url));

/** `versions`: of what was measured beside Holdfast. */
export function addToHistory(line: string, versions: readonly string[] = []): void {
  const machine = [
    `${cpus().length} x ${cpus()[0]!.model.trim()}`,
    `Node ${process.versions.node}`,
    ...versions,
  ];
  appendFileSync(history, `- ${new Date().toISOString().slice(0, 16)}Z (${machine.join(', ')}): ${line}\n`);
}
