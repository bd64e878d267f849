import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { withKind } from '../../testing/run-kind.ts';
import { train } from './train.ts';

test('train: gives what `train --json` prints, with another seed another model, and registers it', () =>
  withKind(train, async (run, place, { app }) => {
    const file = place('holdfast.yaml');
    const quick = readFileSync(file, 'utf8').replace(
      /^ {4}(?:random-forest|gradient-boosting|mlp): .*\n/gm,
      '',
    );
    writeFileSync(file, quick);
    interface Trained {
      readonly gate: { readonly passed: boolean };
    }
    const { gate } = await run<Trained>({ project: file, seed: 7 });
    assert.equal(gate.passed, true);
    const loaded = await app.models.load('made@2');
    assert.equal((loaded.manifest.project as { split: { seed: number } }).split.seed, 7);
  }));
