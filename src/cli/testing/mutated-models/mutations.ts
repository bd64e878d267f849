/**
 * Model files with something wrong in them, drawn from a seed: bytes, parts, the zip around them, and what the parts say
 * with every hash written anew.
 */
import { constants, deflateRawSync } from 'node:zlib';
import { sha256 } from '../../../base/hash.ts';
import type { Random } from '../../../base/random.ts';
import { partNames } from '../../../tasks/manifest.ts';
import { type RawDirectory, type RawEntry, rawEntry, rawZip } from './raw-zip.ts';

export interface Original {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly parts: Readonly<Record<string, Uint8Array>>;
}

export interface Mutant {
  readonly bytes: Uint8Array;
  /** What was done. */
  readonly how: string;
  /** All hashes fit what is in it: whoever reads it can't know that it was changed. */
  readonly isVouched: boolean;
}

type Mutation = (original: Original, other: Original, random: Random) => Mutant;

const pick = <T>(items: readonly T[], random: Random): T => items[random.integer(items.length)]!;
const chopped = (how: string, bytes: Uint8Array): Mutant => ({ how, bytes, isVouched: false });

const byteMutations: readonly Mutation[] = [
  ({ bytes }, _, random) => {
    const copy = Uint8Array.from(bytes);
    for (let i = random.integer(8); i >= 0; i--) copy[random.integer(copy.length)]! ^= 1 << random.integer(8);
    return chopped('bits flipped', copy);
  },
  ({ bytes }, _, random) => chopped('cut off', bytes.subarray(0, random.integer(bytes.length))),
  ({ bytes }, _, random) => chopped('begun late', bytes.subarray(1 + random.integer(bytes.length - 1))),
  ({ bytes }, _, random) => {
    const at = random.integer(bytes.length);
    const junk = Uint8Array.from({ length: 1 + random.integer(64) }, () => random.integer(256));
    return chopped('bytes put in', Buffer.concat([bytes.subarray(0, at), junk, bytes.subarray(at)]));
  },
  ({ bytes }, _, random) => {
    const at = random.integer(bytes.length);
    const rest = bytes.subarray(at + 1 + random.integer(256));
    return chopped('bytes taken out', Buffer.concat([bytes.subarray(0, at), rest]));
  },
  ({ bytes }, _, random) => {
    const at = random.integer(bytes.length);
    return chopped('a span of one byte', Uint8Array.from(bytes).fill(pick([0, 255], random), at, at + 64));
  },
  ({ bytes }, other, random) => {
    const at = random.integer(Math.min(bytes.length, other.bytes.length));
    return chopped('two files spliced', Buffer.concat([bytes.subarray(0, at), other.bytes.subarray(at)]));
  },
  ({ bytes }, other) => chopped('two files in a row', Buffer.concat([bytes, other.bytes])),
];

const partMutations: readonly Mutation[] = [
  ({ parts }, other, random) => {
    const name = pick(partNames.slice(0, 6), random);
    const changed = { ...parts, [name]: other.parts[name]! };
    return chopped(`${name} of another model`, zipOf(changed));
  },
  ({ parts }, other, random) => {
    const name = pick(partNames.slice(0, 4), random);
    return vouched(`${name} of another model, hashes anew`, { ...parts, [name]: other.parts[name]! });
  },
  ({ parts }, _, random) => {
    const { [pick(Object.keys(parts), random)]: _gone, ...rest } = parts;
    return chopped('a part left out', zipOf(rest));
  },
  ({ parts }, _, random) => {
    const name = pick(['setup.js', 'model.onnx', '__proto__', 'constructor', 'pipeline.json.exe'], random);
    return chopped('a part more', rawZip([...entriesOf(parts), rawEntry(name, Buffer.from('x'))]));
  },
];

const escapes = [
  '../x',
  '/etc/x',
  '..\\x',
  'C:\\x',
  'a/../../x',
  'weights.bin/',
  'a/b',
  './manifest.json',
  '',
];
const bombBytes = 600 * 1024 * 1024;
let bomb: Uint8Array | undefined;

