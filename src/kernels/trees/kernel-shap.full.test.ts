import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kernelShap } from './kernel-shap.ts';
import { planShap } from './shap-plan.ts';

test('kernel-shap: trees of more questions than half of the memory has room for are left to the twin', () => {
  const nodes = 1_100_001;
  const leaf = (node: number): boolean => node % 2 === 1 || node === nodes - 1;
  const trees = {
    roots: Int32Array.of(0, nodes),
    feature: Int32Array.from({ length: nodes }, (_, node) => (leaf(node) ? -1 : 0)),
    threshold: Float64Array.from({ length: nodes }, (_, node) => node),
    left: Int32Array.from({ length: nodes }, (_, node) => (leaf(node) ? 0 : node + 1)),
    right: Int32Array.from({ length: nodes }, (_, node) => (leaf(node) ? 0 : node + 2)),
    value: new Float64Array(nodes).fill(1),
    cover: Float64Array.from({ length: nodes }, (_, node) => (leaf(node) ? 1 : (nodes - node + 1) / 2)),
  };
  assert.equal(kernelShap(trees, planShap(trees)!), undefined);
});
