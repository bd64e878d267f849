import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import type { HoldfastError } from '../base/errors.ts';
import { generateFile } from './generate.ts';
import { newTaskPlace } from './testing/example-task.ts';

test('generate: customers and their truth, row by row, with the share that left', async () => {
  using place = newTaskPlace();
  const made = await generateFile({ out: place.path('a.b.csv'), rows: 200, seed: 1 });
  assert.equal(made.truthFile, place.path('a.b.truth.csv'));
  const [header, ...rows] = readFileSync(made.out, 'utf8').trimEnd().split('\n');
  const truth = readFileSync(made.truthFile, 'utf8').trimEnd().split('\n');
  assert.equal(rows.length, 200);
  assert.equal(truth.length, 201);
  const at = header!.split(',').indexOf(made.target);
  const left = rows.filter((row) => row.split(',')[at] === 'yes').length;
  assert.equal(made.churnRate, left / 200);
  const idsOf = (lines: readonly string[]): (string | undefined)[] => lines.map((line) => line.split(',')[0]);
  assert.deepEqual(idsOf(rows), idsOf(truth.slice(1)));
});

test('generate: when one of the two files cannot be written, neither is', async () => {
  using place = newTaskPlace();
  const blocked = place.path('a.truth.csv');
  mkdirSync(blocked);
  await assert.rejects(generateFile({ out: place.path('a.csv'), rows: 10 }), (error: HoldfastError) => {
    assert.equal(error.code, 'output.unwritable');
    return true;
  });
  assert.deepEqual(readdirSync(dirname(blocked)), ['a.truth.csv']);
});
