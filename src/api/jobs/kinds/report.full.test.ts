import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { withKind } from '../../testing/run-kind.ts';
import { report } from './report.ts';

test('report: writes every file into a folder and lists them', () =>
  withKind(report, async (run, place) => {
    const { files } = await run<{ readonly files: readonly string[] }>({
      model: 'latest',
      out: place('report'),
    });
    assert.deepEqual(readdirSync(place('report')).toSorted(), files.toSorted());
    assert.ok(existsSync(place('report/report.html')));
    assert.ok(files.length > 5);
  }));
