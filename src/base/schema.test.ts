import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { HoldfastError } from './errors.ts';
import { parseParams } from './schema.ts';

const schema = z.strictObject({
  l2: z.number().min(0).default(1),
  rate: z.number().gt(0).lt(1).default(0.1),
  depth: z.int().min(1).max(30).default(6),
  solver: z.enum(['newton', 'lbfgs']).default('newton'),
  hidden: z.array(z.int().min(1)).min(1).max(3).default([32]),
  isFast: z.boolean().default(false),
  name: z.string().min(1).default('x'),
  features: z.union([z.literal('sqrt'), z.number().gt(0)]).default('sqrt'),
  stop: z.strictObject({ after: z.int().min(1).default(5) }).prefault({}),
  tries: z.array(z.strictObject({ id: z.string() })).default([]),
});

const refused = (value: unknown): HoldfastError => {
  try {
    parseParams('my-model', schema, value);
  } catch (error) {
    assert.ok(error instanceof HoldfastError);
    assert.equal(error.fields.who, 'my-model');
    return error;
  }
  throw new Error(`accepted: ${JSON.stringify(value)}`);
};

test('schema: nothing given gives the defaults', () => {
  const due = parseParams('my-model', schema, {});
  assert.equal(due.depth, 6);
  assert.deepEqual(due.stop, { after: 5 });
  assert.deepEqual(parseParams('my-model', schema, undefined), due);
  assert.deepEqual(parseParams('my-model', schema, null), due);
});

const sentences: readonly [unknown, string, string][] = [
  [{ l2: -1 }, 'l2', 'l2 must be at least 0, got -1'],
  [{ rate: 0 }, 'rate', 'rate must be above 0, got 0'],
  [{ rate: 1 }, 'rate', 'rate must be below 1, got 1'],
  [{ depth: 31 }, 'depth', 'depth must be at most 30, got 31'],
  [{ depth: 2.5 }, 'depth', 'depth must be a whole number, got 2.5'],
  [{ depth: '6' }, 'depth', 'depth must be a number, got "6"'],
  [{ l2: Number.NaN }, 'l2', 'l2 must be a number, got NaN'],
  [{ solver: 'sgd' }, 'solver', 'solver must be one of newton, lbfgs, got "sgd"'],
  [{ hidden: [] }, 'hidden', 'hidden must be a list of at least 1, got []'],
  [{ hidden: [1, 2, 3, 4] }, 'hidden', 'hidden must be a list of at most 3, got [1,2,3,4]'],
  [{ hidden: 32 }, 'hidden', 'hidden must be a list, got 32'],
  [{ hidden: [8, 0] }, 'hidden.1', 'hidden.1 must be at least 1, got 0'],
  [{ isFast: 'yes' }, 'isFast', 'isFast must be true or false, got "yes"'],
  [{ name: '' }, 'name', 'name must be a text that is not empty, got ""'],
  [{ name: null }, 'name', 'name must be a text, got null'],
  [{ features: 0 }, 'features', 'features must be above 0, got 0'],
  [{ features: 'log' }, 'features', 'features must be "sqrt" or a number, got "log"'],
  [{ stop: 3 }, 'stop', 'stop must be a group of keys, got 3'],
  [{ stop: { after: 0 } }, 'stop.after', 'stop.after must be at least 1, got 0'],
  [{ tries: [{}] }, 'tries.0.id', 'tries.0.id must be a text, got nothing'],
  [7, '', 'the value must be a group of keys, got 7'],
];

for (const [value, param, sentence] of sentences) {
  test(`schema: ${JSON.stringify(value)} is refused: ${sentence}`, () => {
    const error = refused(value);
    assert.equal(error.code, 'param.value');
    assert.equal(error.fields.param, param);
    assert.equal(error.message, `my-model: ${sentence}`);
  });
}

test('schema: an unknown key is refused with the nearest known one, or with all of them', () => {
  const near = refused({ dept: 3 });
  assert.equal(near.code, 'param.unknown');
  assert.equal(near.fields.param, 'dept');
  assert.equal(near.message, 'my-model: dept is not known; did you mean depth?');
  assert.match(refused({ zzzzzz: 3 }).message, /zzzzzz is not known; known: l2, rate, depth/);
});

test('schema: a reserved name is refused wherever it stands, not left out', () => {
  const reserved = JSON.parse('{ "stop": { "__proto__": { "after": 3 } } }');
  assert.equal(refused(reserved).code, 'param.unknown');
  assert.match(refused(reserved).message, /^my-model: stop.__proto__ is a reserved name/);
  assert.equal(refused(reserved).fields.param, 'stop.__proto__');
});

test('schema: an unknown key deep inside is named by its path', () => {
  const inside = refused({ stop: { aftr: 3 } });
  assert.equal(inside.fields.param, 'stop.aftr');
  assert.equal(inside.message, 'my-model: stop.aftr is not known; did you mean after?');
  assert.equal(refused({ tries: [{ id: 'a', ix: 1 }] }).fields.param, 'tries.0.ix');
});

test('schema: a long or unprintable value is shortened and cleaned in the sentence', () => {
  const { message } = refused({ solver: `\u001b${'x'.repeat(200)}` });
  assert.ok(message.length < 140, message);
  assert.ok(!message.includes('\u001b'));
});

test('schema: a group told apart by one key names the values that the key may have', () => {
  const steps = z.strictObject({
    step: z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('clean') }),
      z.strictObject({ do: z.literal('fill'), by: z.number() }),
    ]),
  });
  assert.throws(() => parseParams('my-model', steps, { step: { do: 'fil' } }), {
    code: 'param.value',
    message: 'my-model: step.do must be one of clean, fill, got "fil"',
  });
  assert.throws(() => parseParams('my-model', steps, { step: { do: 'fill', bz: 1, by: 2 } }), {
    code: 'param.unknown',
    message: /step\.bz is not known; did you mean by\?/,
  });
});

test('schema: a key of another variant is told the variant that has it, a misspelt one the nearest of its own', () => {
  const threshold = z.strictObject({
    threshold: z
      .discriminatedUnion('by', [
        z.strictObject({ by: z.literal('f1') }),
        z.strictObject({ by: z.literal('fixed'), value: z.number() }),
        z.strictObject({ by: z.literal('capacity'), customers: z.number(), share: z.number().optional() }),
      ])
      .default({ by: 'f1' }),
  });
  const messageOf = (given: object): string => {
    try {
      parseParams('x', threshold, { threshold: given });
    } catch (error) {
      assert.ok(error instanceof HoldfastError);
      assert.equal(error.code, 'param.unknown');
      return error.message;
    }
    return 'accepted';
  };
  assert.equal(
    messageOf({ by: 'f1', value: 0.3 }),
    'x: threshold.value goes with by: fixed, not with by: f1',
  );
  assert.equal(
    messageOf({ by: 'fixed', value: 0.3, valeu: 1 }),
    'x: threshold.valeu is not known; did you mean value?',
  );
  assert.equal(messageOf({ by: 'f1', zzzz: 1 }), 'x: threshold.zzzz is not known; known: by');
});

test('schema: a day that is no date is told what a date looks like', () => {
  const days = z.strictObject({ from: z.iso.date().optional() });
  for (const from of ['31.01.2026', '2026-02-30', 'tomorrow']) {
    assert.throws(() => parseParams('x', days, { from }), {
      code: 'param.value',
      message: `x: from must be a date such as 2026-01-31, got ${JSON.stringify(from)}`,
    });
  }
});
