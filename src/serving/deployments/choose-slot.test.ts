import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseSlot } from './choose-slot.ts';

const ids = Array.from({ length: 20_000 }, (_, i) => `customer-${i}`);
const canaries = (modelId: string, share: number): string[] =>
  ids.filter((id) => chooseSlot({ modelId, share }, id, () => assert.fail('drawn')) === 'canary');

test('choose slot: without a canary everybody is answered by live', () => {
  assert.equal(
    chooseSlot(null, 'a', () => 0),
    'live',
  );
});

test('choose slot: the share of the customers is the share asked for, within five standard errors', () => {
  for (const share of [0.01, 0.1, 0.5, 0.9]) {
    const error = 5 * Math.sqrt((share * (1 - share)) / ids.length);
    assert.ok(Math.abs(canaries('model-a', share).length / ids.length - share) < error, String(share));
  }
});

test('choose slot: a customer keeps the slot, also when the share grows; another canary draws others', () => {
  const few = new Set(canaries('model-a', 0.1));
  assert.deepEqual(canaries('model-a', 0.1), [...few]);
  const more = new Set(canaries('model-a', 0.3));
  for (const id of few) assert.ok(more.has(id));
  const others = canaries('model-b', 0.1).filter((id) => few.has(id)).length;
  assert.ok(others < 0.03 * ids.length && others > 0, String(others));
});

test('choose slot: a customer without an id is drawn', () => {
  const canary = { modelId: 'm', share: 0.25 };
  assert.equal(
    chooseSlot(canary, null, () => 0.2499),
    'canary',
  );
  assert.equal(
    chooseSlot(canary, null, () => 0.25),
    'live',
  );
});
