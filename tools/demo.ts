/**
 * The demo: synthetic customers, a judged model, the twenty customers most worth a call. Every command is shown
 * before it runs, so that a person can type the same on own data.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSource } from '../src/data/sources/open.ts';
import { valueAt } from '../src/table/column.ts';
import { requireColumn, type Table } from '../src/table/table.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'demo');
const reasons = 3;
const calls = 20;
/** How a reason ends that speaks for leaving. */
const raises = ' (raises the risk)';

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

console.log('Two sets of synthetic customers: last half-year, whose outcome is known, and today.');
holdfast('generate', 'customers.csv', '--rows', '5000');
holdfast('generate', 'today.csv', '--rows', '2000', '--seed', '7');
holdfast('init', 'customers.csv', '--target', 'churned', '--churned', 'yes');
holdfast('train');
holdfast('score', 'latest', 'today.csv', 'scored.csv', '--reasons', String(reasons));
await printCalls();
console.log(
  `\nEverything lies in ${relative(process.cwd(), folder) || '.'}/. Open the report in a browser: ${reportPath()}`,
);

/** The only page of the models of the demo. */
function reportPath(): string {
  const models = join(folder, '.holdfast', 'artifacts', 'models');
  return join(models, readdirSync(models).find((name) => name.endsWith('.html'))!);
}

/** Runs one command in the demo folder as a person would. */
function holdfast(...words: string[]): void {
  console.log(`\n$ holdfast ${words.join(' ')}`);
  const env = { ...process.env, HOLDFAST_HOME: join(folder, '.holdfast') };
  const { status } = spawnSync(process.execPath, [join(root, 'src/cli/main.ts'), ...words], {
    cwd: folder,
    stdio: 'inherit',
    env,
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** The customers with the most monthly revenue at risk: probability of leaving times monthly charge. */
async function printCalls(): Promise<void> {
  const scored = await readColumns('scored.csv', {
    churnProbability: 'number',
    reason1: 'text',
    reason2: 'text',
    reason3: 'text',
    customerId: 'text',
  });
  const today = await readColumns('today.csv', { monthlyCharge: 'number', customerId: 'text' });
  const charges = new Map(
    Array.from({ length: today.rowCount }, (_, row) => [
      textAt(today, 'customerId', row),
      numberAt(today, 'monthlyCharge', row),
    ]),
  );
  const list = Array.from({ length: scored.rowCount }, (_, row) => {
    const id = textAt(scored, 'customerId', row);
    const risk = numberAt(scored, 'churnProbability', row);
    return { row, id, risk, atRisk: risk * (charges.get(id) ?? 0) };
  });
  list.sort((a, b) => b.atRisk - a.atRisk);
  console.log(`\nThe ${calls} customers most worth a call (risk of leaving x monthly charge):`);
  console.log('  customer  risk  EUR/month  what raises the risk, strongest first');
  for (const { row, id, risk, atRisk } of list.slice(0, calls)) {
    const said = Array.from({ length: reasons }, (_, i) => textAt(scored, `reason${i + 1}`, row));
    const raising = said.filter((text) => text.endsWith(raises)).map((text) => text.slice(0, -raises.length));
    console.log(
      `  ${id.padEnd(8)}  ${`${(100 * risk).toFixed(0)}%`.padStart(4)}  ${atRisk.toFixed(2).padStart(9)}  ${raising.join('; ')}`,
    );
  }
}

async function readColumns(name: string, kinds: Record<string, 'number' | 'text'>): Promise<Table> {
  const source = await openSource(join(folder, name));
  try {
    return (await source.read(Object.entries(kinds).map(([column, kind]) => ({ name: column, kind })))).table;
  } finally {
    await source.close();
  }
}

function textAt(table: Table, name: string, row: number): string {
  return String(valueAt(requireColumn('demo', table, name), row) ?? '');
}

function numberAt(table: Table, name: string, row: number): number {
  return Number(valueAt(requireColumn('demo', table, name, 'number'), row) ?? 0);
}
