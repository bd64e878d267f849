import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Note } from '../../learn/context.ts';
import type { SearchedTrial } from '../../selection/open-trial.ts';
import { noteEnd } from './note-search.ts';

const trials = (['whole', 'whole', 'behind', 'median', 'cut'] as const).map(
  (outcome) => ({ outcome }) as SearchedTrial,
);
function notesOf(isCut: boolean, share: number, isTrimmed = false): string[] {
  const notes: Note[] = [];
  noteEnd({ trials, isCut, most: 30, resumed: 0 }, { share, isTrimmed }, '90s', notes);
  return notes.map(({ code, message }) => `${code}: ${message}`);
}

test('note search: nothing of one that came to its end on all rows', () => {
  assert.deepEqual(notesOf(false, 1), []);
});

test('note search: candidates that diverged are told by model, with advice', () => {
  const notes: Note[] = [];
  const wild = ['mlp', 'mlp', 'bagging'].map(
    (id) => ({ outcome: 'diverged', candidate: { id } }) as SearchedTrial,
  );
  noteEnd(
    { trials: [...trials, ...wild], isCut: false, most: 8, resumed: 0 },
    { share: 1, isTrimmed: false },
    undefined,
    notes,
  );
  assert.deepEqual(
    notes.map(({ code, message }) => `${code}: ${message}`),
    [
      'search.diverged: 3 candidates grew beyond all bounds and could not be chosen (mlp, bagging); bring the columns to one scale or lower learningRate',
    ],
  );
});

test('note search: a cut one says how far it came, and one that chose on a share of the rows says so', () => {
  assert.deepEqual(notesOf(true, 0.025), [
    'search.on-share: candidates were compared, and the chosen one once more, on 2.5% of the rows of each fold, as far as the budget of 90s reached; the model has learned from all',
    'search.cut: the search stopped at its budget of 90s after 2 of 30 candidates, and 2 that ended early',
  ]);
});

test('note search: an ensemble that the budget made smaller is a cut one too', () => {
  assert.deepEqual(notesOf(false, 1, true), [
    'search.cut: the budget of 90s left no time for a larger ensemble: it was chosen among what could still be fitted',
  ]);
  assert.equal(notesOf(true, 1, true).length, 1);
});
