import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireSoundTrees } from './sound-trees.ts';

const tree = {
  roots: Int32Array.of(0, 5),
  feature: Int32Array.of(0, -1, 1, -1, -1),
  threshold: Float64Array.of(0.5, 0, 0.5, 0, 0),
  left: Int32Array.of(1, 0, 3, 0, 0),
  right: Int32Array.of(2, 0, 4, 0, 0),
  value: Float64Array.of(0.5, 0.2, 0.8, 0.7, 0.9),
  cover: Float64Array.of(10, 5, 5, 2, 3),
};

test('sound-trees: trees as a fit grows them pass, time after time, and only for as many columns as they ask', () => {
  for (let time = 0; time < 2; time++) requireSoundTrees('forest', tree, 2);
  assert.throws(() => requireSoundTrees('forest', tree, 1), { code: 'model.damaged' });
});

test('sound-trees: a child before its parent, outside its tree, of two parents or with a column that is not there, or a weight that is none, is refused', () => {
  const broken = [
    { left: Int32Array.of(0, 0, 3, 0, 0) },
    { right: Int32Array.of(2, 0, 5, 0, 0) },
    { left: Int32Array.of(3, 0, 3, 0, 0) },
    { left: Int32Array.of(2, 0, 3, 0, 0) },
    { feature: Int32Array.of(7, -1, 1, -1, -1) },
    { roots: Int32Array.of(0, 4) },
    { roots: Int32Array.of(0, 0, 5) },
    { cover: new Float64Array(2) },
    { cover: Float64Array.of(10, Number.NaN, 5, 2, 3) },
    { cover: Float64Array.of(10, 5, -5, 2, 3) },
    { value: Float64Array.of(0.5, 0.2, Number.POSITIVE_INFINITY, 0.7, 0.9) },
  ];
  for (const part of broken) {
    assert.throws(
      () => requireSoundTrees('forest', { ...tree, ...part }, 2),
      { code: 'model.damaged', message: /^forest: / },
      JSON.stringify(part),
    );
  }
});
