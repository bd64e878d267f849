import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareManifests, compareModels, type ModelComparison } from '../../../tasks/compare.ts';
import { generateFile } from '../../../tasks/generate.ts';
import { withKind } from '../../testing/run-kind.ts';
import { compare } from './compare.ts';

test('compare: gives what the command gives, from the manifests or on the same customers', () =>
  withKind(compare, async (run, place, { app, train }) => {
    await train(7);
    const names = { first: 'made@1', second: 'made@2' };
    const own = compareManifests(await app.models.load('made@1'), await app.models.load('made@2'));
    assert.deepEqual(await run<ModelComparison>(names), JSON.parse(JSON.stringify(own)));
    // The first 600 are those that both have learned from.
    const data = place('more.csv');
    await generateFile({ out: data, rows: 1000, seed: 4 });
    const same = await run<ModelComparison>({ ...names, data });
    assert.deepEqual(
      same.metrics.map(({ metric }) => metric),
      (
        await compareModels(await app.models.load('made@1'), await app.models.load('made@2'), data, app)
      ).metrics.map(({ metric }) => metric),
    );
  }));