/** Changes one entry of a zip whose parts are whole. */
const entryMutation =
  (how: string, change: (entry: RawEntry, random: Random) => Partial<RawEntry>): Mutation =>
  ({ parts }, _, random) => {
    const entries = entriesOf(parts);
    const at = random.integer(entries.length);
    return chopped(
      how,
      rawZip(entries.map((one, i) => (i === at ? { ...one, ...change(one, random) } : one))),
    );
  };
const directoryMutation =
  (how: string, change: (random: Random, bytes: number) => RawDirectory): Mutation =>
  ({ parts, bytes }, _, random) =>
    chopped(how, rawZip(entriesOf(parts), change(random, bytes.length)));
const oddNumber = (random: Random): number =>
  pick([0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff, random.integer(1_000_000)], random);

/** An extra field in which the directory's 0xffffffff are said with 64 bits. */
function zip64Extra(random: Random): Uint8Array {
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  for (const at of [4, 12, 20])
    extra.writeBigUInt64LE(
      pick([0n, 1n << 40n, (1n << 64n) - 1n, BigInt(random.integer(100_000))], random),
      at,
    );
  return extra;
}

const zipMutations: readonly Mutation[] = [
  ({ parts }, other, random) => {
    const name = pick(Object.keys(parts), random);
    const twice = rawEntry(name, other.parts[name] ?? Buffer.from('{}'));
    const entries = entriesOf(parts);
    return chopped(
      'a name twice',
      rawZip(random.integer(2) === 0 ? [...entries, twice] : [twice, ...entries]),
    );
  },
  entryMutation('a name that leaves the folder', (_, random) => ({ name: pick(escapes, random) })),
  ({ parts }, _, random) => {
    const escaping = rawEntry(pick(escapes, random), Buffer.from('x'));
    return chopped('one more name that leaves the folder', rawZip([...entriesOf(parts), escaping]));
  },
  entryMutation('a link', () => ({ mode: 0o120777 })),
  entryMutation('encrypted', (_, random) => ({ flags: pick([0x801, 0x841, 0x2801], random) })),
  entryMutation('a method that nobody knows', (_, random) => ({
    method: pick([1, 9, 12, 14, 93, 99], random),
  })),
  entryMutation('stored, it says', () => ({ method: 0 })),
  entryMutation('a size that is not so', (_, random) => ({ size: oddNumber(random) })),
  entryMutation('a stored size that is not so', (_, random) => ({ storedSize: oddNumber(random) })),
  entryMutation('a checksum that is not so', (_, random) => ({ crc: random.uint32() })),
  entryMutation('an offset that is not so', (_, random) => ({ offset: oddNumber(random) })),
  entryMutation('sizes of 64 bits', (_, random) => ({
    ...{ size: 0xffff_ffff, storedSize: 0xffff_ffff, offset: 0xffff_ffff, extra: zip64Extra(random) },
  })),
  entryMutation('an extra field that is cut', () => ({ extra: Uint8Array.of(1, 0, 200, 0, 1) })),
  entryMutation('a bomb that says how large it is', () => bombEntry(bombBytes)),
  entryMutation('a bomb that says it is small', (entry) => bombEntry(entry.size)),
  ({ parts }) => {
    const many = Array.from({ length: 70 }, (_, i) => rawEntry(`part-${i}`, Buffer.from('x')));
    return chopped('too many parts', rawZip([...entriesOf(parts), ...many]));
  },
  ({ parts }) => {
    const [first, ...rest] = entriesOf(parts);
    return chopped('parts over each other', rawZip([first!, ...rest.map((one) => ({ ...one, offset: 0 }))]));
  },
  directoryMutation('a count that is not so', (random) => ({
    count: pick([0, 1, 9, 0xfffe, 0xffff], random),
  })),
  directoryMutation('a directory size that is not so', (random) => ({ size: oddNumber(random) })),
  directoryMutation('a directory elsewhere', (random, bytes) => ({
    offset: pick([0, random.integer(bytes), 0xffff_ffff], random),
  })),
  directoryMutation('on another disk', () => ({ disk: 3 })),
  directoryMutation('a comment with an end in it', () => ({
    comment: Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]),
  })),
  directoryMutation('something before it', () => ({ prefix: Buffer.from('#!/bin/sh\necho hello\nexit\n') })),
];

