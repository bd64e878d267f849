import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainEqual } from '../../base/plain.ts';
import { createRandom, type Random } from '../../base/random.ts';
import { mean } from '../../math/sum.ts';
import { categoryColumn, type NumberColumn } from '../../table/column.ts';
import { columnNames, requireColumn, takeRows } from '../../table/table.ts';
import { defineGenerator } from './define-generator.ts';
import { generatedTarget } from './model.ts';
import { dayText, newestSnapshots, type Snapshot, snapshotMs } from './snapshot.ts';

const drawWalker = (random: Random, snapshot: Snapshot) => {
  const steps = random.integer(100);
  return {
    steps: steps < 10 ? null : steps,
    pace: steps % 2 === 0 ? 'slow' : 'fast',
    isMember: steps > 50,
    joined: snapshotMs(snapshot) - steps * 86_400_000,
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
  effects: [
    { name: 'fatigue', coefficient: 1.5, meaning: 'Tired.', of: ({ fatigue }) => fatigue },
    { name: 'member', coefficient: -0.5, meaning: 'Member.', of: ({ isMember }) => Number(isMember) },
  ],
  offers: [
    { id: 'shoes', meaning: 'New shoes.', shift: ({ isMember }) => (isMember ? -1 : 0.5) },
    { id: 'rest', meaning: 'A day off.', shift: ({ fatigue }) => -fatigue },
  ],
  drift: {
    population: 'joined',
    concept: { change: 'members tire too', shift: ({ isMember }) => (isMember ? 1 : 0) },
    missing: 'pace',
    unit: { column: 'joined', factor: 2, change: 'doubled' },
    level: { column: 'pace', from: 'slow', to: 'idle' },
  },
  events: { name: 'walk', unit: 'km', historyDays: 10, leavesAtOnce: true, monthWeight: () => 1 },
  productCategories: ['boots'],
  portrait: ({ joined, fatigue }) => ({
    startMs: joined,
    satisfaction: -fatigue,
    engagement: 0,
    priceSensitivity: 0,
    topics: { price: 1 },
    activity: {
      spanDays: 1,
      count: 0,
      totalHundredths: 0,
      newestDays: null,
      oldestDays: null,
      dailyBefore: 0,
      dailyAfter: 0,
    },
  }),
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

test('generator: a person is the customer of the row: outcome, risk, offers and effects agree with table and truth', () => {
  const { people } = walkers.generate(size, createRandom(1));
  const { codes, levels } = requireColumn('test', table, generatedTarget.column, 'category');
  const isMember = requireColumn('test', table, 'isMember', 'boolean').values;
  for (let row = 0; row < people.rowCount; row++) {
    const person = people.at(row);
    assert.equal(person.id, `C${String(row + 1).padStart(6, '0')}`);
    assert.equal(person.churnProbability, truthOf('churnProbability')[row]);
    assert.equal(person.churnProbabilityWith[0], truthOf('churnProbabilityWithOffer')[row]);
    assert.equal(person.luck < person.churnProbability, levels[codes[row]!] === 'yes');
    assert.equal(person.effects[1], isMember[row]);
    assert.equal(person.satisfaction, -person.effects[0]!);
  }
});

test('generator: with several snapshots customers are spread over them evenly, as old as they would be', () => {
  const spread = walkers.generate({ ...size, rows: 4000, snapshots: 4 }, createRandom(1)).table;
  const days = requireColumn('test', spread, 'snapshotDate', 'time').values;
  const joined = requireColumn('test', spread, 'joined', 'time').values;
  const once = walkers.generate({ ...size, rows: 4000 }, createRandom(1)).table;
  const joinedOnce = requireColumn('test', once, 'joined', 'time').values;
  assert.deepEqual(columnNames(spread).slice(0, 2), ['customerId', 'snapshotDate']);
  const ends = newestSnapshots(4).map(snapshotMs);
  for (const end of ends) {
    const count = days.filter((day) => day === end).length;
    // Five standard deviations of a binomial count.
    assert.ok(Math.abs(count - 1000) < 5 * Math.sqrt(750), `${dayText(end)} ${count}`);
  }
  joined.forEach((at, row) => {
    assert.equal(days[row]! - at, ends.at(-1)! - joinedOnce[row]!);
  });
});
