import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openMutations } from './testing/mutations.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-mutations-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('mutations: 10,000 damaged CSV files give a coded error or all of their rows', async () => {
  const seen = await openMutations(folder, 1, 0, 10_000);
  assert.equal(
    [...seen.values()].reduce((sum, count) => sum + count, 0),
    10_000,
  );
});
