import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callValue, profitOfTopShare, profitPoints } from './profit.ts';
import { prepareSample } from './sample.ts';
import { profitSection } from './section.ts';

const profit = profitSection.parse({ offer: 10, contact: 1, lifetimeValue: 200 });
const sample = prepareSample(Uint8Array.of(1, 0, 1, 0, 0), Float64Array.of(0.9, 0.5, 0.5, 0.5, 0.1), 0.5);

test('call value: named costs by hand, and who does not leave never earns', () => {
  assert.deepEqual(callValue(profit), { ofLeaver: 56, ofStayer: -11 });
  const free = profitSection.parse({ offer: 0, contact: 0, lifetimeValue: 1 });
  assert.deepEqual(callValue(free), { ofLeaver: 0.3, ofStayer: 0 });
});

test('profit points: from nobody to everybody, tied customers together', () => {
  assert.deepEqual(profitPoints(sample, profit), [
    { threshold: null, contacted: 0, profit: 0 },
    { threshold: 0.9, contacted: 0.2, profit: 56 / 5 },
    { threshold: 0.5, contacted: 0.8, profit: (112 - 22) / 5 },
    { threshold: 0.1, contacted: 1, profit: (112 - 33) / 5 },
  ]);
});

test('profit of a top share: by lot inside a tie, nothing for nobody', () => {
  assert.equal(profitOfTopShare(sample, profit, 0), 0);
  assert.equal(profitOfTopShare(sample, profit, 0.1), 5.6);
  // Two of the three tied customers: two thirds of what the tie brings.
  assert.ok(Math.abs(profitOfTopShare(sample, profit, 0.6) - (56 + (2 / 3) * 34) / 5) < 1e-14);
  assert.equal(profitOfTopShare(sample, profit, 1), (112 - 33) / 5);
});
