import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sharedData } from '../../tools/shared-data.ts';
import { done, initProject, trainOwn } from './own-project.ts';

const telco = sharedData('telco.csv');
const skip = telco === undefined && 'the real tables stand beside the project only where it is developed';
const tenMinutes = 600;

test('own-project: on telco the whole of train, its search included, ends within ten minutes and is told with its time', {
  skip,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-own-'));
  try {
    await initProject(folder, telco!, { column: 'Churn', churned: 'Yes' }, (project) => {
      project.train!.search = { method: 'grid', budget: '9m' };
    });
    const { wallSeconds, cpuSeconds, facts } = await trainOwn(folder, 42, 2);
    assert.ok(wallSeconds > 0 && wallSeconds < tenMinutes, `${wallSeconds} s`);
    assert.ok(cpuSeconds > 0.5, `${cpuSeconds} s: no search takes less`);
    assert.ok(facts.auc! > 0.82 && facts.auc! < 0.88 && facts.peakGb! > 0.05);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('own-project: a command that fails is an error with its words', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-own-'));
  try {
    await assert.rejects(
      done(folder, ['train', 'none.yaml']),
      /bench: train ended with 1: [\s\S]*none\.yaml/,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
