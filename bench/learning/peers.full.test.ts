import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { booleanColumn, categoryColumn, numberColumn } from '../../src/table/column.ts';
import { createDataset } from '../../src/table/dataset.ts';
import { createTable } from '../../src/table/table.ts';
import { handedBack, handOver } from './hand-over.ts';
import { startPeer } from './peers.ts';
import { judged } from './tables.ts';

// Making it takes minutes and a gigabyte; `make bench` does.
const isMade = existsSync(fileURLToPath(new URL('../../.cache/bench-peers/bin/python', import.meta.url)));
const skip = isMade ? false : 'the Python environment of the benches has not been made';

describe('peers', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-peers-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const table = createTable([
    numberColumn('charge', [1.5, null, -2, 1e300]),
    categoryColumn('plan', ['b', null, 'a', 'b']),
    booleanColumn('isPaperless', [true, false, null, true]),
  ]);
  const data = createDataset(table, [1, 0, 0, 1]);
  const scores = [0.7, 0.7, 0.2, 0.9];

  test('peers: Python sees the values, levels, missing cells, labels and marks that were handed over', async () => {
    handOver(folder, data, { test: [0, 1, 0, 1], score: scores });
    const peer = await startPeer({ script: 'echo', folder });
    try {
      const { facts } = await peer.ask('shape', {});
      assert.deepEqual(facts, { rows: 4, columns: 3, churned: 2, held: 2, missing: 3, levels: 2, isB: 2 });
      await peer.ask('hand_back', {});
      assert.deepEqual(
        [...handedBack(folder, 'matrix')],
        [1.5, 1, 1, Number.NaN, Number.NaN, 0, -2, 0, Number.NaN, 1e300, 1, 1],
      );
    } finally {
      await peer.stop();
    }
  });

  test('peers: scikit-learn judges as Holdfast does', async () => {
    handOver(folder, data, { test: [0, 0, 0, 0], score: scores });
    const peer = await startPeer({ script: 'echo', folder });
    try {
      const { facts } = await peer.ask('judge', {});
      const own = judged(data.labels, Float64Array.from(scores));
      assert.ok(Math.abs(facts.auc! - own.auc) < 1e-15 && Math.abs(facts.logLoss! - own.logLoss) < 1e-15);
    } finally {
      await peer.stop();
    }
  });

  test('peers: only what is inside of the clock is timed; processes of its own count where they are asked for', async () => {
    handOver(folder, data);
    const peer = await startPeer({ script: 'echo', folder });
    try {
      const busy = await peer.ask('busy', { inside: 0.2, outside: 0.4 });
      assert.ok(busy.cpuSeconds >= 0.2 && busy.cpuSeconds < 0.4, String(busy.cpuSeconds));
      const child = await peer.ask('busy_child', { seconds: 0.3 }, { countsProcesses: true });
      assert.ok(child.cpuSeconds >= 0.28, String(child.cpuSeconds));
    } finally {
      await peer.stop();
    }
  });

  test('peers: what fails in Python is an error with its words, and the next question is answered', async () => {
    const peer = await startPeer({ script: 'echo', folder });
    try {
      await assert.rejects(peer.ask('fails', {}), /echo\.py: fails: [\s\S]*ValueError: as asked/);
      await assert.rejects(peer.ask('unknown', {}), /KeyError: 'unknown'/);
      assert.equal((await peer.ask('shape', {})).facts.rows, 4);
      await assert.rejects(peer.ask('dies', {}), /echo\.py ended before it answered dies/);
    } finally {
      await peer.stop();
    }
  });
});
