import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspectData } from '../../../tasks/inspect.ts';
import { withKind } from '../../testing/run-kind.ts';
import { inspect } from './inspect.ts';

test('inspect: gives what the command gives, and names what is wrong with the request', () =>
  withKind(inspect, async (run, place, { app }) => {
    const data = place('customers.csv');
    const report = await run<Record<string, unknown>>({ data, target: 'churned', id: 'customerId' });
    const own = await inspectData({ path: data, target: 'churned', id: 'customerId' }, app);
    assert.deepEqual(report, JSON.parse(JSON.stringify(own)));
    await assert.rejects(run({ data, target: 'no such column' }), { code: 'data.no-target' });
  }));
