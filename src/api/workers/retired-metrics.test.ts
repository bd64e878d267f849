import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AggregatorRegistry, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { MetricsJson } from '../metrics/metrics.ts';
import { addRetired } from './retired-metrics.ts';

/** What a worker tells that has answered so often. */
async function told(worker: number, answers: number): Promise<MetricsJson> {
  const shared = new Registry();
  const own = new Registry();
  own.setDefaultLabels({ worker: String(worker) });
  const counter = new Counter({ name: 'c', help: 'c', labelNames: ['route'], registers: [shared] });
  const histogram = new Histogram({ name: 'h', help: 'h', buckets: [1, 2], registers: [shared] });
  new Gauge({ name: 'g', help: 'g', registers: [shared] }).set(answers);
  new Counter({ name: 'cpu', help: 'cpu', registers: [own] }).inc(answers);
  for (let i = 0; i < answers; i++) {
    counter.inc({ route: i % 2 === 0 ? 'even' : 'odd' });
    histogram.observe(i);
  }
  const all = [...(await shared.getMetricsAsJSON()), ...(await own.getMetricsAsJSON())];
  // As another process hears it.
  return JSON.parse(JSON.stringify(all)) as MetricsJson;
}

test('totals of workers that have ended stay in the sum; gauges and what was one process alone end with it', async () => {
  const retired = addRetired(addRetired([], await told(1, 3)), await told(2, 2));
  const text = await AggregatorRegistry.aggregate([await told(1, 4), retired]).metrics();
  const line = (start: string): string | undefined =>
    text
      .split('\n')
      .find((one) => one.startsWith(`${start} `))
      ?.slice(start.length + 1);
  assert.equal(line('c{route="even"}'), String(2 + 1 + 2));
  assert.equal(line('c{route="odd"}'), String(1 + 1 + 2));
  assert.equal(line('h_count'), '9');
  assert.equal(line('h_bucket{le="1"}'), '6');
  assert.equal(line('h_bucket{le="+Inf"}'), '9');
  assert.equal(line('h_sum'), String(3 + 1 + 6));
  assert.equal(line('g'), '4');
  assert.equal(line('cpu{worker="1"}'), '4');
  assert.equal(line('cpu{worker="2"}'), undefined);
});

test('what a worker told is not changed by adding it', async () => {
  const last = await told(1, 2);
  const before = JSON.stringify(last);
  addRetired(addRetired([], last), last);
  assert.equal(JSON.stringify(last), before);
});
