import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { HoldfastError } from '../../base/errors.ts';
import { findLowerHeader } from './csv-header.ts';
import { openSource } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-csv-header-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const delimiters = [',', ';', '\t', '|'];
const find = (text: string) => findLowerHeader(Buffer.from(text), true, delimiters);
const rows = (delimiter = ';', count = 30): string[] =>
  Array.from({ length: count }, (_, i) => [`M${i}`, '29,90', 2000 + (i % 20), 'nein'].join(delimiter));
const header = 'Nr;Beitrag;Jahr;Weg';

/** The error of opening such a file, or undefined. */
async function refusal(text: string): Promise<HoldfastError | undefined> {
  const path = join(folder, 'table.csv');
  writeFileSync(path, text);
  try {
    await (await openSource(path)).close();
    return undefined;
  } catch (error) {
    return error as HoldfastError;
  }
}

test('csv header: titles above the header are told with its line, blank and padded lines counted', async () => {
  const told = await refusal(['A title', 'Made: 31.10.2026;;;', '', header, ...rows()].join('\r\n'));
  assert.equal(told?.code, 'data.header');
  assert.match(
    told!.message,
    /table\.csv: the header seems to be on line 4, where 4 column names stand; remove the 3 lines above it/,
  );
  assert.deepEqual(told!.fields, { line: 4, width: 4 });
  const padded = await refusal(['A title;;;', header, ...rows()].join('\n'));
  assert.match(padded!.message, /on line 2, .* remove the line above it/);
});

test('csv header: a title without any delimiter does not make the file a table of one column', async () => {
  const text = ['A title', 'a,b,c', '1,2,x', '3,4,y', '5,6,x'].join('\n');
  assert.deepEqual((await refusal(text))?.fields, { line: 2, width: 3 });
});

test('csv header: a line break inside quotes above the header is counted as a line', () => {
  assert.deepEqual(find(['"two\nlines"', header, ...rows()].join('\n')), { line: 3, width: 4 });
});

test('csv header: single broken rows are told as such, not as a header', async () => {
  const broken = [header, ...rows()];
  broken[5] = 'too;few';
  assert.equal((await refusal(broken.join('\n')))?.code, 'data.width');
});

test('csv header: a header with a name too few has no header below it', async () => {
  assert.equal(find(['Nr;Beitrag;Jahr', ...rows()].join('\n')), null);
  assert.equal((await refusal(['Nr;Beitrag;Jahr', ...rows()].join('\n')))?.code, 'data.width');
  assert.equal(find(['a;b', ...Array.from({ length: 9 }, (_, i) => `x${i};y${i};z${i}`)].join('\n')), null);
});

test('csv header: repeated names, figures among them or a place below line 20 make no header', () => {
  assert.equal(find(['Title', 'a;b;a;d', ...rows()].join('\n')), null);
  assert.equal(find(['Title', 'a;b;2020;d', ...rows()].join('\n')), null);
  assert.equal(find([...Array.from({ length: 20 }, () => 'Title'), header, ...rows()].join('\n')), null);
  assert.deepEqual(find([...Array.from({ length: 19 }, () => 'Title'), header, ...rows()].join('\n')), {
    line: 20,
    width: 4,
  });
});

test('csv header: for any number of titles its line is found, and a plain table has none', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[A-Za-z ]{1,12}$/), { maxLength: 15 }),
      fc.constantFrom(';', '\t', '|'),
      (titles, delimiter) => {
        const lines = [...titles, header.replaceAll(';', delimiter), ...rows(delimiter)];
        const found = find(lines.join('\n'));
        assert.deepEqual(found, titles.length === 0 ? null : { line: titles.length + 1, width: 4 });
      },
    ),
  );
});
