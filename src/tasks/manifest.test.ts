import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HoldfastError } from '../base/errors.ts';
import { decodeManifest, encodeManifest, type ManifestDraft, partNames } from './manifest.ts';
import { exampleManifest } from './testing/example-manifest.ts';

const example = exampleManifest();
const damaged = (error: unknown): boolean =>
  error instanceof HoldfastError && error.code === 'model.damaged' && error.fields.part === 'manifest.json';

describe('manifest', () => {
  const hashes = Object.fromEntries(partNames.map((name) => [name, null]));

  it('comes back as it was written', () => {
    const read = decodeManifest('x', encodeManifest(example, hashes));
    assert.deepEqual(read, { ...example, formatVersion: 1, parts: hashes });
  });

  it('a draft without a key, or with a wrong one, is a defect that names it', () => {
    for (const key of Object.keys(example)) {
      const { [key as 'seed']: _, ...without } = example;
      assert.throws(() => encodeManifest(without as ManifestDraft, hashes), {
        name: 'TypeError',
        message: new RegExp(`^manifest: ${key}`),
      });
    }
    const draft = { ...example, model: { ...example.model, id: '7' } };
    assert.throws(() => encodeManifest(draft, hashes), /^TypeError: manifest: model\.id/);
  });

  it('keys that a later Holdfast added are passed over; a missing one is refused', () => {
    const value = JSON.parse(encodeManifest(example, hashes));
    value.later = 1;
    value.contract.columns.tenure.later = 1;
    assert.deepEqual(decodeManifest('x', JSON.stringify(value)).model, example.model);
    value.threshold = undefined;
    assert.throws(() => decodeManifest('x', JSON.stringify(value)), damaged);
    for (const text of ['', '[]', 'null', '{"formatVersion": "1"}'])
      assert.throws(() => decodeManifest('x', text), damaged);
  });
});
