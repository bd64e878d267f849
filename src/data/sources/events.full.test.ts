import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCustomers } from './events.ts';
import {
  backTest,
  backTestLine,
  contractOf,
  file,
  header,
  make,
  others,
  refused,
  steady,
} from './testing/made-events.ts';

test('events: recency, tenure, frequency, intervals, trend and money of one customer, worked by hand', async () => {
  const lines = [
    'at,who,price,pieces,basket',
    // The window is [2024-01-21, 2024-03-01), its halves part on 2024-02-10, its last quarter begins 2024-02-20.
    '2024-01-21T12:00:00,ann,2,3,a',
    '2024-01-21T12:00:00,ann,1.5,2,a',
    '2024-02-01,ann,,1,b',
    '2024-02-20,ann,-4,1,c',
    '2024-02-28T18:00:00Z,ann,10,1,d',
    '2024-03-05,ann,99,1,e',
    '2024-02-05,bob,1,1,f',
  ];
  const events = { value: 'price', quantity: 'pieces', order: 'basket' };
  const { rows } = await make(lines, contractOf(events));
  assert.deepEqual(rows[0], {
    id: 'ann',
    recency_days: 1.25,
    tenure_days: 39.5,
    frequency: 4,
    events: 5,
    interval_mean_days: 38 / 3,
    recency_to_interval: 1.25 / (38 / 3),
    frequency_newer_half: 2,
    frequency_last_quarter: 2,
    trend: 0,
    monetary_sum: 15,
    monetary_mean: 3.75,
    monetary_last_quarter: 6,
    churned: 0,
  });
  assert.deepEqual([rows[1]!.interval_mean_days, rows[1]!.trend, rows[1]!.churned], [null, -1, 1]);
});

test('events: at each boundary an event falls where half-open says', async () => {
  const lines = [
    header,
    ...others,
    'window-start,2024-01-21',
    'before-window,2024-01-20T23:59:59.999',
    'at-cutoff,2024-03-01',
    'last-moment,2024-02-29T23:59:59.999',
    'gap-end,2024-02-01',
    'gap-end,2024-03-08',
    'in-gap,2024-02-01',
    'in-gap,2024-03-07T23:59:59.999',
    'horizon-end,2024-02-01',
    'horizon-end,2024-03-18',
    'horizon-last,2024-02-01',
    'horizon-last,2024-03-17T23:59:59.999',
  ];
  const { rows } = await make(lines, contractOf({ gap: '7d' }));
  const churned = Object.fromEntries(rows.map(({ id, churned: label }) => [id, label]));
  assert.deepEqual(churned, {
    'gap-end': 0,
    'horizon-end': 1,
    'horizon-last': 0,
    'in-gap': 1,
    'last-moment': 1,
    leave: 1,
    stay: 1,
    'window-start': 1,
  });
  assert.equal(rows.find(({ id }) => id === 'window-start')!.tenure_days, 40);
});

test('events: what other tools write for nobody names no customer and no order', async () => {
  const lines = [
    'who,at,basket',
    'stay,2024-02-01,NA',
    'stay,2024-02-01,NA',
    'stay,2024-02-02,null',
    'stay,2024-03-05,a',
  ];
  lines.push('leave,2024-02-01,b', 'NA,2024-02-01,c', 'null,2024-02-01,c', 'None,2024-03-05,c');
  const { rows, notes } = await make(lines, contractOf({ order: 'basket' }));
  assert.deepEqual(
    rows.map(({ id, frequency }) => [id, frequency]),
    [
      ['leave', 1],
      ['stay', 2],
    ],
  );
  assert.ok(notes.includes('log.csv: 3 of 8 rows without a customer or a time, left out'), notes.join('\n'));
});

