/** Every family of models scores a file in pieces to the bytes of the whole, reasons included. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sequentialMap } from './base/parallel.ts';
import { catalogue } from './catalogue.ts';
import { generateCustomers } from './data/generate/generate-customers.ts';
import { writeTable } from './data/sources/write-table.ts';
import { readReference } from './drift/read-reference.ts';
import { readModelFile } from './store/model-file.ts';
import { openHashFilter } from './tasks/hash-filter.ts';
import { silentProgress } from './tasks/ports.ts';
import { scoreFile } from './tasks/score.ts';

const golden = fileURLToPath(new URL('../golden/models/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'holdfast-pieces-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const ports = {
  catalogue,
  clock: { now: () => 0, cpuSeconds: () => 0 },
  map: sequentialMap(() => Promise.reject(new Error('nothing is fitted here'))),
  progress: silentProgress,
};
const input = join(folder, 'customers.csv');
await writeTable(input, generateCustomers({ rows: 200, seed: 7 }).table);
// A level that no model has seen, and a value that is none.
const [header, first, second, ...rest] = readFileSync(input, 'utf8').split('\n');
const levelAt = header!.split(',').indexOf('contract');
const chargeAt = header!.split(',').indexOf('monthlyCharge');
const changed = [
  first!.split(',').with(levelAt, 'never seen').join(','),
  second!.split(',').with(chargeAt, 'much').join(','),
];
writeFileSync(input, [header, ...changed, ...rest].join('\n'));

for (const name of readdirSync(golden).filter((each) => each.endsWith('.holdfast')))
  test(`${name}: pieces of 7, 64 and all rows give the same list, rejected rows and summary`, async () => {
    const read = await readModelFile(join(golden, name), catalogue);
    const reference = readReference(name, read.reference, read.fitted.inputs);
    const model = { ...read, reference, knowsTrainingKey: openHashFilter(read.manifest.hashFilter) };
    const answers = [];
    for (const rows of [7, 64, 1000]) {
      const output = join(folder, 'scored.parquet');
      const summary = await scoreFile({ model, input, output, reasons: 3 }, ports, rows);
      assert.deepEqual([summary.rows, summary.rejected], [200, 1]);
      answers.push([summary, readFileSync(output), readFileSync(summary.rejectedFile!, 'utf8')]);
    }
    assert.deepEqual(answers[0], answers[2]);
    assert.deepEqual(answers[1], answers[2]);
  });
