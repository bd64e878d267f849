/** Plants so many faults, a kind after the other, and tells which the inspection did not find. */
import { createRandom } from '../../../base/random.ts';
import type { Finding } from '../definition.ts';
import { plant } from './plant.ts';
import { inspectRaw, type RawTable } from './raw-table.ts';

export interface PlantReport {
  readonly planted: number;
  /** A line for each plant that was not found. */
  readonly missed: readonly string[];
}

export async function findPlants(
  tables: readonly RawTable[],
  count: number,
  seed: number,
): Promise<PlantReport> {
  const random = createRandom(seed);
  const missed: string[] = [];
  const before = new Map<RawTable, ReadonlySet<string>>();
  for (const table of tables)
    before.set(table, new Set((await inspectRaw(table)).map((finding) => JSON.stringify(finding))));
  for (let number = 0; number < count; number++) {
    const clean = tables[random.fork('table', number).integer(tables.length)]!;
    const planted = plant(clean, number, random);
    // What is said of the clean table already is not found.
    const isNew = (finding: Finding): boolean => !before.get(clean)!.has(JSON.stringify(finding));
    const findings = (await inspectRaw(planted.table)).filter(isNew);
    const isNamed = (name: string | null): boolean =>
      findings.some(({ code, column }) => planted.codes.includes(code) && (name === null || column === name));
    const absent =
      planted.columns.length === 0
        ? isNamed(null)
          ? []
          : ['any']
        : planted.columns.filter((name) => !isNamed(name));
    if (absent.length > 0) {
      const found = [...new Set(findings.map(({ code }) => code))].join(' ');
      missed.push(`${number} ${planted.kind} (${absent.join(', ')}) in ${clean.name}: found ${found}`);
    }
  }
  return { planted: count, missed };
}
