import assert from 'node:assert/strict';
import { test } from 'node:test';
import { methodsOf } from './methods.ts';
import { predict } from './routes/predict.ts';
import { ready } from './routes/ready.ts';

const methods = methodsOf([ready, predict, { ...ready, url: '/v1/models/:id/report' }]);

test('an address knows the methods of its routes, HEAD with GET; another none', () => {
  assert.deepEqual(methods('/predict'), ['POST']);
  assert.deepEqual(methods('/ready'), ['GET', 'HEAD']);
  assert.deepEqual(methods('/v1/models/a.b/report'), ['GET', 'HEAD']);
  assert.deepEqual(methods('/v1/models//report'), []);
  assert.deepEqual(methods('/predict/x'), []);
});
