import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preprocessSection } from '../section.ts';
import { otherPreparations, withPreparation } from './other-preparations.ts';

const section = preprocessSection.parse({});
const columns = [
  { name: 'tenure', kind: 'number' },
  { name: 'contract', kind: 'category' },
] as const;

test('other preparations: what the section does not do, alone and together', () => {
  const ways = otherPreparations(section, columns, {}, 'full');
  assert.deepEqual(ways, [
    { categorical: { encode: 'target' } },
    { numeric: { outliers: 'none' } },
    { categorical: { encode: 'target' }, numeric: { outliers: 'none' } },
  ]);
  const turned = withPreparation(section, ways[2]);
  assert.deepEqual(otherPreparations(turned, columns, {}, 'full').at(-1), {
    categorical: { encode: 'one-hot' },
    numeric: { outliers: { rule: 'iqr', factor: 1.5 } },
  });
});

test('other preparations: none where nothing is open to it', () => {
  assert.deepEqual(otherPreparations(section, columns, {}, 'native'), []);
  const rules = { tenure: { outliers: 'none' }, contract: { encode: 'ordinal' } } as const;
  assert.deepEqual(otherPreparations(section, columns, rules, 'full'), []);
  const twoNumbers = [...columns, { name: 'bill', kind: 'number' } as const];
  assert.deepEqual(otherPreparations(section, twoNumbers, rules, 'full'), [
    { numeric: { outliers: 'none' } },
  ]);
  assert.deepEqual(otherPreparations(section, [{ name: 'paperless', kind: 'boolean' }], {}, 'full'), []);
});

test('with preparation: replaces what differs, keeps the rest, and what a project file may not say it may not either', () => {
  const own = preprocessSection.parse({ numeric: { scale: 'robust' }, categorical: { maxLevels: 7 } });
  const made = withPreparation(own, { categorical: { encode: 'target' } });
  assert.equal(made.categorical.encode, 'target');
  assert.equal(made.categorical.maxLevels, 7);
  assert.deepEqual(made.numeric, own.numeric);
  assert.equal(withPreparation(own, undefined), own);
  assert.throws(() => withPreparation(own, { categorical: { encode: 'guess' } }));
});
