import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { kernelName, trainingBuild, useWideKernels, wideKernels } from '../kernels/kernel-module.ts';
import { openKernelTrainer } from '../kernels/mlp/kernel-trainer.ts';
import { drawWeights } from '../kernels/mlp/network.ts';
import { openWideKernels, wideKernelsFrom } from './wide-kernels.ts';

const isPossible = trainingBuild() === 'relaxed' && process.versions.node.startsWith('26.');

test('wide-kernels: 1 asks for them, nothing and 0 do not, other words are refused', () => {
  assert.deepEqual(['1', '0', '', undefined].map(wideKernelsFrom), [true, false, false, false]);
  assert.throws(() => wideKernelsFrom('yes'), {
    code: 'usage.argument',
    message: /HOLDFAST_WIDE_KERNELS must be 0 or 1, got yes/,
  });
});

test('wide-kernels: where they cannot be had a code says so', { skip: isPossible && 'they can' }, () => {
  assert.throws(openWideKernels, { code: 'kernels.wide' });
});

test('wide-kernels: passed their trial, are named, and train to the same bits', {
  skip: !isPossible && 'no fused products, or a Node that it was not tried with',
}, () => {
  const random = createRandom(3);
  const [columns, count] = [9, 100];
  const rows = {
    values: Float64Array.from({ length: columns * count }, () => random.normal()),
    columns,
    labels: Uint8Array.from({ length: count }, () => random.integer(2)),
    weights: new Float64Array(count).fill(1),
  };
  const sizes = [columns, 40, 1];
  const start = drawWeights(sizes, random);
  const order = Int32Array.from({ length: count }, (_, row) => row);
  const trained = (): Float64Array => {
    const network = openKernelTrainer(sizes, start, rows, {
      ...{ alpha: 0, batchSize: 30, learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    });
    network.epoch(order);
    return network.weights();
  };
  const due = trained();
  const plainName = kernelName();
  try {
    openWideKernels();
    assert.ok(wideKernels() instanceof WebAssembly.Module);
    assert.equal(kernelName(), `${plainName} wide`);
    assert.deepEqual(trained(), due);
  } finally {
    // Tests share their process.
    useWideKernels(undefined);
  }
});
