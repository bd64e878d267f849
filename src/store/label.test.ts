import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { labelPattern } from '../tasks/manifest.ts';
import { nextLabel, projectCommit } from './label.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-label-'));
after(() => rmSync(folder, { recursive: true }));

describe('label', () => {
  it('is the day in UTC and seven letters of the commit', () => {
    const when = Date.UTC(2026, 0, 31, 23, 59);
    assert.equal(nextLabel(when, '0123456789abcdef0123456789abcdef01234567', []), '20260131.0123456');
    assert.equal(nextLabel(when, null, []), '20260131.nogit');
  });

  it('counts from 2 when the day and commit had a model, and fills no gap that is taken', () => {
    const taken = ['20260131.nogit', '20260131.nogit.2', '20260131.nogit.4', '20260130.nogit.3'];
    assert.equal(nextLabel(Date.UTC(2026, 0, 31), null, taken), '20260131.nogit.3');
    for (const label of [...taken, '20260131.abcdef0']) assert.match(label, labelPattern);
  });

  it('the commit is that of the project folder; null without a repository, a commit or a folder', async () => {
    assert.equal(await projectCommit(folder), null);
    assert.equal(await projectCommit(join(folder, 'none')), null);
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
        cwd: folder,
        env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
        encoding: 'utf8',
        stdio: 'pipe',
      }).trim();
    git('init', '-q');
    assert.equal(await projectCommit(folder), null);
    git('-c', 'core.hooksPath=/dev/null', 'commit', '-q', '--allow-empty', '-m', 'first');
    assert.equal(await projectCommit(folder), git('rev-parse', 'HEAD'));
  });
});
