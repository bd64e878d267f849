/** Reads every import and some forbidden words of `src/`, and says in one sentence what stands in the wrong room. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: planted code is text here
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { test } from 'node:test';
import { readSource, type Source } from '../tools/read-source.ts';
import { type Room, rooms } from './rooms.ts';

/** Rooms whose numbers reach a model or a score: there every operation gives the same bits on every machine. */
const exactRooms = new Set([
  'base',
  'math',
  'kernels',
  'table',
  'learn',
  'features',
  'models',
  'evaluation',
  'selection',
  'explain',
]);

/** Built-in modules that one file of a pure room may use. Suites of checks may use node:assert, which touches nothing. */
const allowedBuiltins: Readonly<Record<string, string>> = { 'src/base/hash.ts': 'node:crypto' };

/** Tests that may look into later rooms, and why. Tests directly in `src/` may use everything. */
const farSeeingTests: Readonly<Record<string, readonly string[]>> = {
  // Training is accepted with the real ports behind it, and through the command line.
  'src/tasks/train.full.test.ts': ['app.ts', 'new-project.ts', 'project-file.ts', 'store'],
  'src/tasks/determinism.full.test.ts': ['cli', 'store'],
};

const impureWords: readonly { readonly pattern: RegExp; readonly instead: string }[] = [
  { pattern: /\bMath\.random\b/, instead: 'draw from ctx.random' },
  { pattern: /\bDate\.now\b/, instead: 'take a Clock' },
  { pattern: /\bnew Date(?![\w$])(?!\s*\(\s*[^\s)])/, instead: 'take a Clock' },
  { pattern: /\bperformance\.(?:now|timeOrigin)\b/, instead: 'take a Clock' },
  { pattern: /(?<![\w$.])process\.\w/, instead: 'take what is needed as an argument' },
  { pattern: /(?<![\w$.])console\./, instead: 'give a note or throw a coded error' },
  { pattern: /(?<![\w$.])fetch\s*\(/, instead: 'take a port' },
];

const inexactMath =
  /\bMath\.(?:exp|log|log1p|expm1|log2|log10|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot)\b/;

/** Everything wrong with one file, a sentence each. `path` begins with `src/`. */
function offences(path: string, text: string): string[] {
  const source = readSource(text);
  const isTest = isForTests(path);
  const own = roomOf(path);
  if (!own) {
    if (isTest && posix.dirname(path) === 'src') return [];
    if (path === 'src/rooms.ts') return [];
    return [
      `${path}: ${path.split('/')[1]} is not in the list of src/rooms.ts; add it where a record meets it`,
    ];
  }
  return [
    ...source.imports.flatMap((name) => importOffence(path, own, isTest, name)),
    ...(isTest ? [] : wordOffences(path, own, source)),
  ];
}

function importOffence(path: string, own: Room, isTest: boolean, name: string | null): string[] {
  if (name === null) return [`${path}: imports by a computed name, which no reader can follow; write it out`];
  if (name.startsWith('.')) return fileOffence(path, own, isTest, name);
  if (isTest) return [];
  if (isBuiltin(name)) {
    const isCheck = /\/checks(?:\/[^/]+)?\.ts$/.test(path) && name === 'node:assert/strict';
    const isAllowed = !isPure(path, own) || allowedBuiltins[path] === name || isCheck;
    return isAllowed
      ? []
      : [`${path}: imports ${name} in the pure room ${own.name}; take what is needed as an argument`];
  }
  const parts = name.split('/');
  const packageName = name.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
  if (own.packages.includes(packageName)) return [];
  return [`${path}: imports ${packageName}, which ${own.name} may not use; see packages in src/rooms.ts`];
}

function fileOffence(path: string, own: Room, isTest: boolean, name: string): string[] {
  const target = posix.join(posix.dirname(path), name);
  if (!target.startsWith('src/')) {
    if (isTest || !isPure(path, own)) return [];
    return [`${path}: reaches out of src to ${target}; a pure room holds all that it needs`];
  }
  if (!isTest && isForTests(target)) return [`${path}: imports ${target}, which is for tests only`];
  const their = roomOf(target);
  if (!their) {
    if (isTest) return [];
    return [`${path}: imports ${target}, which only tests read`];
  }
  if (their === own || rooms.indexOf(their) < rooms.indexOf(own)) return [];
  if (isTest && farSeeingTests[path]?.includes(their.name)) return [];
  const what = isTest ? 'move the test to src or to the later room' : `move it to ${their.name} or earlier`;
  return [`${path}: imports ${target}, but ${their.name} comes after ${own.name}; ${what}`];
}

function wordOffences(path: string, own: Room, { code }: Source): string[] {
  const found: string[] = [];
  const look = (pattern: RegExp, why: string): void => {
    const match = pattern.exec(code);
    if (!match) return;
    const line = code.slice(0, match.index).split('\n').length;
    found.push(`${path}: has ${match[0].trim()} in line ${line}; ${why}`);
  };
  if (isPure(path, own)) {
    for (const { pattern, instead } of impureWords) look(pattern, `${own.name} is pure: ${instead}`);
  }
  if (exactRooms.has(own.name)) {
    look(inexactMath, 'it differs between machines: use src/math');
    look(/\*\*/, 'it differs between machines: multiply, or use src/math');
  }
  return found;
}

const roomOf = (path: string): Room | undefined => rooms.find(({ name }) => name === path.split('/')[1]);

/** Tests, and what several of them share in a folder `testing/`. */
const isForTests = (path: string): boolean => path.endsWith('.test.ts') || path.includes('/testing/');

const isPure = (path: string, { pure, impure = [] }: Room): boolean =>
  pure && !impure.includes(path.split('/')[2] ?? '');

/** AssemblyScript, which has rules of its own: its compiler reads every import. */
const isAssembly = (path: string): boolean => path.startsWith('src/kernels/assembly/');

const files = globSync('src/**/*.{ts,tsx}')
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !isAssembly(path));

