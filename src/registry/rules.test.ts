import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError } from '../base/errors.ts';
import { asksFourEyes } from './rules.ts';

test('HOLDFAST_FOUR_EYES: true and false in the usual words, unset is false', () => {
  for (const word of ['1', 'true', 'YES'])
    assert.equal(asksFourEyes({ HOLDFAST_FOUR_EYES: word }), true, word);
  for (const word of ['', '0', 'False', 'no'])
    assert.equal(asksFourEyes({ HOLDFAST_FOUR_EYES: word }), false);
  assert.equal(asksFourEyes({}), false);
});

test('HOLDFAST_FOUR_EYES: another word is refused: a misspelt yes must not mean no', () => {
  assert.throws(
    () => asksFourEyes({ HOLDFAST_FOUR_EYES: 'ture' }),
    (error) => error instanceof HoldfastError && error.code === 'usage.argument',
  );
});
