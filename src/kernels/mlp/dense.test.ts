import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addGradient, backwardLayer, forwardLayer, rectify } from './dense.ts';
import type { Layer } from './network.ts';

const value = fc.oneof(fc.constant(0), fc.double({ min: -3, max: 3, noNaN: true }));
const floats = (length: number) =>
  fc.array(value, { minLength: length, maxLength: length }).map((list) => Float64Array.from(list));
const anyBatch = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, inputs, outputs]) =>
    fc.record({
      rows: fc.constant(rows),
      layer: fc.constant({ inputs, outputs, weightAt: 2, biasAt: 2 + inputs * outputs }),
      weights: floats(2 + inputs * outputs + outputs),
      input: floats(rows * inputs),
      delta: floats(rows * outputs),
    }),
  );
const range = (count: number): number[] => [...Array(count).keys()];
const close = (got: Float64Array, due: readonly number[]): void =>
  due.forEach((wanted, i) => {
    assert.ok(Math.abs(got[i]! - wanted) < 1e-12, `${got[i]} at ${i}, ${wanted} is due`);
  });
const weightOf = (layer: Layer, weights: Float64Array, k: number, j: number): number =>
  weights[layer.weightAt + k * layer.outputs + j]!;

test('dense: for any batch an output is its bias plus the weighted sum of the inputs', () => {
  fc.assert(
    fc.property(anyBatch, ({ rows, layer, weights, input }) => {
      const output = new Float64Array(rows * layer.outputs);
      forwardLayer(layer, weights, input, rows, output);
      const due = range(rows).flatMap((r) =>
        range(layer.outputs).map((j) =>
          range(layer.inputs).reduce(
            (sum, k) => sum + input[r * layer.inputs + k]! * weightOf(layer, weights, k, j),
            weights[layer.biasAt + j]!,
          ),
        ),
      );
      close(output, due);
    }),
  );
});

test('dense: for any batch gradients are added to and touch the own layer only', () => {
  fc.assert(
    fc.property(anyBatch, ({ rows, layer, weights, input, delta }) => {
      const gradient = new Float64Array(weights.length).fill(1);
      addGradient(layer, input, delta, rows, gradient);
      const sumOver = (term: (r: number) => number): number => range(rows).reduce((s, r) => s + term(r), 1);
      const due = [
        1,
        1,
        ...range(layer.inputs).flatMap((k) =>
          range(layer.outputs).map((j) =>
            sumOver((r) => input[r * layer.inputs + k]! * delta[r * layer.outputs + j]!),
          ),
        ),
        ...range(layer.outputs).map((j) => sumOver((r) => delta[r * layer.outputs + j]!)),
      ];
      close(gradient, due);
    }),
  );
});

test('dense: for any batch blame goes back along the weights, to active units only', () => {
  fc.assert(
    fc.property(anyBatch, ({ rows, layer, weights, input, delta }) => {
      const below = new Float64Array(rows * layer.inputs).fill(9);
      backwardLayer(layer, weights, input, delta, rows, below);
      const due = range(rows).flatMap((r) =>
        range(layer.inputs).map((k) =>
          input[r * layer.inputs + k] === 0
            ? 0
            : range(layer.outputs).reduce(
                (sum, j) => sum + delta[r * layer.outputs + j]! * weightOf(layer, weights, k, j),
                0,
              ),
        ),
      );
      close(below, due);
    }),
  );
});

test('dense: ReLU leaves what is above 0, and only so many values', () => {
  const values = Float64Array.of(-1, 2, Number.NaN, 0, -5);
  rectify(values, 4);
  assert.deepEqual([...values], [0, 2, 0, 0, -5]);
});
