import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { candidateKey, type Trial } from '../search-method.ts';
import { candidateOf, searchSpace } from '../search-space.ts';
import { knownCatalogue } from '../testing/known-functions.ts';
import { guessCandidates } from './guess-candidates.ts';

const space = searchSpace({ recipe: { kind: ['a', 'b'], rate: 0.01, depth: [3, 4, 5] } }, knownCatalogue);
const tried = (values: { kind: string; depth: number }, mean: number, number: number): Trial => ({
  candidate: candidateOf(space[0]!, values),
  origin: 'drawn',
  share: 1,
  number,
  folds: [mean],
  outcome: 'whole',
  seconds: 0,
});

test('guess candidates: none that was tried, none twice, and none is left over', () => {
  const past = [tried({ kind: 'a', depth: 3 }, 1, 1), tried({ kind: 'b', depth: 5 }, 2, 2)];
  const guesses = guessCandidates(space, past, 9, 1, createRandom(1));
  const keys = [...past.map(({ candidate }) => candidate), ...guesses].map(candidateKey);
  assert.equal(new Set(keys).size, 6, 'two kinds and three depths');
  assert.equal(guesses.length, 4);
});

test('guess candidates: the same trials and stream give the same guesses, whatever was asked before', () => {
  const past = [tried({ kind: 'a', depth: 3 }, 1, 1)];
  const once = guessCandidates(space, past, 2, -1, createRandom(5));
  guessCandidates(space, past, 5, 1, createRandom(6));
  assert.deepEqual(guessCandidates(space, past, 2, -1, createRandom(5)), once);
});
