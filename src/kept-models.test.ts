/** Models saved by earlier versions: they must load, and give the scores they gave then to the last bit. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { catalogue } from './catalogue.ts';
import { readModelFile } from './store/model-file.ts';

const folder = new URL('../golden/models/', import.meta.url);
const kept = readdirSync(folder).filter((name) => name.endsWith('.holdfast'));

test('kept models: one of each family', () => {
  const families = kept.map((name) => name.replace(/^format-\d+-|\.holdfast$/g, '')).sort();
  assert.deepEqual(families, [
    'decision-tree',
    'gradient-boosting',
    'logistic-regression',
    'mlp',
    'prior',
    'random-forest',
  ]);
});

for (const name of kept) {
  test(`${name}: loads, which holds its golden scores against today's`, async () => {
    const { manifest, golden, fitted } = await readModelFile(fileURLToPath(new URL(name, folder)), catalogue);
    assert.equal(manifest.model.name, 'customers');
    assert.equal(golden.rows.length, golden.scores.length);
    assert.ok(golden.scores.length >= 20 && golden.scores.every((score) => score >= 0 && score <= 1));
    assert.deepEqual([...fitted.inputs.map((input) => input.name)].includes('tenureMonths'), true);
  });
}
