import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsSection } from '../../data/events/section.ts';
import { exampleManifest } from '../../tasks/testing/example-manifest.ts';
import { defaultHorizonMs, horizonMsOf, outcomesSection } from './section.ts';

const dayMs = 86_400_000;

test('the horizon: of the event log with its gap, else of the project file, else 90 days', () => {
  const { contract } = exampleManifest();
  assert.equal(horizonMsOf({ contract, project: {} }), 90 * dayMs);
  assert.equal(defaultHorizonMs, 90 * dayMs);
  const project = { outcomes: outcomesSection.parse({ horizon: '8w' }) };
  assert.equal(horizonMsOf({ contract, project }), 56 * dayMs);
  const log = { source: 'log.csv', customer: 'who', time: 'when', cutoff: '2026-01-31', window: '90d' };
  const events = eventsSection.parse({ ...log, gap: '7d', horizon: '30d' });
  assert.equal(horizonMsOf({ contract: { ...contract, events }, project }), 37 * dayMs);
  // A customer table beside the log holds the target: nothing says how far it looks.
  const { horizon: _, ...without } = events;
  assert.equal(horizonMsOf({ contract: { ...contract, events: without }, project }), 56 * dayMs);
});

test('the horizon is at least a day', () => {
  for (const horizon of ['0d', '30', 'month', 30])
    assert.equal(outcomesSection.safeParse({ horizon }).success, false, String(horizon));
});