function bombEntry(size: number): Partial<RawEntry> {
  bomb ??= zerosDeflated(bombBytes);
  return { stored: bomb, storedSize: bomb.length, size, method: 8 };
}

/** Megabytes of zeros, each by itself, so that one is deflated once; then the end. */
function zerosDeflated(size: number): Uint8Array {
  const megabyte = 1024 * 1024;
  const { Z_FULL_FLUSH } = constants;
  const piece = deflateRawSync(Buffer.alloc(megabyte), { level: 9, finishFlush: Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: size / megabyte }, () => piece), Buffer.from([3, 0])]);
}

/** Texts that JSON allows, and numbers that models don't. */
const oddValues: readonly string[] = [
  ...[
    'null',
    'true',
    '""',
    '"x"',
    '[]',
    '{}',
    '0',
    '-0',
    '-1',
    '1',
    '0.5',
    '1e308',
    '-1e308',
    '1e999',
    '5e-324',
  ],
  ...[
    '9007199254740993',
    '4294967296',
    '2147483648',
    '-2147483649',
    '1e21',
    '[[]]',
    '[null]',
    '{"a":1}',
    '"NaN"',
  ],
  ...[
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"$number":"-0"}',
  ],
  ...['{"$array":"float64","length":1,"offset":0}', '{"$array":"float64","length":-1,"offset":0}'],
  ...['{"$array":"int32","length":1000000000,"offset":0}', '{"$array":"uint8","length":8,"offset":-8}'],
  ...['{"$array":"float64","length":0,"offset":0}', '{"$array":"__proto__","length":1,"offset":0}'],
  '['.repeat(100_000) + ']'.repeat(100_000),
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  `"${'x'.repeat(1_000_000)}"`,
  `[${'0,'.repeat(300_000)}0]`,
];

const jsonParts = [
  'pipeline.json',
  'pipeline.json',
  'pipeline.json',
  'golden.json',
  'reference.json',
  'manifest.json',
];

const contentMutations: readonly Mutation[] = [
  ({ parts }, _, random) => {
    const name = pick(jsonParts, random);
    const edits = 1 + random.integer(2);
    let text = Buffer.from(parts[name]!).toString();
    for (let i = 0; i < edits; i++) text = oddJson(text, random);
    return vouched(`${name} edited, hashes anew`, { ...parts, [name]: Buffer.from(text) });
  },
  ({ parts }, _, random) => {
    const name = pick(jsonParts, random);
    const text = Buffer.from(parts[name]!).toString();
    const at = random.integer(text.length);
    const odd =
      text.slice(0, at) + pick(['"', '}', ']', ',', '\\', '\u0000', '9', '-'], random) + text.slice(at + 1);
    return vouched(`a character of ${name}, hashes anew`, { ...parts, [name]: Buffer.from(odd) });
  },
  ({ parts }, _, random) => {
    const weights = Uint8Array.from(parts['weights.bin']!);
    if (weights.length >= 8) {
      const view = new DataView(weights.buffer);
      for (let i = random.integer(6); i >= 0; i--) oddNumberAt(view, random);
    }
    return vouched('numbers of weights.bin, hashes anew', { ...parts, 'weights.bin': weights });
  },
  ({ parts }, _, random) => {
    const weights = parts['weights.bin']!;
    const cut = weights.subarray(0, 8 * random.integer(Math.floor(weights.length / 8) + 1));
    return vouched('weights.bin cut, hashes anew', { ...parts, 'weights.bin': cut });
  },
];

