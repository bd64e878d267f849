import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bandOf, resolveBands } from './bands.ts';

test('bands: high from the threshold on, medium from half of it', () => {
  const bands = resolveBands({}, 0.4);
  assert.deepEqual(bands, { high: 0.4, medium: 0.2 });
  assert.deepEqual(
    [1, 0.4, 0.399, 0.2, 0.199, 0].map((score) => bandOf(score, bands)),
    ['high', 'high', 'medium', 'medium', 'low', 'low'],
  );
});

test('bands: what the project file says replaces the default', () => {
  assert.deepEqual(resolveBands({ high: 0.7, medium: 0.3 }, 0.4), { high: 0.7, medium: 0.3 });
  assert.deepEqual(resolveBands({ high: 0.7 }, 0.4), { high: 0.7, medium: 0.2 });
});

test('bands: a default gives way to the number that crosses it', () => {
  assert.deepEqual(resolveBands({ high: 0.1 }, 0.4), { high: 0.1, medium: 0.1 });
  assert.deepEqual(resolveBands({ medium: 0.6 }, 0.4), { high: 0.6, medium: 0.6 });
});
