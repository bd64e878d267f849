import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { openUnfinished, programHash } from './unfinished.ts';

const folder = `${mkdtempSync(join(tmpdir(), 'holdfast-unfinished-'))}/`;
after(() => rmSync(folder, { recursive: true, force: true }));
const opened = (settings: Record<string, number>, more: { isAnew?: boolean; program?: string } = {}) =>
  openUnfinished<number[]>('run', settings, { folder, isAnew: false, program: 'a', ...more });

test('unfinished: a run that was stopped finds what it had kept, one that is over does not', () => {
  const run = opened({ budget: 60 });
  assert.equal(run.before, 0);
  run.keep('telco 40', [0.84, 0.85]);
  run.keep('telco 41', [0.83, 0.8]);
  const again = opened({ budget: 60 });
  assert.deepEqual([again.before, again.of('telco 40'), again.of('bank 40')], [2, [0.84, 0.85], undefined]);
  assert.ok(run.minutesBefore === 0 && again.minutesBefore > 0);
  again.keep('bank 40', [0.86]);
  const third = opened({ budget: 60 });
  assert.equal(third.before, 3);
  assert.ok(third.minutesBefore > 2 * again.minutesBefore, 'what both have taken');
  again.end();
  assert.equal(opened({ budget: 60 }).before, 0);
  assert.deepEqual(readdirSync(folder), []);
});

test('unfinished: another program, other settings, or a wish to begin anew: what is kept is not taken', () => {
  opened({ budget: 60 }).keep('telco 40', [1]);
  assert.equal(opened({ budget: 10 }).before, 0);
  assert.equal(opened({ budget: 60 }, { program: 'b' }).before, 0);
  assert.equal(opened({ budget: 60 }, { isAnew: true }).before, 0);
  assert.equal(opened({ budget: 60 }).before, 1);
});

test('unfinished: the program is another when a source or a pin has changed, a test is none of it', () => {
  const of = `${mkdtempSync(join(folder, 'program-'))}/`;
  const write = (file: string, text: string): string => {
    mkdirSync(dirname(`${of}${file}`), { recursive: true });
    writeFileSync(`${of}${file}`, text);
    return programHash(of);
  };
  const first = write('src/models/prior.ts', 'one');
  assert.equal(write('src/models/prior.test.ts', 'test'), first);
  assert.equal(write('bench/RESULTS.md', 'page'), first);
  const pinned = write('bench/learning/requirements.txt', 'shap==0.51.0');
  const changed = write('src/models/prior.ts', 'two');
  assert.equal(new Set([first, pinned, changed]).size, 3);
  assert.equal(programHash(of), changed);
});
