/**
 * Ten minutes of everything at once. `HOLDFAST_MIXED_SECONDS` makes it shorter, to try it; memory needs the ten minutes to be
 * told from a warm-up.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { memorySlope, mixedLoad } from './testing/mixed-load.ts';
import { must, servedPlace, trainOne } from './testing/served-place.ts';

const seconds = Number(process.env.HOLDFAST_MIXED_SECONDS ?? 600);
/** Before it, what is compiled, cached and pooled for the first time comes to memory. */
const warmUpSeconds = seconds / 4;
const mostMbPerMinute = seconds >= 600 ? 2 : 20;

interface Page {
  readonly predictions: readonly {
    readonly requestId: string;
    readonly slot: string;
    readonly status: number;
    readonly outcome: { readonly churned: boolean } | null;
  }[];
  readonly next?: string;
}

test('mixed load with canaries, switches and outcomes: no error, memory flat, the log holds exactly what was answered', async (t) => {
  await using served = await servedPlace({
    model: 'champion',
    // V8 lets garbage lie while there is room: under a watch it would look like growth.
    env: {
      NODE_OPTIONS: `--expose-gc --import=${new URL('./testing/collect-often.ts', import.meta.url).href}`,
    },
    async prepare(place) {
      await must(place, 'generate', 'customers.csv', '--rows', '1000');
      await trainOne('customers.csv', 'churned', 'yes', 'logistic-regression')(place);
      await must(place, 'models', 'promote', 'latest');
      const file = place.path('holdfast.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('seed: 42', 'seed: 43'));
      await must(place, 'train');
    },
  });
  const run = await mixedLoad(served, { seconds, clients: 8, pauseMs: 25, seed: 20_261_121 });
  assert.deepEqual(run.wrong, []);

  const logged = new Map<string, number>();
  const outcomes = new Map<string, boolean>();
  let shadows = 0;
  for (let next: string | undefined, isLast = false; !isLast; isLast = next === undefined) {
    const after = next === undefined ? '' : `&after=${next}`;
    const page = (await (await fetch(`${served.url}/v1/predictions?limit=1000${after}`)).json()) as Page;
    for (const { requestId, slot, status, outcome } of page.predictions) {
      assert.equal(status, 200);
      if (slot === 'shadow') {
        shadows++;
        continue;
      }
      logged.set(requestId, (logged.get(requestId) ?? 0) + 1);
      if (outcome && run.outcomes.has(requestId)) outcomes.set(requestId, outcome.churned);
    }
    next = page.next;
  }
  const rows = [...logged.values()].reduce((sum, one) => sum + one, 0);
  const slope = memorySlope(run.memory, warmUpSeconds);
  const peak = Math.max(...run.memory.map(({ mb }) => mb));
  t.diagnostic(
    `${seconds} s: ${logged.size} requests, ${rows} rows, ${shadows} of shadows, ${run.outcomes.size} outcomes, ${run.switches} changes of the deployment; memory up to ${peak.toFixed(0)} MB, ${slope.toFixed(2)} MB a minute`,
  );
  assert.equal(logged.size, run.answered.size);
  for (const [requestId, count] of run.answered) assert.equal(logged.get(requestId), count, requestId);
  assert.deepEqual(
    [...run.outcomes].filter(([requestId, churned]) => outcomes.get(requestId) !== churned),
    [],
  );
  assert.ok(run.switches > seconds / 3, `${run.switches} changes`);
  assert.ok(shadows > 0);
  for (const [act, count] of Object.entries(run.requests)) assert.ok(count > 0, act);
  assert.ok(slope < mostMbPerMinute, `${slope.toFixed(2)} MB a minute`);
});
