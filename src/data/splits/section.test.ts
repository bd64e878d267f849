import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { parseParams } from '../../base/schema.ts';
import { splitSection } from './section.ts';

const parse = (value: unknown) => parseParams('split', splitSection, value);

test('split section: left out, it keeps 15% for judging and 15% for tuning, stratified, seed 42', () => {
  assert.deepEqual(parse({}), { test: 0.15, validation: 0.15, by: 'stratified', seed: 42 });
});

test('split section: each value outside its bounds is refused by name', () => {
  const refused = (value: unknown, param: string, message: RegExp): void =>
    assert.throws(() => parse(value), { code: 'param.value', fields: { who: 'split', param }, message });
  refused({ test: 0 }, 'test', /test must be above 0, got 0/);
  refused({ test: 0.51 }, 'test', /at most 0.5/);
  refused({ validation: -0.1 }, 'validation', /above 0/);
  refused({ validation: '0.1' }, 'validation', /a number/);
  refused(
    { test: 0.5, validation: 0.4 },
    'validation',
    /small enough that test \+ validation stay below 0.9, got 0.4/,
  );
  refused({ by: 'random' }, 'by', /stratified/);
  refused({ seed: 4294967296 }, 'seed', /at most 4294967295/);
  refused({ seed: 1.5 }, 'seed', /a whole number/);
  refused({ seed: -1 }, 'seed', /at least 0/);
});

test('split section: the bounds themselves are allowed', () => {
  assert.equal(parse({ test: 0.5, validation: 0.39, seed: 4294967295 }).seed, 4294967295);
});

test('split section: each way to part asks for its column and refuses what belongs to another', () => {
  const refused = (value: object, param: string): void =>
    assert.throws(() => parse(value), { code: 'param.value', fields: { who: 'split', param } });
  refused({ by: 'grouped' }, 'group');
  refused({ by: 'time' }, 'time');
  refused({ group: 'household' }, 'group');
  refused({ time: 'month' }, 'time');
  refused({ by: 'grouped', group: 'household', time: 'month' }, 'time');
  refused({ by: 'grouped', group: 'household', gap: '30d' }, 'gap');
  refused({ testFrom: '2024-01-01' }, 'testFrom');
  refused({ by: 'time', time: 'month', gap: '30 days' }, 'gap');
  refused(
    { by: 'time', time: 'month', validationFrom: '2024-02-01', testFrom: '2024-02-01' },
    'validationFrom',
  );
  const whole = { by: 'time', time: 'month', group: 'household', gap: '4w' };
  assert.deepEqual(parse(whole), { test: 0.15, validation: 0.15, seed: 42, ...whole });
});

test('split section: an unknown key is refused with the nearest known one', () => {
  assert.throws(() => parse({ validaton: 0.2 }), {
    code: 'param.unknown',
    message: /did you mean validation\?/,
  });
});

test('split section: every key says what it is', () => {
  const { properties } = z.toJSONSchema(splitSection) as {
    properties: Record<string, { description?: string }>;
  };
  const keys = ['test', 'validation', 'by', 'group', 'time', 'gap', 'validationFrom', 'testFrom', 'seed'];
  assert.deepEqual(Object.keys(properties), keys);
  for (const [key, { description }] of Object.entries(properties)) assert.ok(description?.endsWith('.'), key);
});
