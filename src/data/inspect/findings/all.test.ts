import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allFindings } from './all.ts';

test('findings: each has the code that its file names, a title and a reason in a sentence', () => {
  for (const { id, code, about, title } of allFindings) {
    assert.equal(id, code.replace('.', '-'));
    assert.ok(title.length > 5 && about.endsWith('.'), id);
  }
});
