import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { GeneratedFiles } from '../../../tasks/generate.ts';
import { withKind } from '../../testing/run-kind.ts';
import { generate } from './generate.ts';

test('generate: the same seed makes the same customers; wrong options are refused in words', () =>
  withKind(generate, async (run, place) => {
    const made = await run<GeneratedFiles>({ out: place('a.csv'), rows: 50, seed: 5 });
    assert.deepEqual([made.rows, made.out], [50, place('a.csv')]);
    await run({ out: place('b.csv'), rows: 50, seed: 5 });
    assert.equal(readFileSync(place('a.csv'), 'utf8'), readFileSync(place('b.csv'), 'utf8'));
    await assert.rejects(run({ out: place('c.csv'), driftSize: 0.5 }), { code: 'generate.option' });
    const { paths } = generate.prepare({ out: 'd.csv', companions: ['events'], drift: 'covariate-shift' });
    assert.deepEqual(paths.writes, ['d.csv', 'd.truth.csv', 'd.events.csv', 'd.truth.drift.csv']);
  }));
