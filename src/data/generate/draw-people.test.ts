import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, type Random } from '../../base/random.ts';
import { drawPeople } from './draw-people.ts';
import type { DriftDefinition, DriftPlan } from './drift/definition.ts';
import type { CustomerModel } from './model.ts';
import { dayText, newestSnapshots, type Snapshot, snapshotMs } from './snapshot.ts';

const draw = (random: Random, { month }: Snapshot) => ({ size: random.integer(1000), month });
type Box = ReturnType<typeof draw>;

const boxes: CustomerModel<Box> = {
  id: 'boxes',
  title: 'Boxes.',
  columns: [{ name: 'size', kind: 'number', meaning: 'Size.' }],
  draw,
  effects: [{ name: 'size', coefficient: -0.002, meaning: 'Size.', of: ({ size }) => size }],
  offers: [{ id: 'ribbon', meaning: 'A ribbon.', shift: ({ size }) => size / 1000 }],
  drift: {
    population: 'size',
    concept: { change: 'size matters no more', shift: ({ size }) => 0.002 * size },
    missing: 'size',
    unit: { column: 'size', factor: 10, change: 'millimetres' },
    level: { column: 'size', from: 'a', to: 'b' },
  },
  events: { name: 'move', unit: 'm', historyDays: 1, leavesAtOnce: true, monthWeight: () => 1 },
  productCategories: ['tape'],
  portrait: () => assert.fail('nobody asks'),
};

const months = newestSnapshots(4);
const definition = (isGradual: boolean): DriftDefinition => ({
  id: 'test',
  title: 'A test.',
  isGradual,
  plan: () => plan,
});
const plan: DriftPlan = { column: null, change: 'none', measure: 'mean' };
const order = (isGradual: boolean, size = 0.8) => ({
  definition: definition(isGradual),
  fromMs: snapshotMs(months[1]!),
  size,
});

function drawn(more: { drift?: ReturnType<typeof order>; plan?: DriftPlan; snapshots?: number } = {}) {
  const seen: Box[] = [];
  const people = drawPeople(
    boxes,
    { rows: 400, seed: 1, churnRate: 0.3, snapshots: more.snapshots ?? 4, drift: more.drift },
    more.plan ?? null,
    createRandom(1),
    (row, box) => {
      seen[row] = box;
    },
  );
  return { people, seen };
}

test('draw people: whoever was recorded last is drawn again when asked for', () => {
  const stranger: DriftPlan = { ...plan, choose: (_candidates, _size, random) => random.integer(3) };
  for (const one of [drawn(), drawn({ drift: order(false), plan: stranger })])
    one.seen.forEach((box, row) => {
      assert.deepEqual(one.people.customerAt(row), box);
    });
});

test('draw people: a stranger stands in drifted rows alone, with the log-odds and luck of a stranger', () => {
  const stranger: DriftPlan = { ...plan, choose: () => 1 };
  const calm = drawn();
  const { people, seen } = drawn({ drift: order(false), plan: stranger });
  const intercept = calm.people.logOdds[0]! + 0.002 * calm.seen[0]!.size;
  let changed = 0;
  seen.forEach((box, row) => {
    const isDrifted = snapshotMs(people.snapshotAt(row)) >= snapshotMs(months[1]!);
    assert.equal(box.month, people.snapshotAt(row).month);
    assert.ok(Math.abs(people.logOdds[row]! - (intercept - 0.002 * box.size)) < 1e-12);
    assert.equal(people.offerShift[row], box.size / 1000);
    assert.equal(people.luck[row] !== calm.people.luck[row], isDrifted);
    if (isDrifted) changed++;
    else assert.deepEqual(box, calm.seen[row]);
  });
  assert.ok(changed > 250 && changed < 350, `${changed}`);
});

test('draw people: a sudden drift has its size from its first day on, a gradual one grows day by day to it', () => {
  const sizes = (isGradual: boolean): Record<string, number> => {
    const { people } = drawn({ drift: order(isGradual), plan });
    return Object.fromEntries(
      [...people.driftSize].map((size, row) => [dayText(snapshotMs(people.snapshotAt(row))), size]),
    );
  };
  const whole = 0.8;
  assert.deepEqual(sizes(false), {
    '2026-03-31': 0,
    '2026-04-30': whole,
    '2026-05-31': whole,
    '2026-06-30': whole,
  });
  // 31 of 61 days.
  assert.deepEqual(sizes(true), {
    '2026-03-31': 0,
    '2026-04-30': 0,
    '2026-05-31': (whole * 31) / 61,
    '2026-06-30': whole,
  });
});

test('draw people: the risk of those chosen is added, and nobody who left stays by it', () => {
  const calm = drawn();
  const { people } = drawn({ drift: order(false, 1), plan: { ...plan, riskOfChosen: (size) => 2 * size } });
  const leaves = (one: typeof people, row: number): boolean =>
    one.luck[row]! < 1 / (1 + Math.exp(-one.logOdds[row]!));
  for (let row = 0; row < 400; row++) {
    const added = people.driftSize[row]! > 0 ? 2 : 0;
    assert.ok(Math.abs(people.logOdds[row]! - calm.people.logOdds[row]! - added) < 1e-12);
    assert.equal(leaves(people, row), leaves(calm.people, row));
    assert.ok(people.luck[row]! >= 0 && people.luck[row]! < 1);
  }
});

test('draw people: a change of concept takes the effect away and holds the mean risk of the whole table', () => {
  const { people } = drawn({ drift: order(false, 1), plan: { ...plan, changesConcept: true } });
  const drifted = [...people.logOdds].filter((_, row) => people.driftSize[row]! > 0);
  // Without its only cause every drifted row has the rate: log(0.3 / 0.7).
  for (const logOdds of drifted) assert.ok(Math.abs(logOdds - Math.log(0.3 / 0.7)) < 1e-9);
});