test('every file imports from its own room and earlier ones only, and pure rooms stay pure', () => {
  assert.ok(files.length > 50, 'run from the folder of the project');
  const found = files.flatMap((path) => offences(path, readFileSync(path, 'utf8')));
  assert.deepEqual(found, []);
});

test('every relative import names a file that is there', () => {
  // Tests may name a file that is absent on purpose; the compiler reads their other imports.
  const products = files.filter((path) => !isForTests(path));
  const found = products.flatMap((path) =>
    readSource(readFileSync(path, 'utf8')).imports.flatMap((name) => {
      if (!name?.startsWith('.') || existsSync(posix.join(posix.dirname(path), name))) return [];
      return [`${path}: imports ${name}, which is not there`];
    }),
  );
  assert.deepEqual(found, []);
});

test('no two rooms share a name', () => {
  assert.equal(new Set(rooms.map(({ name }) => name)).size, rooms.length);
});

test('every room has a README of at most 40 lines', () => {
  const found = rooms
    .filter(({ name }) => files.some((path) => path.startsWith(`src/${name}/`)))
    .flatMap(({ name }) => {
      const path = `src/${name}/README.md`;
      if (!existsSync(path))
        return [`${path}: is missing; say what enters, leaves, never happens, how to add one`];
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n').length;
      return lines > 40 ? [`${path}: has ${lines} lines, at most 40 allowed; shorten it`] : [];
    });
  assert.deepEqual(found, []);
});

test('every far-seeing test and allowed built-in is still there', () => {
  for (const path of [...Object.keys(farSeeingTests), ...Object.keys(allowedBuiltins)]) {
    assert.ok(existsSync(path), `${path} is gone: take it off the list`);
  }
});

