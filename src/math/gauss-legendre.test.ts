import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gaussLegendre } from './gauss-legendre.ts';

test('gauss-legendre: the rule with 3 points is 0.5 and 0.5 -+ sqrt(0.15), weights 5/18, 8/18, 5/18', () => {
  const { nodes, weights } = gaussLegendre(3);
  [0.5 - Math.sqrt(0.15), 0.5, 0.5 + Math.sqrt(0.15)].forEach((node, i) => {
    assert.ok(Math.abs(nodes[i]! - node) < 1e-15);
  });
  [5 / 18, 8 / 18, 5 / 18].forEach((weight, i) => {
    assert.ok(Math.abs(weights[i]! - weight) < 1e-15);
  });
});

test('gauss-legendre: n points integrate t^k over [0, 1] exactly for k up to 2n - 1', () => {
  for (const n of [1, 2, 5, 8, 16, 40]) {
    const { nodes, weights } = gaussLegendre(n);
    for (let k = 0; k < 2 * n; k++) {
      let total = 0;
      nodes.forEach((node, i) => {
        let power = weights[i]!;
        for (let p = 0; p < k; p++) power *= node;
        total += power;
      });
      assert.ok(Math.abs(total - 1 / (k + 1)) < 1e-14, `n ${n}, k ${k}: ${total}`);
    }
  }
});

test('gauss-legendre: 2n is one degree too many for n points', () => {
  const { nodes, weights } = gaussLegendre(2);
  const total = nodes.reduce((sum, node, i) => sum + weights[i]! * node * node * node * node, 0);
  assert.ok(Math.abs(total - 1 / 5) > 1e-3);
});

test('gauss-legendre: nodes ascend inside (0, 1), weights are positive and sum to 1', () => {
  const { nodes, weights } = gaussLegendre(101);
  nodes.forEach((node, i) => {
    assert.ok(node > (nodes[i - 1] ?? 0) && node < 1 && weights[i]! > 0);
  });
  assert.ok(Math.abs(weights.reduce((a, b) => a + b, 0) - 1) < 1e-13);
  assert.throws(() => gaussLegendre(0), RangeError);
});
