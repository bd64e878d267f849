import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError } from '../base/errors.ts';
import type { CommandCall } from './command.ts';
import { shareOption } from './parse-share.ts';

const parsed = (weight?: string) => shareOption({ options: { weight } } as unknown as CommandCall, 'weight');

test('a share is a number up to 1 or a percentage; a number above 1 is not guessed to be one', () => {
  for (const [text, share] of [
    ['10%', 0.1],
    ['10 %', 0.1],
    ['0.1', 0.1],
    ['.5', 0.5],
    ['2.5%', 0.025],
    ['100%', 1],
    ['0', 0],
  ] as const)
    assert.equal(parsed(text), share, text);
  assert.equal(parsed(undefined), undefined);
  for (const text of ['10', '', '%', '-1%', '1e-1', '101%', '0,1', 'half', '10%%'])
    assert.throws(
      () => parsed(text),
      (error: unknown) =>
        error instanceof HoldfastError &&
        error.code === 'usage.argument' &&
        /--weight .* such as 10% or 0\.1/.test(error.message),
      text,
    );
});
