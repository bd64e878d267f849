import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCatalogue, errorKinds, HoldfastError } from '../base/errors.ts';
import { failureJson, failureOf, failureText } from './failure.ts';

test('failure: a coded error keeps code, sentence, fields and the exit code of its class', () => {
  for (const code of Object.keys(errorCatalogue) as (keyof typeof errorCatalogue)[]) {
    const failure = failureOf(new HoldfastError(code, 'who: what; next', { rows: 3 }));
    const { exit } = errorKinds[errorCatalogue[code].kind];
    assert.deepEqual(failure, { exit, code, message: 'who: what; next', fields: { rows: 3 } });
  }
});

test('failure: text is the sentence with the code in brackets, JSON holds code, message and fields', () => {
  const failure = failureOf(new HoldfastError('data.empty', 'a.csv: holds nothing', { path: 'a.csv' }));
  assert.equal(failureText(failure), 'a.csv: holds nothing [data.empty]');
  const { code, message, fields } = failure;
  assert.deepEqual(failureJson(failure), { error: { code, message, fields } });
});

test('failure: what the system refuses is a sentence that names the file but not its folder', () => {
  for (const [system, says] of [
    ['ENOSPC', /^model\.zip: the disk is full/],
    ['EACCES', /^model\.zip: permission was refused/],
    ['EROFS', /^model\.zip: the disk is read-only/],
    ['EMFILE', /^model\.zip: too many files are open/],
  ] as const) {
    const thrown = Object.assign(new Error(`${system}: no, write`), {
      code: system,
      path: '/home/ann/model.zip',
    });
    const { code, exit, message } = failureOf(thrown);
    assert.deepEqual([code, exit], ['output.unwritable', 1]);
    assert.match(message, says);
    assert.ok(!message.includes('ann'));
  }
});

test('failure: stopped work and a lack of memory have codes of their own', () => {
  assert.equal(failureOf(AbortSignal.abort().reason).code, 'work.stopped');
  for (const make of [
    () => new ArrayBuffer(2 ** 53 - 1),
    () => 'x'.repeat(2 ** 30),
    () => new Float64Array(-1),
  ])
    assert.throws(make, (thrown) => failureOf(thrown).code === 'work.memory');
});

test('failure: a defect is one line that asks to report it, exit 1', () => {
  for (const thrown of [
    new TypeError('x is not a function\n  at y'),
    'a text',
    null,
    undefined,
    { code: 7 },
  ]) {
    const { code, exit, message } = failureOf(thrown);
    assert.deepEqual([code, exit], ['internal.defect', 1]);
    assert.match(
      message,
      /^holdfast met a defect of its own \(.+\); run again with HOLDFAST_DEBUG=1 and report it$/,
    );
  }
});
