import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { HoldfastError } from '../../base/errors.ts';
import { openArtifacts } from './open-artifacts.ts';

const workspace = { root: resolve('/w/.holdfast'), cwd: resolve('/w') };

test('artifacts: in the workspace, or in the folder that HOLDFAST_ARTIFACTS names', () => {
  assert.equal(openArtifacts(workspace, {}).place, join(workspace.root, 'artifacts'));
  assert.equal(openArtifacts(workspace, { HOLDFAST_ARTIFACTS: '' }).place, join(workspace.root, 'artifacts'));
  assert.equal(openArtifacts(workspace, { HOLDFAST_ARTIFACTS: 'kept' }).place, resolve('/w/kept'));
  assert.equal(openArtifacts(workspace, { HOLDFAST_ARTIFACTS: '/mnt/kept' }).place, resolve('/mnt/kept'));
});

for (const address of ['s3://bucket/models', 'az://a/b', 'gs://bucket']) {
  test(`artifacts: ${address} is refused with a sentence that says so`, () => {
    assert.throws(
      () => openArtifacts(workspace, { HOLDFAST_ARTIFACTS: address }),
      (error) =>
        error instanceof HoldfastError &&
        error.code === 'usage.argument' &&
        error.message.includes(`${address.split(':')[0]}:// addresses cannot be used yet`) &&
        !error.message.includes('bucket'),
    );
  });
}
