import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { ModelDraft } from '../tasks/ports.ts';
import { openModelStore } from './model-store.ts';
import { exampleCatalogue, exampleParts } from './testing/example-model.ts';
import { openWorkspace } from './workspace.ts';

const root = mkdtempSync(join(tmpdir(), 'holdfast-store-'));
after(() => rmSync(root, { recursive: true }));

describe('model store', () => {
  it('gives a label, keeps a model, reads it back and knows whom it has seen', async () => {
    const workspace = openWorkspace({ cwd: root, env: {} });
    const store = openModelStore(workspace, exampleCatalogue);
    const label = await store.nextLabel(Date.UTC(2026, 2, 1));
    assert.equal(label, '20260301.nogit');
    const { file, report } = await store.save(exampleParts({ label }) as ModelDraft);
    assert.ok(report.endsWith('.html'));
    const modeOf = (path: string): number => statSync(path).mode & 0o777;
    if (process.platform !== 'win32')
      assert.deepEqual([workspace.modelFolder, file].map(modeOf), [0o700, 0o600]);
    const model = await store.load(label);
    assert.equal(model.path, file);
    assert.equal(model.knowsTrainingKey('customer-1'), true);
    assert.equal(model.knowsTrainingKey('customer-9'), false);
    writeFileSync(join(workspace.modelFolder, 'bad.holdfast'), 'x');
    assert.deepEqual(await store.list(), [
      { path: file, name: 'example', label, passed: true },
      { path: join(workspace.modelFolder, 'bad.holdfast'), name: 'bad.holdfast', label: '', passed: false },
    ]);
  });
});
