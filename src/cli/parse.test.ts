import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HoldfastError } from '../base/errors.ts';
import { type CommandCall, requiredArg, textOption } from './command.ts';
import { createOutput } from './output.ts';
import { choiceOption, dayOption, numberOption, scalarOf } from './parse.ts';

const nowhere = { write: () => {} };
const callWith = (options: Record<string, unknown>, args: (string | undefined)[] = []): CommandCall => ({
  args,
  options,
  output: createOutput({ stdout: nowhere, stderr: nowhere }, { json: false, quiet: true }, () => 0),
  signal: new AbortController().signal,
});

const refusal = (run: () => unknown): { code: string; message: string; fields: unknown } => {
  try {
    run();
  } catch (error) {
    const { code, message, fields } = error as HoldfastError;
    return { code, message, fields };
  }
  return assert.fail('was accepted');
};

test('number: read as given, undefined when not given', () => {
  const bounds = { min: 0, max: 10, whole: true };
  assert.equal(numberOption(callWith({ rows: '7' }), 'rows', bounds), 7);
  assert.equal(numberOption(callWith({ rows: ' 7 ' }), 'rows', bounds), 7);
  assert.equal(numberOption(callWith({}), 'rows', bounds), undefined);
  assert.equal(numberOption(callWith({ rows: '0.5' }), 'rows', { ...bounds, whole: false }), 0.5);
});

test('number: what is no number, no whole number or out of bounds is wrong use, named as it was typed', () => {
  for (const text of ['', ' ', 'abc', '1.5', '-1', '11', 'NaN', 'Infinity', '1e400', '7 8']) {
    const { code, message, fields } = refusal(() =>
      numberOption(callWith({ churnRate: text }), 'churnRate', { min: 0, max: 10, whole: true }),
    );
    assert.equal(code, 'usage.argument', text);
    assert.ok(message.startsWith('--churn-rate must be a whole number from 0 to 10, got'), message);
    assert.deepEqual(fields, { option: 'churn-rate' });
  }
});

test('choice: one of the words, undefined when not given, anything else is wrong use', () => {
  assert.equal(choiceOption(callWith({ failOn: 'rejected' }), 'failOn', ['rejected']), 'rejected');
  assert.equal(choiceOption(callWith({}), 'failOn', ['rejected']), undefined);
  const { code, message } = refusal(() =>
    choiceOption(callWith({ failOn: 'Rejected' }), 'failOn', ['rejected']),
  );
  assert.deepEqual([code, message], ['usage.argument', '--fail-on must be one of rejected, got Rejected']);
});

test('scalar: a value has the type that JSON would give it, and no other', () => {
  for (const [text, value] of [
    ['1', 1],
    ['-0.5', -0.5],
    ['true', true],
    ['false', false],
    ['Yes', 'Yes'],
    ['01', '01'],
    ['1e3', '1e3'],
    [' 1', ' 1'],
    ['', ''],
    ['NaN', 'NaN'],
  ] as const)
    assert.equal(scalarOf(text), value, text);
});

test('argument and option: a missing one is undefined or a defect, never a guess', () => {
  assert.equal(requiredArg(callWith({}, ['a.csv']), 0), 'a.csv');
  assert.throws(() => requiredArg(callWith({}), 0), TypeError);
  assert.equal(textOption(callWith({ out: 'x' }), 'out'), 'x');
  assert.equal(textOption(callWith({ out: true }), 'out'), undefined);
});

test('day: a day of the calendar as given; another form and a day that no month has are wrong use', () => {
  assert.equal(dayOption(callWith({ cutoff: '2024-02-29' }), 'cutoff'), '2024-02-29');
  assert.equal(dayOption(callWith({}), 'cutoff'), undefined);
  for (const cutoff of ['2023-02-29', '2024-2-1', 'today', ''])
    assert.equal(refusal(() => dayOption(callWith({ cutoff }), 'cutoff')).code, 'usage.argument');
});
