/** Writes the generated reference pages; with --check fails when one is not current. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { referencePages } from './reference-pages.ts';

const check = process.argv.includes('--check');
let stale = 0;
for (const { path, text } of referencePages()) {
  const url = new URL(`../${path}`, import.meta.url);
  if (check) {
    if (readText(url) === text) continue;
    stale++;
    console.error(`${path}: not current; run make docs`);
  } else {
    mkdirSync(new URL('.', url), { recursive: true });
    writeFileSync(url, text);
    console.log(path);
  }
}
process.exit(stale > 0 ? 1 : 0);

function readText(url: URL): string {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    return '';
  }
}
