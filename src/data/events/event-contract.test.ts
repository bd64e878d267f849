import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataSection } from '../contract.ts';
import { customersFromLog, withEventColumns, withEventDefaults } from './event-contract.ts';

const events = {
  source: 'log.csv',
  customer: 'who',
  time: 'at',
  cutoff: '2024-06-01',
  window: '90d',
  horizon: '30d',
};
const parse = (data: object) =>
  dataSection.safeParse((withEventDefaults({ data }) as { data: unknown }).data);
const problem = (data: object): string => parse(data).error!.issues[0]!.path.join('.');

test('event contract: a log alone gives source, id and target', () => {
  const contract = parse({ events }).data!;
  assert.equal(contract.source, 'log.csv');
  assert.equal(contract.id, 'who');
  assert.deepEqual(contract.target, { column: 'churned', churned: true });
  assert.ok(customersFromLog(contract));
});

test('event contract: what is written by hand stands, a project without events stays the same value', () => {
  const written = {
    source: 'customers.csv',
    id: 'id',
    target: { column: 'left', churned: 'yes' },
    columns: {},
  };
  const { horizon, ...features } = events;
  const contract = parse({ ...written, events: features }).data!;
  assert.deepEqual(
    { source: contract.source, id: contract.id, target: contract.target, columns: {} },
    written,
  );
  assert.ok(!customersFromLog(contract));
  const plain = { data: written };
  assert.equal(withEventDefaults(plain), plain);
  assert.equal(withEventDefaults(null), null);
});

test('event contract: every made column is a number with bounds from its meaning; a rule by hand goes before', () => {
  const mine = { trend: { kind: 'number', nullable: true, use: 'none' } };
  const more = [{ ...events, name: 'calls', cutoff: undefined, horizon: undefined }].map(
    ({ cutoff: _cutoff, horizon: _horizon, ...log }) => log,
  );
  const { columns } = withEventColumns(
    parse({ columns: mine, events: { ...events, value: 'price', more } }).data!,
  );
  assert.deepEqual(
    { kind: columns.recency_days!.kind, min: columns.recency_days!.min, unit: columns.recency_days!.unit },
    { kind: 'number', min: 0, unit: 'days' },
  );
  assert.equal(columns.monetary_sum!.min, undefined);
  assert.equal(columns.trend!.use, 'none');
  assert.ok(columns.calls_frequency && !columns.calls_monetary_sum);
  assert.ok(Object.values(columns).every(({ kind, nullable }) => kind === 'number' && nullable));
});

test('event contract: what cannot go together is refused by its key', () => {
  const { horizon, ...features } = events;
  assert.equal(
    problem({ source: 'log.csv', id: 'who', target: { column: 'x', churned: 1 }, events: features }),
    'events.horizon',
  );
  assert.equal(problem({ source: 'customers.csv', events }), 'id');
  assert.equal(problem({ target: { column: 'churned', churned: 'yes' }, events }), 'target.churned');
  assert.equal(problem({ events: { ...events, window: '3 months' } }), 'events.window');
  assert.equal(problem({ events: { ...events, horizon: '0d' } }), 'events.horizon');
  assert.equal(problem({ events: { ...events, quantity: 'n' } }), 'events.quantity');
  assert.equal(problem({ events: { ...events, knownAt: 'at' } }), 'events.knownAt');
  const twice = { name: 'a', source: 'b.csv', customer: 'who', time: 'at' };
  assert.equal(problem({ events: { ...events, more: [twice, twice] } }), 'events.more.1.name');
});
