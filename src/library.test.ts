import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/** The names in the table of docs/how-to/library.md: those of `holdfast`, and those of its row `holdfast/checks`. */
function documentedNames(): { main: string[]; checks: string[] } {
  const page = readFileSync(new URL('../docs/how-to/library.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => /^\| (?!for|-)/.test(line));
  const namesOf = (lines: readonly string[]): string[] =>
    lines.flatMap((line) => [...line.split('|')[2]!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!)).sort();
  const isChecks = (line: string): boolean => line.startsWith('| `holdfast/checks` |');
  return { main: namesOf(rows.filter((line) => !isChecks(line))), checks: namesOf(rows.filter(isChecks)) };
}

test('library: docs/how-to/library.md names each export of holdfast and holdfast/checks once, and no other', async () => {
  const { main, checks } = documentedNames();
  assert.deepEqual(main, Object.keys(await import('./library.ts')).sort());
  assert.deepEqual(checks, Object.keys(await import('./library-checks.ts')).sort());
});

test('library: package.json leads to the compiled file of each entry', () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { exports, bin } = JSON.parse(text) as { exports: Record<string, unknown>; bin: unknown };
  assert.deepEqual(exports['.'], { types: './dist/library.d.ts', default: './dist/library.js' });
  assert.deepEqual(exports['./checks'], {
    types: './dist/library-checks.d.ts',
    default: './dist/library-checks.js',
  });
  assert.deepEqual(bin, { holdfast: 'bin/holdfast.cjs' });
});
