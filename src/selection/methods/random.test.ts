import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { knownAsk, runMethod } from '../testing/known-functions.ts';
import { random } from './random.ts';

const ask = knownAsk({ recipe: { kind: ['b', 'c'], depth: 6 } }, 40, createRandom(3));

test('random: a list is drawn from, a single value stays, a parameter left out comes from its range', () => {
  const params = runMethod(random, ask, () => 1).map(
    ({ candidate }) => candidate.params as { kind: string; rate: number; depth: number },
  );
  assert.equal(params.length, 40);
  assert.deepEqual([...new Set(params.map(({ kind }) => kind))].sort(), ['b', 'c']);
  assert.ok(params.every(({ depth }) => depth === 6));
  // Half of the draws from 1e-5 to 1 by logarithm lie below 0.003.
  const small = params.filter(({ rate }) => rate < 10 ** -2.5).length;
  assert.ok(small >= 10 && small <= 30, `${small} of 40`);
});

test('random: hopeless trials end early unless that is refused; what is drawn does not depend on it', () => {
  assert.deepEqual([random.endsBy(undefined), random.endsBy(false)], [['behind'], []]);
  const inRounds = runMethod(random, { ...ask, endsEarly: true }, () => 1);
  assert.deepEqual(
    inRounds,
    runMethod(random, ask, () => 1),
  );
  assert.equal(random.next([], { ...ask, endsEarly: true }).length, 8);
});
