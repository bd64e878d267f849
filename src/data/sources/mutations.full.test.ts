import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openMutations } from './testing/mutations.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-mutations-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('mutations: 300 damaged CSV files give a coded error or all of their rows', async () => {
  const seen = await openMutations(folder, 20_260_401, 0, 300);
  // Both happen often, else the faults would be too mild or too coarse to tell.
  assert.ok((seen.get('a table') ?? 0) > 60, `${[...seen]}`);
  assert.ok((seen.get('data.width') ?? 0) > 30, `${[...seen]}`);
  assert.ok((seen.get('data.unreadable') ?? 0) > 10, `${[...seen]}`);
});
