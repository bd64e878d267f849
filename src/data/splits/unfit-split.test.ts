import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Contract, dataSection } from '../contract.ts';
import { withEventColumns, withEventDefaults } from '../events/event-contract.ts';
import { type SplitSection, splitSection } from './section.ts';
import { unfitSplit } from './unfit-split.ts';

const plain: Contract = dataSection.parse({
  source: 'customers.csv',
  id: 'customer',
  target: { column: 'left', churned: 'yes' },
  columns: {
    household: { kind: 'category', use: 'none' },
    month: { kind: 'time', use: 'none' },
    plan: { kind: 'category' },
  },
});
const unfit = (split: object, contract = plain): string[] =>
  [...unfitSplit(splitSection.parse(split), contract)].map(
    ({ path, message }) => `${path.join('.')} ${message}`,
  );

test('unfit split: columns of the contract fit whatever their use, the id groups too', () => {
  for (const split of [
    {},
    { by: 'grouped', group: 'household' },
    { by: 'grouped', group: 'customer' },
    { by: 'time', time: 'month', group: 'household' },
  ])
    assert.deepEqual(unfit(split), []);
});

test('unfit split: a column that is not there is refused with the nearest, a time column must be of kind time', () => {
  assert.deepEqual(unfit({ by: 'grouped', group: 'houshold' }), [
    'split.group a column of data.columns (is it household?)',
  ]);
  assert.deepEqual(unfit({ by: 'time', time: 'plan' }), ['split.time a column of kind: time']);
  assert.deepEqual(unfit({ by: 'time', time: 'mnth' }), [
    'split.time a time column of data.columns (is it month?)',
  ]);
});

const log = { source: 'log.csv', customer: 'who', time: 'at', window: '90d', gap: '7d', horizon: '30d' };
const backTest = (split?: object): { contract: Contract; split: SplitSection } => {
  const events = { ...log, cutoffs: { last: '2024-06-01', count: 5 } };
  const project = withEventDefaults({ data: { events }, ...(split && { split }) });
  const { data, split: filled } = project as { data: object; split: object };
  return { contract: dataSection.parse(data), split: splitSection.parse(filled) };
};

test('unfit split: a back-test fills in how it is parted, and what is filled in fits', () => {
  const { contract, split } = backTest();
  assert.deepEqual(
    { ...split, seed: 0 },
    {
      ...{ test: 0.15, validation: 0.15, seed: 0 },
      ...{ by: 'time', time: 'cutoff', group: 'who', gap: '37d' },
      ...{ validationFrom: '2024-04-25', testFrom: '2024-06-01' },
    },
  );
  assert.deepEqual(unfit(split, contract), []);
  assert.equal(withEventColumns(contract).columns.cutoff!.use, 'none');
  assert.equal(backTest({ seed: 7 }).split.seed, 7);
  const grouped = backTest({ by: 'grouped', group: 'who' });
  assert.deepEqual(unfit(grouped.split, grouped.contract), []);
});

test('unfit split: a back-test refuses rows drawn at random, a gap below the label and another time', () => {
  const refused = (split: object): string[] => {
    const made = backTest(split);
    return unfit(made.split, made.contract).map((text) => text.split(' ')[0]!);
  };
  assert.deepEqual(refused({ by: 'stratified' }), ['split.by']);
  assert.deepEqual(refused({ by: 'grouped', group: 'trend' }), ['split.by']);
  assert.deepEqual(refused({ gap: '36d' }), ['split.gap']);
  assert.deepEqual(refused({ gap: '38d' }), []);
});

test('unfit split: one of cutoff and cutoffs is asked for, a horizon with cutoffs, and no customer table beside them', () => {
  const problem = (events: object, more: object = {}): string => {
    const project = { data: { events: { ...log, ...events }, ...more } };
    const parsed = dataSection.safeParse((withEventDefaults(project) as typeof project).data);
    return parsed.error!.issues[0]!.path.join('.');
  };
  const cutoffs = { last: '2024-06-01' };
  assert.equal(problem({}), 'events.cutoff');
  assert.equal(problem({ cutoff: '2024-06-01', cutoffs }), 'events.cutoff');
  assert.equal(
    problem({ cutoffs, horizon: undefined }, { target: { column: 'x', churned: true } }),
    'events.horizon',
  );
  const table = { source: 'customers.csv', id: 'who', columns: {} };
  assert.equal(problem({ cutoffs }, table), 'events.cutoffs');
});
