/**
 * Holds docs/coverage.md to the truth: the three states, the paths it names, the counts at its top and, where the
 * requirement documents lie beside the repository, that no line of them is forgotten.
 *
 * `node tools/coverage.test.ts --write` renews the counts.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rooms } from '../src/rooms.ts';
import { sharedData } from './shared-data.ts';

type State = 'built' | 'replaced' | 'open';

interface Row {
  readonly id: string;
  /** A heading of the document: it has no state of its own. */
  readonly isSection: boolean;
  readonly document: string;
  readonly source: string;
  readonly requirement: string;
  readonly files: readonly string[];
  readonly tests: readonly string[];
  readonly state: string;
}

interface DocumentTable {
  readonly letter: string;
  readonly name: string;
  readonly rows: readonly Row[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs/coverage.md');
const documents = ['1-spec.md', '2-retail.md', '3-bank.md', '4-cloud-and-web.md', '5-airflow-and-ai.md'];

/** Places that are planned beside the rooms of `src/`. */
const otherPlaces = ['bench', 'config', 'dashboard', 'deploy', 'docs', 'examples'];
const places = new Set([...rooms.map(({ name }) => name), ...otherPlaces]);

const stateForms: Readonly<Record<State, RegExp>> = {
  built: /^built(?:; .+)?$/,
  replaced: /^replaced by .+ because .+$/,
  open: /^open: `(?<place>[^`]+)`(?:; .+)?$/,
};

/** What shows a point: a test, or the script that runs on every push. */
const shows = (path: string): boolean => path.endsWith('.test.ts') || path === '.ci/run';

function readTables(text: string): DocumentTable[] {
  const tables: { letter: string; name: string; rows: Row[] }[] = [];
  for (const line of text.split('\n')) {
    const heading = /^## (?<letter>[A-Z]): (?<name>\S+\.md)\b/.exec(line)?.groups;
    if (heading) tables.push({ letter: heading.letter!, name: heading.name!, rows: [] });
    const table = tables.at(-1);
    if (!table || !/^\| \**[A-Z]\d/.test(line)) continue;
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    assert.equal(cells.length, 8, `docs/coverage.md: six cells a row, got ${line}`);
    const [, id, source, requirement, files, shown, state] = cells as [string, ...string[]];
    table.rows.push({
      id: id!.replaceAll('*', ''),
      isSection: id!.startsWith('**'),
      document: table.name,
      source: source!,
      requirement: requirement!,
      files: pathsIn(files!),
      tests: pathsIn(shown!),
      state: state!,
    });
  }
  return tables;
}

const pathsIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);

function stateOf(row: Row): State | undefined {
  return (Object.keys(stateForms) as State[]).find((state) => stateForms[state].test(row.state));
}

const pointsOf = (tables: readonly DocumentTable[]): Row[] =>
  tables.flatMap(({ rows }) => rows.filter(({ isSection }) => !isSection));

/** Everything wrong with a point on its own, a sentence each. */
function offences(row: Row, exists: (path: string) => boolean): string[] {
  const found: string[] = [];
  const state = stateOf(row);
  if (!state)
    found.push(`${row.id}: "${row.state}" is none of built, replaced by ... because ..., open: \`room\``);
  for (const path of [...row.files, ...row.tests]) {
    if (!exists(path)) found.push(`${row.id}: names ${path}, which does not exist`);
  }
  for (const path of row.tests) if (!shows(path)) found.push(`${row.id}: ${path} is no test`);
  if (state === 'built' || state === 'replaced') {
    if (row.files.length === 0) found.push(`${row.id}: is ${state}, but names no file`);
    if (row.tests.length === 0) found.push(`${row.id}: is ${state}, but names no test`);
  }
  if (state === 'open') {
    const place = stateForms.open.exec(row.state)!.groups!.place!;
    if (!places.has(place)) found.push(`${row.id}: ${place} is no room of src/rooms.ts and no planned place`);
  }
  return found;
}

/** Lines that a source cell names: `1-spec.md:27`, `1-spec.md:27-29`, `1-spec.md:3,16-17`. */
function linesOf({ id, document, source }: Row): number[] {
  const match = /^(?<name>[^:]+):(?<ranges>\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*)$/.exec(source)?.groups;
  assert.ok(match?.name === document, `${id}: source must read ${document}:LINE or a range, got "${source}"`);
  return match.ranges!.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number) as [number, number?];
    assert.ok(first <= last, `${id}: ${range} runs backwards`);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** Nothing is asked for in empty lines, rules, the line under a table's head, and marks that open or end a block. */
