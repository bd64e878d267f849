import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { HoldfastError, UnavailableError } from '../base/errors.ts';
import { makeFolder, writeWholeFile } from './whole-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-whole-'));
after(() => rmSync(folder, { recursive: true }));
const unwritable = (code: string) => (error: unknown) =>
  error instanceof UnavailableError && error instanceof HoldfastError && error.code === code;

describe('whole file', () => {
  it('replaces what was there and leaves nothing else', async () => {
    const path = join(folder, 'a.txt');
    writeFileSync(path, 'old');
    await writeWholeFile(path, 'new');
    await writeWholeFile(join(folder, 'b.bin'), Uint8Array.of(1, 2));
    assert.equal(readFileSync(path, 'utf8'), 'new');
    assert.deepEqual(readdirSync(folder).sort(), ['a.txt', 'b.bin']);
  });

  it('a failure is coded and leaves no temporary file', async () => {
    const taken = join(folder, 'folder');
    mkdirSync(join(taken, 'full'), { recursive: true });
    await assert.rejects(writeWholeFile(taken, 'x'), unwritable('output.unwritable'));
    await assert.rejects(
      writeWholeFile(join(folder, 'no', 'x'), 'x', 'workspace.unwritable'),
      unwritable('workspace.unwritable'),
    );
    await assert.rejects(makeFolder(join(folder, 'a.txt', 'x')), unwritable('workspace.unwritable'));
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('.')),
      [],
    );
  });
});
