/** /metrics and /openapi.json beside what the same server answers. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

async function scrape(): Promise<{ text: string; value(series: string): number }> {
  const response = await fetch(`${workspace.server.url}/metrics`);
  assert.match(response.headers.get('content-type')!, /^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  return {
    text,
    value(series) {
      const line = text.split('\n').find((one) => one.startsWith(`${series} `));
      assert.ok(line, `${series} is not told`);
      return Number(line.slice(series.length));
    },
  };
}

test('GET /metrics: requests, scores and decisions agree with what was answered; sets begin at zero; nobody is named', async () => {
  const before = await scrape();
  assert.equal(before.value('holdfast_http_requests_total{route="predict",status="5xx"}'), 0);
  assert.equal(before.value('holdfast_predictions_total{slot="shadow",decision="churn"}'), 0);
  let churn = 0;
  for (const customer of workspace.customers.slice(0, 20)) {
    const { body } = await workspace.post<{ churn: boolean }>('/predict', customer);
    if (body.churn) churn++;
  }
  await workspace.post('/predict', { secret: 'secret-7' });
  await workspace.post('/secret-8', {});
  const now = await scrape();
  assert.equal(now.value('holdfast_http_requests_total{route="predict",status="2xx"}'), 20);
  assert.equal(now.value('holdfast_http_requests_total{route="predict",status="4xx"}'), 1);
  assert.equal(now.value('holdfast_http_requests_total{route="none",status="4xx"}'), 1);
  assert.equal(now.value('holdfast_http_request_duration_seconds_count{route="predict"}'), 21);
  assert.equal(now.value('holdfast_predictions_total{slot="live",decision="churn"}'), churn);
  assert.equal(now.value('holdfast_predictions_total{slot="live",decision="stay"}'), 20 - churn);
  assert.equal(now.value('holdfast_prediction_score_count{slot="live"}'), 20);
  assert.equal(now.value('holdfast_predictions_waiting'), 0);
  assert.ok(now.value('process_resident_memory_bytes') > 1e7);
  assert.ok(now.value('process_cpu_seconds_total') > before.value('process_cpu_seconds_total'));
  assert.ok(now.value('nodejs_eventloop_lag_p99_seconds') >= 0);
  assert.match(now.text, /holdfast_model_info\{slot="live",name="made",label="[^"]+",version=""\} 1/);
  const id = workspace.customers[0]![workspace.contract.id!] as string;
  assert.doesNotMatch(now.text, new RegExp(`secret|"${id}"`));
});
