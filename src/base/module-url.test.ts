import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { moduleUrl } from './module-url.ts';

describe('module url', () => {
  it('names TypeScript beside TypeScript and JavaScript beside JavaScript', () => {
    assert.equal(moduleUrl('./worker.ts', 'file:///a b/src/x.ts').href, 'file:///a%20b/src/worker.ts');
    assert.equal(moduleUrl('./worker.ts', 'file:///dist/x.js').href, 'file:///dist/worker.js');
  });
});
