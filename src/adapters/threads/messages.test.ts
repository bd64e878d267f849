import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as errors from '../../base/errors.ts';
import { receivedError, sendableError } from './messages.ts';

describe('messages', () => {
  it('for any code of the catalogue: the error keeps class, code, message and fields', () => {
    for (const [code, { kind }] of Object.entries(errors.errorCatalogue)) {
      const sent = structuredClone({
        code: code as errors.ErrorCode,
        message: 'who: what',
        fields: { rows: 3 },
      });
      const error = receivedError(sent);
      assert.ok(error instanceof Reflect.get(errors, kind), code);
      assert.deepEqual(sendableError(error), sent);
    }
  });

  it('what is no coded error keeps name, message and stack; what is no error becomes one', () => {
    const thrown = new RangeError('out of range');
    const error = receivedError(structuredClone(sendableError(thrown)));
    assert.deepEqual([error.name, error.message, error.stack], ['RangeError', 'out of range', thrown.stack]);
    assert.equal(receivedError(sendableError('text')).message, 'text');
  });
});
