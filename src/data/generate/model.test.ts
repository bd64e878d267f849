import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainEqual } from '../../base/plain.ts';
import { createRandom, type Random } from '../../base/random.ts';
import { mean } from '../../math/sum.ts';
import { categoryColumn, type NumberColumn } from '../../table/column.ts';
import { columnNames, requireColumn, takeRows } from '../../table/table.ts';
import { defineGenerator, generatedTarget } from './model.ts';

const drawWalker = (random: Random) => {
  const steps = random.integer(100);
  return {
    steps: steps < 10 ? null : steps,
    pace: steps % 2 === 0 ? 'slow' : 'fast',
    isMember: steps > 50,
    joined: steps * 86_400_000,
    nickname: steps === 7 ? null : 'walker',
    fatigue: random.normal(),
  };
};

const walkers = defineGenerator<ReturnType<typeof drawWalker>>({
  id: 'walkers',
  title: 'People who walk.',
  columns: [
    { name: 'steps', kind: 'number', unit: 'steps', meaning: 'Steps.' },
    { name: 'pace', kind: 'category', levels: ['fast', 'slow'], meaning: 'Pace.' },
    { name: 'isMember', kind: 'boolean', meaning: 'Is a member.' },
    { name: 'joined', kind: 'time', meaning: 'Joined.' },
    { name: 'nickname', kind: 'text', meaning: 'Nickname.' },
  ],
  draw: drawWalker,
  churnScore: ({ fatigue }) => 2 * fatigue,
  offerShift: ({ isMember }) => (isMember ? -1 : 0.5),
});

const size = { rows: 300, seed: 1, churnRate: 0.3 };
const { table, truth } = walkers.generate(size, createRandom(1));
const truthOf = (name: string): Float64Array =>
  (requireColumn('test', truth, name, 'number') as NumberColumn).values;

test('generator: the table holds the id, the described columns of their kinds and the target, nothing hidden', () => {
  assert.deepEqual(columnNames(table), [
    'customerId',
    'steps',
    'pace',
    'isMember',
    'joined',
    'nickname',
    'churned',
  ]);
  assert.deepEqual(
    table.columns.map(({ name, kind }) => [name, kind]),
    walkers.columns.map(({ name, kind }) => [name, kind]),
  );
  for (const about of walkers.columns) assert.ok(!('levels' in about) && about.meaning.length > 0);
});

test('generator: null becomes a missing value of the kind', () => {
  const steps = requireColumn('test', table, 'steps', 'number').values;
  assert.ok(steps.some(Number.isNaN) && steps.every((value) => Number.isNaN(value) || value >= 10));
});

test('generator: ids count from 1 and are the same in the truth', () => {
  const ids = requireColumn('test', table, 'customerId', 'text').values;
  assert.deepEqual([ids[0], ids[299]], ['C000001', 'C000300']);
  assert.equal(requireColumn('test', truth, 'customerId', 'text').values, ids);
});

test('generator: the mean churn probability is the rate, and outcomes follow their probabilities', () => {
  assert.ok(Math.abs(mean(truthOf('churnProbability')) - 0.3) < 1e-10);
  const many = walkers.generate({ ...size, rows: 20_000 }, createRandom(2));
  const { codes, levels } = requireColumn('test', many.table, generatedTarget.column, 'category');
  const probability = (requireColumn('test', many.truth, 'churnProbability', 'number') as NumberColumn)
    .values;
  assert.deepEqual(levels, ['no', 'yes']);
  for (const low of [0, 0.2, 0.4, 0.6, 0.8]) {
    const rows = [...probability.keys()].filter(
      (row) => probability[row]! >= low && probability[row]! < low + 0.2,
    );
    const share: number = rows.filter((row) => levels[codes[row]!] === 'yes').length / rows.length;
    const expected: number = mean(Float64Array.from(rows, (row) => probability[row]!));
    assert.ok(Math.abs(share - expected) < 2.5 / Math.sqrt(rows.length), `${share}, expected ${expected}`);
  }
});

test('generator: the offer lowers the probability where its shift is negative and raises it where positive', () => {
  const isMember = requireColumn('test', table, 'isMember', 'boolean').values;
  const before = truthOf('churnProbability');
  const after = truthOf('churnProbabilityWithOffer');
  truthOf('offerEffect').forEach((effect, row) => {
    assert.equal(effect, after[row]! - before[row]!);
    assert.ok(isMember[row] === 1 ? effect < 0 : effect > 0);
  });
});

test('generator: the first rows of a larger table are those of a smaller one, but for the outcome', () => {
  const larger = walkers.generate({ ...size, rows: 900 }, createRandom(1)).table;
  const same = takeRows(
    larger,
    Int32Array.from({ length: 300 }, (_, row) => row),
  );
  const features = columnNames(table).filter((name) => name !== generatedTarget.column);
  for (const name of features) {
    assert.ok(plainEqual(requireColumn('test', same, name), requireColumn('test', table, name)), name);
  }
});

test('generator: a higher rate makes more customers leave and keeps every one who left before', () => {
  const outcomes = (churnRate: number) =>
    requireColumn(
      'test',
      walkers.generate({ ...size, churnRate }, createRandom(1)).table,
      'churned',
      'category',
    ).codes;
  const few = outcomes(0.1);
  const many = outcomes(0.5);
  assert.ok(few.every((code, row) => code <= many[row]!));
  assert.ok(many.filter((code) => code === 1).length > few.filter((code) => code === 1).length);
});

test('generator: levels stay in the order in which reading a file would put them', () => {
  const pace = requireColumn('test', table, 'pace', 'category');
  assert.deepEqual(categoryColumn('x', pace.levels).levels, pace.levels);
});