test('events: a few events months behind all others do not make the log look longer than it is', async () => {
  const daily = Array.from({ length: 1200 }, (_, i) => {
    const day = new Date(Date.UTC(2024, 0, 1 + (i % 80))).toISOString().slice(0, 10);
    return `c${i % 40},${day}`;
  });
  const lines = [header, ...daily, 'c1,2024-06-15'];
  const open = contractOf({ until: undefined, horizon: '30d' });
  await refused(
    make(lines, open),
    'events.horizon',
    /complete up to 2024-03-21;.*1 event lies after 2024-03-20, the newest on 2024-06-15.*data\.events\.until/,
  );
  const latest = await make(lines, open, { label: false, cutoff: 'latest' });
  assert.equal(latest.cutoff, '2024-03-21');
  assert.ok(latest.notes.some((note) => note.includes('1 event lies after 2024-03-20')));
});

test('events: what became known at the cutoff or later makes no feature, but counts for the label', async () => {
  const lines = [
    'who,at,booked',
    'a,2024-02-01,2024-02-02',
    'a,2024-02-20,2024-03-01',
    'a,2024-02-21,',
    'a,2024-03-02,2024-06-01',
    'b,2024-02-20,2024-03-04',
    'c,2024-02-20,2024-02-29T23:59:59',
  ];
  const { rows, notes } = await make(lines, contractOf({ knownAt: 'booked' }));
  const shown = rows.map(({ id, events, recency_days, churned }) => [id, events, recency_days, churned]);
  assert.deepEqual(shown, [
    ['a', 1, 29, 0],
    ['c', 1, 10, 1],
  ]);
  assert.ok(notes.includes('log.csv: rows without a known-at time make no feature'));
});

test('events: rows without a customer or a time are left out and counted', async () => {
  const { rows, notes } = await make([header, ...others, ',2024-02-01', 'x,']);
  assert.deepEqual(
    rows.map(({ id }) => id),
    ['leave', 'stay'],
  );
  assert.ok(notes.includes('log.csv: 2 of 5 rows without a customer or a time, left out'));
});

test('events: a horizon beyond the end of the log is refused with the newest cutoff that fits', async () => {
  const contract = contractOf({ until: undefined });
  await refused(
    make([header, ...others], contract),
    'events.horizon',
    /ends 2024-03-11.*up to 2024-03-06.*2024-02-25/,
  );
  const { rows } = await make([header, ...others, 'x,2024-03-10T01:00:00'], contract);
  assert.equal(rows.length, 2);
});

test('events: times that cannot be read, no row with a time, a silent window are refused', async () => {
  await refused(
    make([header, ...others, 'x,soon']),
    'events.log',
    /at cannot be read in 1 of 4 rows, first at row 4/,
  );
  await refused(make([header, ',', 'x,']), 'events.log', /none of 2 rows/);
  await refused(
    make([header, 'x,2023-01-01', 'x,2024-03-30']),
    'events.log',
    /no customer has an event in the 40d/,
  );
});

test('events: without a label the cutoff can be the end of the log, and nothing is churned', async () => {
  const { rows, cutoff } = await make([header, ...others], contractOf(), { label: false, cutoff: 'latest' });
  assert.equal(cutoff, '2024-03-06');
  assert.deepEqual(
    rows.map(({ id, recency_days, churned }) => [id, recency_days, churned]),
    [
      ['leave', 34, undefined],
      ['stay', 1, undefined],
    ],
  );
});

test('events: the hash is of log and cutoff', async () => {
  const lines = [header, ...others];
  const [one, same, later] = [
    await make(lines),
    await make(lines),
    await make(lines, contractOf(), { label: true, cutoff: '2024-03-02' }),
  ];
  assert.equal(one.hash, same.hash);
  assert.notEqual(one.hash, later.hash);
});

const customers = (events: object, target?: object) =>
  contractOf(events, {
    source: 'customers.csv',
    id: 'id',
    ...(target && { target }),
    columns: { plan: { kind: 'category' } },
  });