const planted: readonly { readonly path: string; readonly text: string; readonly finds: RegExp }[] = [
  { path: 'src/base/x.ts', text: "import { a } from '../learn/fit.ts';", finds: /learn comes after base/ },
  { path: 'src/base/x.ts', text: "import type { A } from '../learn/fit.ts';", finds: /learn comes after/ },
  {
    path: 'src/base/x.ts',
    text: "import {\n  a,\n  b,\n} from '../learn/fit.ts';",
    finds: /learn comes after/,
  },
  { path: 'src/base/x.ts', text: "import '../learn/fit.ts';", finds: /learn comes after/ },
  { path: 'src/base/x.ts', text: "export { a } from '../learn/fit.ts';", finds: /learn comes after/ },
  { path: 'src/base/x.ts', text: "export type * from '../learn/fit.ts';", finds: /learn comes after/ },
  { path: 'src/base/x.ts', text: "const a = await import('../learn/fit.ts');", finds: /learn comes after/ },
  { path: 'src/base/x.ts', text: "let a: typeof import('../learn/fit.ts');", finds: /learn comes after/ },
  {
    path: 'src/base/x.ts',
    text: "new Worker(new URL('../learn/fit.ts', import.meta.url));",
    finds: /learn comes after/,
  },
  {
    path: 'src/base/x.ts',
    text: "new Worker(moduleUrl('../learn/fit.ts', import.meta.url));",
    finds: /learn comes after/,
  },
  {
    path: 'src/base/x.ts',
    text: "const t = `a ${await import('../learn/fit.ts')} b`;",
    finds: /learn comes after/,
  },
  {
    path: 'src/base/x.ts',
    text: "const q = /['\"`]/;\nimport { a } from '../learn/fit.ts';",
    finds: /learn comes after/,
  },
  { path: 'src/base/x.test.ts', text: "import { a } from '../learn/fit.ts';", finds: /move the test/ },
  { path: 'src/learn/x.ts', text: 'const a = await import(name);', finds: /computed name/ },
  { path: 'src/learn/x.ts', text: "import { rooms } from '../rooms.ts';", finds: /only tests read/ },
  { path: 'src/learn/x.ts', text: "import { a } from '../../golden/compare.ts';", finds: /out of src/ },
  { path: 'src/learn/x.ts', text: "import { a } from './testing/fit.ts';", finds: /for tests only/ },
  { path: 'src/learn/x.ts', text: "import { a } from './fit.test.ts';", finds: /for tests only/ },
  { path: 'src/learn/x.ts', text: "import { readFileSync } from 'node:fs';", finds: /imports node:fs/ },
  { path: 'src/learn/x.ts', text: "import { readFileSync } from 'fs';", finds: /imports fs/ },
  { path: 'src/learn/x.ts', text: "import { parse } from 'yaml';", finds: /imports yaml, which learn/ },
  { path: 'src/data/x.ts', text: "import { createHash } from 'node:crypto';", finds: /imports node:crypto/ },
  { path: 'src/data/x.ts', text: "import a from '@duckdb/other/a.js';", finds: /@duckdb\/other/ },
  { path: 'src/cellar/x.ts', text: '', finds: /cellar is not in the list/ },
  { path: 'src/learn/x.ts', text: 'const a = Math.random();', finds: /Math\.random in line 1/ },
  { path: 'src/learn/x.ts', text: '\n\nconst a = Date.now();', finds: /Date\.now in line 3/ },
  { path: 'src/learn/x.ts', text: 'const a = new Date();', finds: /new Date in line 1/ },
  { path: 'src/learn/x.ts', text: 'const a = new Date;', finds: /new Date/ },
  { path: 'src/learn/x.ts', text: 'const a = performance.now();', finds: /performance\.now/ },
  { path: 'src/learn/x.ts', text: 'const a = process.env.HOME;', finds: /process\.e/ },
  { path: 'src/learn/x.ts', text: 'console.warn(1);', finds: /console\./ },
  { path: 'src/learn/x.ts', text: 'await fetch(url);', finds: /fetch\(/ },
  { path: 'src/learn/x.ts', text: 'const a = `${Math.random()}`;', finds: /Math\.random/ },
  { path: 'src/models/x.ts', text: 'const a = Math.exp(1);', finds: /Math\.exp/ },
  { path: 'src/models/x.ts', text: 'const a = Math.log1p(1);', finds: /Math\.log1p/ },
  { path: 'src/math/x.ts', text: 'const a = b ** 2;', finds: /multiply/ },
];

for (const { path, text, finds } of planted) {
  test(`planted in ${path}, found: ${text.replaceAll('\n', ' ')}`, () => {
    const found = offences(path, text);
    assert.equal(found.length, 1, found.join('; '));
    assert.match(found[0]!, finds);
  });
}

test('what only looks like an offence is none', () => {
  const innocent: readonly [string, string][] = [
    ['src/learn/x.ts', "import { a } from '../base/text.ts';\nimport { b } from './fit.ts';"],
    ['src/learn/x.ts', "// import { a } from '../models/all.ts'; Math.random()\n/** 2 ** 3 console.log */"],
    ['src/learn/x.ts', "const a = 'Math.random() and 2 ** 3'; const b = `new Date() ${a}`;"],
    ['src/learn/x.ts', 'const a = new Date(0); const b = new Date(ms).toISOString(); child.process.pid;'],
    ['src/learn/x.ts', 'const a = Math.sqrt(2) + Math.LN2 + Math.LOG2E + Math.floor(1.5);'],
    ['src/learn/x.ts', 'const a = 4 / 2; const b = "x" / 3; const c = /[/*]+/.test(d);'],
    ['src/base/hash.ts', "import { createHash } from 'node:crypto';"],
    ['src/learn/x.test.ts', "import test from 'node:test';\nimport fc from 'fast-check';\nMath.random();"],
    ['src/learn/checks/x.ts', "import assert from 'node:assert/strict';"],
    ['src/learn/testing/x.ts', "import { closeTo } from '../../../golden/compare.ts';"],
    ['src/learn/x.test.ts', "import { closeTo } from '../../golden/compare.ts';"],
    ['src/data/sources/x.ts', "import { readFileSync } from 'node:fs';\nconsole.log(Date.now());"],
    [
      'src/cli/x.ts',
      "import { a } from '../tasks/context.ts';\nnew URL('../../package.json', import.meta.url);",
    ],
    ['src/x.test.ts', "import { a } from './cli/main.ts';"],
  ];
  for (const [path, text] of innocent) assert.deepEqual(offences(path, text), [], text);
});