/** A number of a tree, a child or a weight becomes another. */
function oddNumberAt(view: DataView, random: Random): void {
  const width = pick([1, 4, 8], random);
  const at = width * random.integer(Math.floor(view.byteLength / width));
  if (width === 8)
    view.setFloat64(at, pick([Number.NaN, Infinity, -Infinity, 1e308, -1e308, 0, 1e-308], random), true);
  else if (width === 4)
    view.setInt32(at, pick([-1, 0, 1, 2, 7, 1_000_000, 0x7fff_ffff, -0x8000_0000], random), true);
  else view.setUint8(at, random.integer(256));
}

/** One value of the text, chosen by its place, becomes an odd one; or a key is left out, doubled or renamed. */
function oddJson(text: string, random: Random): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  const mark = '@@odd@@';
  const places: { readonly holder: Record<string, unknown> | unknown[]; readonly key: string }[] = [];
  let isDeep = false;
  const walk = (item: unknown, depth: number): void => {
    if (typeof item !== 'object' || item === null || places.length > 20_000) return;
    if (depth > 64) {
      isDeep = true;
      return;
    }
    for (const key of Object.keys(item)) {
      places.push({ holder: item as Record<string, unknown>, key });
      walk((item as Record<string, unknown>)[key], depth + 1);
    }
  };
  walk(value, 0);
  // An earlier mutation put in a text of thousands of levels, which can be read but not written again.
  if (isDeep) return text;
  if (places.length === 0) return pick(oddValues, random);
  const { holder, key } = pick(places, random);
  const manner = random.integer(10);
  if (manner === 0 && !Array.isArray(holder)) {
    delete holder[key];
    return JSON.stringify(value);
  }
  if (manner === 1 && !Array.isArray(holder)) {
    const name = pick(['__proto__', 'constructor', 'toString', 'extra', '$array'], random);
    Object.defineProperty(holder, name, { value: holder[key], enumerable: true, configurable: true });
    return JSON.stringify(value);
  }
  if (manner === 2 && Array.isArray(holder)) {
    holder.splice(Number(key), 1);
    return JSON.stringify(value);
  }
  Reflect.set(holder, key, mark);
  // As a function: what is put in may hold dollar signs.
  return JSON.stringify(value).replace(`"${mark}"`, () => pick(oddValues, random));
}

const kinds: readonly (readonly Mutation[])[] = [
  byteMutations,
  partMutations,
  zipMutations,
  contentMutations,
  contentMutations,
];

/** The same seed and index give the same file. Bombs are rare: inflating one takes a second. */
export function mutantOf(
  originals: readonly Original[],
  random: Random,
): Mutant & { readonly from: Original } {
  const from = pick(originals, random);
  const other = pick(
    originals.filter((one) => one !== from),
    random,
  );
  const made = pick(pick(kinds, random), random)(from, other, random);
  return { ...made, from };
}

const entriesOf = (parts: Readonly<Record<string, Uint8Array>>): RawEntry[] =>
  Object.entries(parts).map(([name, content]) => rawEntry(name, content));
const zipOf = (parts: Readonly<Record<string, Uint8Array>>): Uint8Array => rawZip(entriesOf(parts));

/** A zip whose manifest vouches for whatever is in it. */
export function vouched(how: string, parts: Readonly<Record<string, Uint8Array>>): Mutant {
  return { how, bytes: zipOf(withHashes(parts)), isVouched: true };
}

/** In the text itself: a writer of JSON would repair what an edit broke, such as 1e999. */
function withHashes(parts: Readonly<Record<string, Uint8Array>>): Record<string, Uint8Array> {
  let manifest = Buffer.from(parts['manifest.json']!).toString();
  for (const name of partNames) {
    const content = parts[name];
    const written = new RegExp(`("${name.replace('.', '\\.')}":\\s*")[0-9a-f]{64}"`);
    if (content) manifest = manifest.replace(written, (_, before: string) => `${before}${sha256(content)}"`);
  }
  const bytes = Buffer.from(manifest);
  return { ...parts, 'manifest.json': bytes, 'manifest.sha256': Buffer.from(`${sha256(bytes)}\n`) };
}
