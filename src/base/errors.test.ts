import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DataError,
  type ErrorCode,
  errorCatalogue,
  errorKinds,
  exitCode,
  HoldfastError,
  NotFoundError,
  ParamError,
} from './errors.ts';

const codes = Object.keys(errorCatalogue) as ErrorCode[];

test('errors: every code is area.what in lower case, of a known kind, with two sentences', () => {
  for (const code of codes) {
    const { kind, meaning, next } = errorCatalogue[code];
    assert.match(code, /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/, code);
    assert.ok(kind in errorKinds, code);
    for (const sentence of [meaning, next]) {
      assert.match(sentence, /^[A-Z`].+[.]$/, `${code}: ${sentence}`);
      assert.ok(sentence.length < 160, `${code} is long-winded`);
    }
  }
});

test('errors: no two codes say the same', () => {
  assert.equal(new Set(codes.map((code) => errorCatalogue[code].meaning)).size, codes.length);
});

test('errors: every kind has an HTTP status of a failure and an exit code of a failure', () => {
  for (const [kind, { status, exit, about }] of Object.entries(errorKinds)) {
    assert.ok(status >= 400 && status < 600, kind);
    assert.ok(Object.values(exitCode).includes(exit) && (exit as number) !== exitCode.done, kind);
    assert.ok(about.length > 0, kind);
  }
});

test('errors: exit codes are the four that scripts rely on', () => {
  assert.deepEqual(exitCode, { done: 0, failed: 1, wrongUse: 2, answerIsNo: 3 });
});

test('errors: an error carries code, kind, status, exit, fields and cause', () => {
  const cause = new Error('no such file');
  const error = new NotFoundError(
    'data.not-found',
    'data: a.csv is not there; check the path',
    { path: 'a.csv' },
    { cause },
  );
  assert.ok(error instanceof HoldfastError && error instanceof Error);
  assert.equal(error.code, 'data.not-found');
  assert.equal(error.kind, 'NotFoundError');
  assert.equal(error.name, 'NotFoundError');
  assert.equal(error.status, 404);
  assert.equal(error.exit, exitCode.failed);
  assert.deepEqual(error.fields, { path: 'a.csv' });
  assert.equal(error.cause, cause);
  assert.equal(error.message, 'data: a.csv is not there; check the path');
});

test('errors: kind and name follow from the code, whatever class made the error', () => {
  assert.equal(new ParamError('param.value', 'x: y').kind, 'ParamError');
  assert.equal(new HoldfastError('param.value', 'x: y').name, 'ParamError');
});

test('errors: a class refuses the codes of another at compile time', () => {
  // @ts-expect-error param.value is no code of DataError
  assert.equal(new DataError('param.value', 'x: y').kind, 'ParamError');
});
