import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ScoreSummary } from '../../../tasks/score.ts';
import { withKind } from '../../testing/run-kind.ts';
import { score } from './score.ts';

test('score: writes the list with reasons and tells how many were scored; what is there is not replaced unasked', () =>
  withKind(score, async (run, place) => {
    const args = { model: 'latest', data: place('customers.csv'), out: place('scored.csv'), reasons: 2 };
    const done = await run<ScoreSummary>(args);
    assert.deepEqual([done.rows, done.scored, done.rejected], [600, 600, 0]);
    const [header, ...lines] = readFileSync(args.out, 'utf8').trimEnd().split('\n');
    assert.equal(lines.length, 600);
    assert.match(header!, /reason/);
    await assert.rejects(run(args), { code: 'job.exists' });
    assert.equal((await run<ScoreSummary>({ ...args, overwrite: true })).scored, 600);
  }));