const isIdle = (line: string): boolean =>
  /^\s*(?:-{3,}|\|(?:\s*:?-+:?\s*\|)+|```\w*|style \w.*|end)?\s*$/.test(line);

/**
 * A bullet, a numbered item or a row of a table under its head: asks for something, so a point must name it.
 * A numbered title, `2. **Model Validation**`, is a heading.
 */
function asks(lines: readonly string[], at: number): boolean {
  const line = lines[at]!;
  if (/^\s*\d+\.\s+\*\*[^*]+\*\*:?\s*$/.test(line)) return false;
  if (/^\s*(?:[-*]|\d+\.)\s/.test(line)) return true;
  return /^\s*\|/.test(line) && !/^\s*\|\s*:?-/.test(lines[at + 1] ?? '');
}

/** Lines of a document that no row names, and askings that only a section's row names. */
function forgotten(text: string, rows: readonly Row[]): string[] {
  const lines = text.split(/\r?\n/);
  const named = new Set(rows.flatMap(linesOf));
  const pointed = new Set(rows.filter(({ isSection }) => !isSection).flatMap(linesOf));
  const found = [...named]
    .filter((line) => line < 1 || line > lines.length)
    .map((line) => `line ${line} is named, but the document has ${lines.length}`);
  lines.forEach((line, at) => {
    if (isIdle(line)) return;
    if (!named.has(at + 1)) found.push(`line ${at + 1} is named by no row: ${line.trim()}`);
    else if (asks(lines, at) && !pointed.has(at + 1))
      found.push(`line ${at + 1} is named by no point: ${line.trim()}`);
  });
  return found;
}

const countsBegin = '<!-- Counts: written by `node tools/coverage.test.ts --write` -->';
const countsEnd = '<!-- End of counts -->';

function countsText(tables: readonly DocumentTable[]): string {
  const count = (rows: readonly Row[], state: State): number =>
    rows.filter((row) => stateOf(row) === state).length;
  const lines = ['| document | points | built | replaced | open |', '|---|---|---|---|---|'];
  const countRow = (title: string, rows: readonly Row[]): string =>
    `| ${[title, rows.length, count(rows, 'built'), count(rows, 'replaced'), count(rows, 'open')].join(' | ')} |`;
  for (const table of tables) lines.push(countRow(`${table.letter}: ${table.name}`, pointsOf([table])));
  lines.push(countRow('all', pointsOf(tables)));
  const byPlace = new Map<string, number>();
  for (const { state } of pointsOf(tables)) {
    const place = stateForms.open.exec(state)?.groups?.place;
    if (place !== undefined) byPlace.set(place, (byPlace.get(place) ?? 0) + 1);
  }
  const open = [...byPlace].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  lines.push('', `Open by place: ${open.map(([place, n]) => `\`${place}\` ${n}`).join(', ')}.`);
  return lines.join('\n');
}

const betweenMarks = new RegExp(`(?<=${countsBegin}\\n\\n)[\\s\\S]*?(?=\\n\\n${countsEnd})`);

const text = readFileSync(page, 'utf8');
const tables = readTables(text);

if (process.argv.includes('--write')) {
  writeFileSync(
    page,
    text.replace(betweenMarks, () => countsText(tables)),
  );
} else {
  test('coverage: a table for each document, with sections and points numbered in order', () => {
    assert.deepEqual(
      tables.map(({ name }) => name),
      documents,
    );
    for (const { letter, rows } of tables) {
      let section = 0;
      let point = 0;
      for (const row of rows) {
        if (row.isSection) {
          section++;
          point = 0;
        } else point++;
        assert.equal(row.id, row.isSection ? `${letter}${section}` : `${letter}${section}.${point}`);
        assert.notEqual(row.requirement, '', row.id);
        if (row.isSection) assert.equal(row.state + row.files.join() + row.tests.join(), '', row.id);
      }
    }
  });

  test('coverage: every point has a state, and every path it names exists', () => {
    const found = pointsOf(tables).flatMap((row) => offences(row, (path) => existsSync(join(root, path))));
    assert.deepEqual(found, []);
  });

  test('coverage: the counts at the top are those of the tables', () => {
    assert.equal(
      betweenMarks.exec(text)?.[0],
      countsText(tables),
      'run: node tools/coverage.test.ts --write',
    );
  });

  for (const table of tables) {
    const path = sharedData(`../requirements/${table.name}`);
    const skip = path === undefined ? 'the requirement documents are not beside the repository' : false;
    test(`coverage: no line of ${table.name} is forgotten`, { skip }, () => {
      assert.deepEqual(forgotten(readFileSync(path!, 'utf8'), table.rows), []);
    });
  }

  test('coverage: planted offenders are found, each with its own sentence', () => {
    const row = (over: Partial<Row>): Row => ({
      id: 'S1.1',
      isSection: false,
      document: 'd.md',
      source: 'd.md:1',
      requirement: 'x',
      files: ['src/a.ts'],
      tests: ['src/a.test.ts'],
      state: 'built',
      ...over,
    });
    const found = (over: Partial<Row>): string[] => offences(row(over), (path) => !path.includes('gone'));
    assert.deepEqual(found({}), []);
    assert.deepEqual(found({ state: 'built; with a note' }), []);
    assert.deepEqual(found({ state: 'open: `serving`', files: [], tests: [] }), []);
    assert.deepEqual(found({ state: 'almost' }), [
      'S1.1: "almost" is none of built, replaced by ... because ..., open: `room`',
    ]);
    assert.deepEqual(found({ state: 'open: `attic`' }), [
      'S1.1: attic is no room of src/rooms.ts and no planned place',
    ]);
    assert.deepEqual(found({ files: ['src/gone.ts'] }), ['S1.1: names src/gone.ts, which does not exist']);
    assert.deepEqual(found({ files: [], tests: ['src/a.ts'] }), [
      'S1.1: src/a.ts is no test',
      'S1.1: is built, but names no file',
    ]);
    assert.deepEqual(found({ state: 'replaced by y because z', tests: [] }), [
      'S1.1: is replaced, but names no test',
    ]);

    const document = '# title\n\n- a\n  - b\nwords\n---\n| h |\n|---|\n| c |\n```sh\ncode\n```\n';
    const section = row({ isSection: true, source: 'd.md:1-7' });
    assert.deepEqual(forgotten(document, [section, row({ source: 'd.md:3,11-12' })]), [
      'line 4 is named by no point: - b',
      'line 9 is named by no row: | c |',
    ]);
    assert.deepEqual(forgotten('- a', [row({ source: 'd.md:1-2' })]), [
      'line 2 is named, but the document has 1',
    ]);
    assert.throws(() => linesOf(row({ source: 'other.md:1' })), /source must read d\.md:LINE/);
  });
}
