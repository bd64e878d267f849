import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Registry } from 'prom-client';
import type { LogEntry, LogWriter, WriteOutcome } from '../../serving/log/log-writer.ts';
import { watchedLog } from './watched-log.ts';

const entry = (own: Partial<LogEntry>): LogEntry => ({
  ...{ requestId: 'r', rowIndex: 0, at: 0, source: 'api', modelId: 'm', modelLabel: 'l', slot: 'live' },
  ...{
    customerId: 'customer-9',
    featuresHash: null,
    score: 0.42,
    churn: false,
    band: 'low',
    certainty: 'sure',
  },
  ...{ latencyUs: 1, status: 200, errorCode: null, keyId: null, handled: null, input: null, once: false },
  ...own,
});

function watched(write: LogWriter['write']) {
  const registry = new Registry();
  return { registry, log: watchedLog({ write, close: async () => {} }, [registry]) };
}

test('what is written is counted by slot and decision, and no customer is named', async () => {
  const { registry, log } = watched(async () => ({ repeated: new Set() }));
  await log.write([entry({}), entry({ score: 0.9, churn: true }), entry({ slot: 'shadow' })]);
  const text = await registry.metrics();
  assert.match(text, /holdfast_predictions_total\{slot="live",decision="stay"\} 1\n/);
  assert.match(text, /holdfast_predictions_total\{slot="live",decision="churn"\} 1\n/);
  assert.match(text, /holdfast_predictions_total\{slot="canary",decision="churn"\} 0\n/);
  assert.match(text, /holdfast_prediction_score_bucket\{le="0\.4",slot="live"\} 0\n/);
  assert.match(text, /holdfast_prediction_score_bucket\{le="0\.5",slot="live"\} 1\n/);
  assert.match(text, /holdfast_prediction_score_count\{slot="shadow"\} 1\n/);
  assert.match(text, /holdfast_prediction_log_write_seconds_count 1\n/);
  assert.doesNotMatch(text, /customer-9/);
});

test('a write that fails is a failure, its scores are not counted, and the caller hears of it', async () => {
  const { registry, log } = watched(() => Promise.reject(new Error('disk')));
  await assert.rejects(log.write([entry({})]), /disk/);
  const text = await registry.metrics();
  assert.match(text, /holdfast_prediction_log_failures_total 1\n/);
  assert.match(text, /holdfast_predictions_total\{slot="live",decision="stay"\} 0\n/);
  assert.match(text, /holdfast_prediction_log_lag_seconds 0\n/);
});

test('while a write hangs the lag grows, and ends with it', async () => {
  let end = (_: WriteOutcome): void => {};
  const { registry, log } = watched(
    () =>
      new Promise((resolve) => {
        end = resolve;
      }),
  );
  const writing = log.write([entry({})]);
  await new Promise((resolve) => setTimeout(resolve, 30));
  const lag = Number(/^holdfast_prediction_log_lag_seconds (\S+)$/m.exec(await registry.metrics())![1]);
  assert.ok(lag >= 0.025 && lag < 10, String(lag));
  end({ repeated: new Set() });
  await writing;
  assert.match(await registry.metrics(), /holdfast_prediction_log_lag_seconds 0\n/);
});