test('events: a customer table keeps its order; with a horizon only the active, without one all of it', async () => {
  file('log.csv', [header, ...others]);
  file('calls.csv', ['caller,day', 'stay,2024-02-28', 'stay,2024-02-20', 'nobody,2024-02-28']);
  const calls = { name: 'calls', source: 'calls.csv', customer: 'caller', time: 'day', window: '5d' };
  const table = ['id,plan,left', 'stay,gold,no', 'gone,gold,yes', 'leave,basic,yes'];
  const active = await make(table, customers({ more: [calls] }));
  assert.deepEqual(
    active.rows.map((row) => [
      row.id,
      row.plan,
      row.recency_days,
      row.calls_events,
      row.calls_recency_days,
      row.churned,
    ]),
    [
      ['stay', 'gold', 29, 1, 2, 0],
      ['leave', 'basic', 29, 0, null, 1],
    ],
  );
  assert.ok(
    active.notes.some((note) => note.startsWith('1 customer of the table without an event in the 40d')),
  );
  const ownTarget = customers({ horizon: undefined }, { column: 'left', churned: 'yes' });
  const all = await make(table, ownTarget);
  assert.deepEqual(
    all.rows.map((row) => [row.id, row.frequency, row.recency_days, row.churned]),
    [
      ['stay', 1, 29, 0],
      ['gone', 0, null, 1],
      ['leave', 1, 29, 1],
    ],
  );
});

test('events: a made column with the name of a column of the table is refused', async () => {
  file('log.csv', [header, ...others]);
  await refused(
    make(['id,plan,trend', 'stay,gold,1'], customers({})),
    'data.header',
    /a column named trend is there already/,
  );
});

test('events: a plain table has no cutoff to choose', async () => {
  const { events, ...plain } = contractOf();
  const path = file('plain.csv', ['who,churned', 'a,true']);
  await refused(
    openCustomers(path, plain, { label: false, cutoff: '2024-01-01' }),
    'usage.argument',
    /no data.events/,
  );
  const source = await openCustomers(path, plain, { label: false, cutoff: 'latest' });
  assert.equal(source.cutoff, null);
  await source.close();
});

test('events: a back-test has a row for each customer and cutoff, the oldest cutoff first, each with its own label', async () => {
  const lines = [
    'who,at,price',
    ...steady,
    // The cutoffs are 2024-03-01, 10 days before it 02-20, 10 before that 02-10, then 02-03 and 01-27.
    backTestLine('once', '2024-02-09'),
    backTestLine('once', '2024-02-19'),
  ];
  const { rows, notes, cutoff } = await make(lines, backTest);
  const shown = rows
    .filter(({ id }) => id === 'once')
    .map(({ recency_days, events, churned }) => [recency_days, events, churned]);
  assert.deepEqual(shown, [
    [1, 1, 0],
    [1, 2, 1],
    [11, 1, 1],
  ]);
  assert.deepEqual(
    rows.map(({ id }) => id),
    ['steady', 'steady', 'once', 'steady', 'once', 'steady', 'once', 'steady'],
  );
  assert.equal(cutoff, '2024-03-01');
  assert.ok(
    notes.includes(
      'a row for each customer and cutoff: 2024-01-27, 2024-02-03, 2024-02-10, 2024-02-20, 2024-03-01',
    ),
    notes.join('; '),
  );
});

test('events: cutoffs whose window would begin before the log are left out and told; without one to learn from it is refused', async () => {
  const late = steady.filter((line) => line.split(',')[1]! >= '2024-01-12');
  const { notes, rows } = await make(
    ['who,at,price', ...late, backTestLine('z', '2024-02-29T00:00:00.000Z')],
    backTest,
  );
  assert.equal(rows.length, 5);
  assert.ok(
    notes.some((note) => note.startsWith('1 earlier cutoff of 5 left out')),
    notes.join('; '),
  );
  const later = steady.filter((line) => line.split(',')[1]! >= '2024-02-01');
  await refused(
    make(['who,at,price', ...later], backTest),
    'param.value',
    /last must be at least 40 days after/,
  );
});

test('events: a back-test is scored at one moment like any other', async () => {
  const { rows, cutoff } = await make(['who,at,price', ...steady], backTest, {
    label: false,
    cutoff: 'latest',
  });
  assert.deepEqual([rows.length, cutoff], [1, '2024-04-27']);
});
