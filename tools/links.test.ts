/** Follows every relative link of every page, and looks for every `make` target and command that pages name. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { allCommands } from '../src/cli/commands/all.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Folders that hold what others wrote or what can be made again; those that begin with a dot are not looked into. */
const strangers = new Set(['node_modules', 'coverage', 'dist', 'demo']);
const pages = globSync('**/*.md', { cwd: root, exclude: (path) => strangers.has(basename(path)) }).sort();

interface Page {
  /** The text with code blocks and code spans as blanks. */
  readonly prose: string;
  /** Code: each line of a block, each span. */
  readonly code: readonly string[];
}

function readPage(text: string): Page {
  const code: string[] = [];
  let fence: string | undefined;
  const lines = text.split('\n').map((line) => {
    const mark = /^\s*(?<mark>```+|~~~+)/.exec(line)?.groups?.mark;
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined;
      else code.push(line.trim());
      return '';
    }
    if (mark !== undefined) {
      fence = mark;
      return '';
    }
    return line;
  });
  // A span may run over the end of a line.
  const prose = lines.join('\n').replace(/(?<!`)(`+)(?!`)([^`]|(?!\1)`)*?\1(?!`)/g, (span) => {
    code.push(span.replace(/^`+\s*|\s*`+$/g, '').replaceAll('\n', ' '));
    return span.replace(/[^\n]/g, ' ');
  });
  return { prose, code };
}

/** Targets of links, images and link definitions, as written. */
const linksIn = (prose: string): string[] => [
  ...[...prose.matchAll(/\]\(\s*<?([^\s<>()]+)>?(?:\s+"[^"]*")?\s*\)/g)].map((match) => match[1]!),
  ...[...prose.matchAll(/^\s{0,3}\[[^\]]+\]:\s+<?([^\s<>]+)>?/gm)].map((match) => match[1]!),
];

/** The anchors of a page as GitHub makes them: of each heading, the second of a name with -1, and so on. */
function anchorsIn(text: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  let inFence = false;
  for (const line of text.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) inFence = !inFence;
    const title = inFence ? undefined : /^#{1,6}\s+(?<title>.*?)\s*#*\s*$/.exec(line)?.groups?.title;
    if (title === undefined) continue;
    const slug = title
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  for (const match of text.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) anchors.add(match[1]!);
  return anchors;
}

/** Everything wrong with the links of a page, a sentence each. `path` is absolute. */
function brokenLinks(
  path: string,
  text: string,
  read: (path: string) => string | 'folder' | undefined,
): string[] {
  const found: string[] = [];
  for (const link of linksIn(readPage(text).prose)) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) continue;
    const [file = '', anchor] = link.split('#') as [string, string?];
    const target = file === '' ? path : resolve(dirname(path), decodeURIComponent(file));
    const content = target === path ? text : read(target);
    const name = relative(root, path);
    if (content === undefined) found.push(`${name}: ${link} leads nowhere`);
    else if (
      anchor &&
      content !== 'folder' &&
      target.endsWith('.md') &&
      !anchorsIn(content).has(decodeURIComponent(anchor))
    )
      found.push(`${name}: ${link}: there is no heading #${anchor}`);
  }
  return found;
}

function readDisk(path: string): string | 'folder' | undefined {
  if (!existsSync(path)) return undefined;
  return statSync(path).isDirectory() ? 'folder' : readFileSync(path, 'utf8');
}

const targets = new Set(
  [...readFileSync(join(root, 'Makefile'), 'utf8').matchAll(/^([a-z][a-z-]*):(?!=)/gm)].map(
    (match) => match[1]!,
  ),
);
const commands = new Set(allCommands.map(({ id }) => id));

/** Targets of make in a line of code: `make test`, `make setup && make demo`, `make golden # asks again`. */
const targetsIn = (code: string): string[] =>
  [...code.matchAll(/(?:^|&&|;|\$)\s*make((?:\s+(?:[a-z][a-z-]*|[A-Z_]+=\S*))+)/g)].flatMap((match) =>
    match[1]!
      .trim()
      .split(/\s+/)
      .filter((word) => !word.includes('=')),
  );

const commandsIn = (code: string): string[] =>
  [...code.matchAll(/(?:^|&&|;|\$)\s*(?:\.\/)?holdfast\s+([a-z][a-z-]*)/g)].map((match) => match[1]!);

for (const page of pages) {
  const path = join(root, page);
  const text = readFileSync(path, 'utf8');
  test(`${page}: every relative link leads somewhere`, () => {
    assert.deepEqual(brokenLinks(path, text, readDisk), []);
  });
  test(`${page}: every make target and command it names exists`, () => {
    const { code } = readPage(text);
    assert.deepEqual(
      code.flatMap(targetsIn).filter((target) => !targets.has(target)),
      [],
      'no such target in the Makefile',
    );
    assert.deepEqual(
      code.flatMap(commandsIn).filter((command) => !commands.has(command)),
      [],
      'no such command',
    );
  });
}

test('README: its table of commands names each command once, and no other', () => {
  const named = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\| `([a-z]+)[^`]*` \|/gm)];
  assert.deepEqual(named.map((match) => match[1]!).sort(), [...commands].sort());
});

test('README and CONTRIBUTING: a target that asks a person for work stands in make help', () => {
  const makefile = readFileSync(join(root, 'Makefile'), 'utf8');
  for (const page of ['README.md', 'CONTRIBUTING.md']) {
    const { code } = readPage(readFileSync(join(root, page), 'utf8'));
    for (const target of code.flatMap(targetsIn))
      assert.match(
        makefile,
        new RegExp(`^${target}:.*## \\S`, 'm'),
        `${page}: make ${target} has no help text`,
      );
  }
});

test('licence: the file, the README and the package name the same one', () => {
  const { license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { license: string };
  assert.equal(license, 'Apache-2.0');
  assert.match(readFileSync(join(root, 'LICENSE'), 'utf8'), /Apache License\s+Version 2\.0/);
  assert.match(readFileSync(join(root, 'README.md'), 'utf8'), /Apache-2\.0/);
});

test('links: planted offenders are found, code is passed over', () => {
  const files: Readonly<Record<string, string | 'folder'>> = {
    [join(root, 'docs')]: 'folder',
    [join(root, 'docs/b.md')]: '# What it is, really?\n## Same\n## Same\n',
  };
  const check = (text: string): string[] => brokenLinks(join(root, 'a.md'), text, (path) => files[path]);
  assert.deepEqual(check('[b](docs/b.md) [d](docs/) [w](https://example.org/x) [h](#top)\n# Top'), []);
  assert.deepEqual(check('[b](docs/b.md#what-it-is-really) [s](docs/b.md#same-1)'), []);
  assert.deepEqual(check('`[x](gone.md)`\n```\n[x](gone.md)\n```\n'), []);
  assert.deepEqual(check('[x](gone.md) ![y](<gone.png>)\n\n[z]: gone.txt'), [
    'a.md: gone.md leads nowhere',
    'a.md: gone.png leads nowhere',
    'a.md: gone.txt leads nowhere',
  ]);
  assert.deepEqual(check('[x](docs/b.md#same-2) [y](#nothing)'), [
    'a.md: docs/b.md#same-2: there is no heading #same-2',
    'a.md: #nothing: there is no heading #nothing',
  ]);
  assert.deepEqual(targetsIn('make setup && make test-full COVERAGE=--coverage # makes it'), [
    'setup',
    'test-full',
  ]);
  assert.deepEqual(targetsIn('to make sure'), []);
  assert.deepEqual(commandsIn('$ ./holdfast score latest a.csv'), ['score']);
});
