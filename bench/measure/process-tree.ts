/** What a running process and all its descendants have taken so far, as Linux counts it. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second for every program that reads /proc. */
const ticksPerSecond = 100;

export interface Taken {
  readonly cpuSeconds: number;
  /** Resident memory, and the part that is their own when shared pages are divided among those who share. */
  readonly rssMb: number;
  readonly pssMb: number;
  readonly processes: number;
}

export function takenBy(pid: number): Taken {
  const parents = new Map<number, { parent: number; ticks: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const facts = statOf(Number(name));
    if (facts) parents.set(Number(name), facts);
  }
  const tree = [...parents.keys()].filter((one) => descends(one, pid, parents));
  const memory = tree.map(memoryOf);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    cpuSeconds: sum(tree.map((one) => parents.get(one)!.ticks)) / ticksPerSecond,
    rssMb: sum(memory.map(({ rss }) => rss)),
    pssMb: sum(memory.map(({ pss }) => pss)),
    processes: tree.length,
  };
}

/** Its parent, and user and system time with that of children it has waited for; null for one that has ended. */
function statOf(pid: number): { readonly parent: number; readonly ticks: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name stands in brackets and may hold blanks.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { parent: fields[1]!, ticks: fields[11]! + fields[12]! + fields[13]! + fields[14]! };
  } catch {
    return null;
  }
}

function descends(
  pid: number,
  from: number,
  parents: ReadonlyMap<number, { readonly parent: number }>,
): boolean {
  for (let one = pid; parents.has(one); one = parents.get(one)!.parent) if (one === from) return true;
  return false;
}

function memoryOf(pid: number): { readonly rss: number; readonly pss: number } {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
    const mb = (name: string): number =>
      Number(new RegExp(`^${name}: +(\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1024;
    return { rss: mb('Rss'), pss: mb('Pss') };
  } catch {
    return { rss: 0, pss: 0 };
  }
}
