import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { HoldfastError } from '../base/errors.ts';
import { plainEqual } from '../base/plain.ts';
import { createRandom } from '../base/random.ts';
import { findColumn, type Table } from '../table/table.ts';
import { createCatalogue } from './catalogue.ts';
import { defineClassifier, type FittedClassifier } from './definition.ts';
import {
  checkGolden,
  decodeGolden,
  encodeGolden,
  type GoldenColumn,
  goldenJson,
  makeGoldenRows,
} from './golden-rows.ts';

const columns: GoldenColumn[] = [
  { name: 'tenure', kind: 'number', min: 0, nullable: true },
  { name: 'balance', kind: 'number' },
  { name: 'share', kind: 'number', min: -1, max: 1 },
  { name: 'discount', kind: 'number', max: 0 },
  { name: 'plan', kind: 'category', levels: ['a', 'b', 3], nullable: true },
  { name: 'region', kind: 'category', levels: ['north', 'south'], closed: true },
  { name: 'senior', kind: 'boolean' },
  { name: 'joined', kind: 'time' },
  { name: 'note', kind: 'text', nullable: true },
];

/** Sums everything that a row holds, so that every value counts. */
const everything = defineClassifier({
  id: 'everything',
  version: 1,
  title: 'Everything',
  params: z.strictObject({}),
  tags: {
    kinds: ['number', 'category', 'boolean', 'time', 'text'],
    acceptsMissing: true,
    acceptsWeights: true,
    isRandom: false,
  },
  examples: [],
  fit: async () => ({ factor: 1 }),
  predictProba: (state, table) =>
    Float64Array.from({ length: table.rowCount }, (_, row) => {
      let sum = 0;
      for (const column of table.columns) {
        const value = column.kind === 'category' ? column.levels[column.codes[row]!] : column.values[row];
        sum += typeof value === 'number' ? value || 0 : String(value).length;
      }
      // What stands behind the point: a probability in which every value counts.
      const whole = sum * state.factor;
      return whole - Math.floor(whole);
    }),
  describe: () => '',
  simplicity: () => [0],
});
const catalogue = createCatalogue([everything], []);
const fitted: FittedClassifier = {
  role: 'classifier',
  id: 'everything',
  version: 1,
  params: {},
  inputs: columns.map(({ name, kind }) => ({ name, kind })),
  state: { factor: 0.1 },
};
const scores = (table: Table): Float64Array => everything.predictProba({ factor: 0.1 }, table, catalogue);
const rows = makeGoldenRows(columns, createRandom(1));
const golden = goldenJson(rows, scores(rows));
const code =
  (expected: string) =>
  (error: unknown): boolean =>
    error instanceof HoldfastError && error.code === expected;

describe('golden rows', () => {
  it('keep to the contract: bounds, nullable, closed levels', () => {
    const values = (name: string): number[] => {
      const column = findColumn(rows, name)!;
      return Array.from(column.kind === 'category' ? column.codes : (column.values as Float64Array));
    };
    assert.equal(rows.rowCount, 24);
    assert.ok(values('tenure').every((value) => !(value < 0)));
    assert.equal(values('tenure').filter(Number.isNaN).length, 3);
    assert.ok(
      values('balance').some((value) => value < 0) && values('balance').some((value) => value > 1000),
    );
    assert.ok(values('share').every((value) => value >= -1 && value <= 1));
    assert.ok(values('discount').every((value) => value <= 0));
    assert.deepEqual(findColumn(rows, 'plan')?.kind === 'category' && findColumn(rows, 'plan'), {
      ...findColumn(rows, 'plan'),
      levels: ['3', 'a', 'b', 'unseen'],
    });
    assert.ok(values('plan').includes(-1));
    assert.ok(!values('region').includes(-1));
    assert.deepEqual(new Set(values('senior')), new Set([0, 1]));
    assert.ok(values('joined').every(Number.isInteger));
  });

  it('are the same for the same stream, and a column is not changed by its neighbours', () => {
    assert.ok(plainEqual(makeGoldenRows(columns, createRandom(1)), rows));
    const alone = makeGoldenRows([columns[4]!], createRandom(1));
    assert.ok(plainEqual(alone.columns[0], findColumn(rows, 'plan')));
    assert.ok(!plainEqual(makeGoldenRows(columns, createRandom(2)), rows));
  });

  it('an unseen level is one that training cannot have seen', () => {
    const [column] = makeGoldenRows(
      [{ name: 'x', kind: 'category', levels: ['unseen'] }],
      createRandom(1),
    ).columns;
    assert.deepEqual(column?.kind === 'category' && column.levels, ['unseen', 'unseen-']);
  });

  it('score the same after a trip through text', () => {
    checkGolden(decodeGolden(encodeGolden(golden)), fitted, catalogue);
  });

  it('a score that is off by one bit is refused', () => {
    const bits = new BigInt64Array(Float64Array.of(golden.scores[5]!).buffer);
    bits[0]! += 1n;
    const nudged = golden.scores.with(5, new Float64Array(bits.buffer)[0]!);
    assert.throws(() => checkGolden({ ...golden, scores: nudged }, fitted, catalogue), code('model.golden'));
    assert.throws(() => checkGolden(golden, { ...fitted, state: { factor: 0.2 } }, catalogue), {
      message: /24 of 24 golden scores/,
    });
  });

  it('a model that cannot score its rows is refused; one that needs an unknown step is newer', () => {
    const state = { ...fitted, state: null };
    assert.throws(() => checkGolden(golden, state, catalogue), code('model.golden'));
    const unknown = { ...fitted, id: 'quantum-forest' };
    assert.throws(() => checkGolden(golden, unknown, catalogue), code('model.newer'));
    assert.throws(() => checkGolden(golden, { ...fitted, version: 2 }, catalogue), code('model.newer'));
  });

  it('text that is no golden file is refused', () => {
    for (const text of [
      '',
      '[]',
      '{"rows": [], "scores": []}',
      '{"rows": [{}], "scores": []}',
      '{"rows": [{"a": {}}], "scores": [1]}',
      '{"rows": [{}], "scores": [1e999]}',
    ]) {
      assert.throws(() => decodeGolden(text), code('model.damaged'), text);
    }
  });

  it('a score that is no number cannot be written', () => {
    const broken = goldenJson(rows, Float64Array.from(golden.scores).fill(Number.NaN));
    assert.throws(() => encodeGolden(broken), TypeError);
  });
});
