/** Damages texts of tables, the same way for the same seed, and reads them a second time by the slow definition. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, type Random } from '../../../base/random.ts';
import { findDialect } from '../csv-scan.ts';
import { codeOf, openAnything } from './open-anything.ts';

/** Opens `count` damaged tables; answers how often each outcome was seen. */
export async function openMutations(
  folder: string,
  seed: number,
  from: number,
  count: number,
): Promise<ReadonlyMap<string, number>> {
  const seen = new Map<string, number>();
  for (let at = from; at < from + count; at++) {
    const random = createRandom(seed).fork('mutation', at);
    const bytes = mutated(cleanTable(random), random);
    const path = join(folder, `mutation-${at}.csv`);
    writeFileSync(path, bytes);
    const outcome = await openAnything(path);
    if ('rowCount' in outcome) {
      const { rows, width } = slowlyRead(bytes);
      const told = `mutation ${at} of seed ${seed}`;
      assert.equal(outcome.rowCount, rows, told);
      assert.equal(outcome.columns.length, width, told);
    }
    seen.set(codeOf(outcome), (seen.get(codeOf(outcome)) ?? 0) + 1);
    rmSync(path);
  }
  return seen;
}

const delimiters = [',', ';', '\t', '|'];

function cleanTable(random: Random): Buffer {
  const pick = <T>(items: readonly T[]): T => items[random.integer(items.length)]!;
  const delimiter = pick(delimiters);
  const lineEnd = pick(['\n', '\r\n', '\r']);
  const texts = [
    'Ann',
    'Köln',
    'two\nlines',
    'a "quoted" word',
    `x${delimiter}y`,
    '',
    ' padded ',
    "it's",
    '😀',
  ];
  const cell = (c: number): string => {
    if (c % 3 === 0) return String(random.integer(1000) / 4);
    if (c % 3 === 1) return pick(['2018-01-22', 'true', 'NA', '#N/A', '12.03.2019', '1,5']);
    return pick(texts);
  };
  const field = (text: string): string =>
    /[",;\t|\n]/.test(text) || random.integer(8) === 0 ? `"${text.replaceAll('"', '""')}"` : text;
  const width = 1 + random.integer(6);
  const rows = Array.from({ length: 1 + random.integer(20) }, () =>
    Array.from({ length: width }, (_, c) => field(cell(c))).join(delimiter),
  );
  const header = Array.from({ length: width }, (_, c) => field(`name ${c}`)).join(delimiter);
  return Buffer.from(pick(['', '', '\ufeff']) + [header, ...rows].join(lineEnd) + pick(['', lineEnd]));
}

/** One to five faults: bytes changed, lost, doubled or put in, parts lost or moved, the end cut off. */
function mutated(bytes: Buffer, random: Random): Buffer {
  const structure = Buffer.from(',;\t|"\'\n\r \\\0\xff\xc3', 'latin1');
  let now = bytes;
  for (let left = 1 + random.integer(5); left > 0; left--) {
    const at = random.integer(now.length + 1);
    const until = Math.min(now.length, at + 1 + random.integer(12));
    const [before, part, rest] = [now.subarray(0, at), now.subarray(at, until), now.subarray(until)];
    // Most faults happen where the structure is.
    const sign = structure[random.integer(structure.length)]!;
    const places = [...now.keys()].filter((i) => now[i] === sign);
    const place = places[random.integer(Math.max(1, places.length))] ?? 0;
    const faults: readonly (() => Buffer)[] = [
      () => Buffer.concat([before, Buffer.from([random.integer(256)]), now.subarray(at + 1)]),
      () => Buffer.concat([now.subarray(0, place), now.subarray(place + 1)]),
      () => Buffer.concat([now.subarray(0, place + 1), now.subarray(place)]),
      () => Buffer.concat([before, Buffer.from([sign]), now.subarray(at)]),
      () => Buffer.concat([before, rest]),
      () => Buffer.concat([before, part, part, rest]),
      () => Buffer.concat([rest, before]),
      () => before,
    ];
    now = faults[random.integer(faults.length)]!();
  }
  return now;
}

/** Rows and columns by regular expressions, field by field, of a text whose quotes are in order. */
function slowlyRead(bytes: Buffer): { rows: number; width: number } {
  const { delimiter, quote } = findDialect(bytes, true, delimiters);
  const text = bytes.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  const d = delimiter === '|' ? '[|]' : delimiter;
  const q = quote;
  const field = new RegExp(
    ` *${q}(?:[^${q}]|${q}${q})*${q} *(?=${d}|[\\r\\n]|$)|[^${delimiter}\\r\\n]*`,
    'y',
  );
  let at = 0;
  let records = 0;
  let width = 0;
  while (at < text.length) {
    const begin = at;
    let fields = 0;
    for (;;) {
      field.lastIndex = at;
      at += field.exec(text)![0].length;
      fields++;
      if (text[at] !== delimiter) break;
      at++;
    }
    if (at > begin) {
      if (records === 0) width = fields;
      records++;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  return { rows: records - 1, width };
}
