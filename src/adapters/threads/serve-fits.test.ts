import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ParamError } from '../../base/errors.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import { serveFits } from './serve-fits.ts';

test('serveFits: outside a worker thread it is refused and says where it belongs', () => {
  assert.throws(
    () => serveFits(createCatalogue([], [])),
    (error) =>
      error instanceof ParamError && error.code === 'usage.argument' && /workerUrl/.test(error.message),
  );
});
