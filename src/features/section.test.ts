import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { HoldfastError } from '../base/errors.ts';
import { parseParams } from '../base/schema.ts';
import { preprocessSection } from './section.ts';

const schema = z.strictObject({ preprocess: preprocessSection });
const parse = (preprocess?: unknown) => parseParams('holdfast.yaml', schema, { preprocess }).preprocess;

test('preprocess section: left out, it is what the design writes', () => {
  const expected = {
    numeric: { impute: 'median', outliers: { rule: 'iqr', factor: 1.5 }, scale: 'standard' },
    categorical: { impute: 'missing', encode: 'one-hot', unknown: 'ignore', rareBelow: 0, maxLevels: 100 },
  };
  assert.deepEqual(parse(), expected);
  assert.deepEqual(parse({}), expected);
  assert.deepEqual(parse({ numeric: {}, categorical: {} }), expected);
});

test('preprocess section: each alternative of each key is read', () => {
  const { numeric } = parse({ numeric: { impute: { constant: -1 }, outliers: 'none', scale: 'robust' } });
  assert.deepEqual(numeric, { impute: { constant: -1 }, outliers: 'none', scale: 'robust' });
  assert.deepEqual(parse({ numeric: { outliers: { factor: 3 } } }).numeric.outliers, {
    rule: 'iqr',
    factor: 3,
  });
});

test('preprocess section: a key or value that it does not know is refused by its path', () => {
  const cases: [unknown, string, string][] = [
    [{ numerik: {} }, 'param.unknown', 'preprocess.numerik'],
    [{ numeric: { imput: 'median' } }, 'param.unknown', 'preprocess.numeric.imput'],
    [{ numeric: { scale: 'log' } }, 'param.value', 'preprocess.numeric.scale'],
    [{ numeric: { impute: 'guess' } }, 'param.value', 'preprocess.numeric.impute'],
    [{ numeric: { outliers: { factor: -1 } } }, 'param.value', 'preprocess.numeric.outliers.factor'],
    [{ categorical: { rareBelow: 2 } }, 'param.value', 'preprocess.categorical.rareBelow'],
  ];
  for (const [given, code, param] of cases) {
    assert.throws(
      () => parse(given),
      (error) => error instanceof HoldfastError && error.code === code && error.fields.param === param,
      param,
    );
  }
});

test('preprocess section: every key has a help text', () => {
  const bare: string[] = [];
  const visit = (path: string, node: { description?: string; properties?: Record<string, object> }): void => {
    if (!node.description) bare.push(path);
    for (const [key, child] of Object.entries(node.properties ?? {})) visit(`${path}.${key}`, child);
  };
  visit('preprocess', z.toJSONSchema(preprocessSection, { io: 'input' }) as { description?: string });
  assert.deepEqual(bare, []);
});
