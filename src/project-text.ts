/**
 * The text of a project file as plain data, and the line of each key in it. What is wrong with the text itself is refused with
 * `project.syntax` and its line.
 */
import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type YAMLMap } from 'yaml';
import { ParamError } from './base/errors.ts';

export interface ProjectText {
  readonly value: unknown;
  /** The line of the key or list entry at a path such as `data.columns.tenure.min`, or of the nearest one around it. */
  lineOf(path: string): number | undefined;
}

/** `name` is what errors call the file. */
export function readProjectText(text: string, name: string): ProjectText {
  const lines = new LineCounter();
  const { document, value } = parseYaml(text, name, lines);
  if (!isMap(document.contents)) {
    throw new ParamError(
      'project.syntax',
      `${name}: holds no keys, a project file needed; run holdfast init DATA --target COLUMN`,
      { file: name },
    );
  }
  return { value, lineOf: (path) => lineOf(document, path, lines) };
}

/** The document, for its lines, and its value as plain data. */
function parseYaml(
  text: string,
  name: string,
  lines: LineCounter,
): { document: Document.Parsed; value: unknown } {
  const refuse = (what: string, next: string, line?: number, cause?: unknown): never => {
    const where = line === undefined ? '' : `line ${line}: `;
    const fields = { file: name, ...(line === undefined ? {} : { line }) };
    throw new ParamError('project.syntax', `${name}: ${where}${what}; ${next}`, fields, { cause });
  };
  const document = parseDocument(text, {
    version: '1.2',
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    // 1 and "1" are one key to whoever reads the file.
    uniqueKeys: (a, b) => a === b || (isScalar(a) && isScalar(b) && String(a.value) === String(b.value)),
  });
  const syntax = document.errors[0];
  if (syntax) {
    const { line } = lines.linePos(syntax.pos[0]);
    refuse(syntaxSentence(syntax.code, syntax.message), 'repair the line', line, syntax);
  }
  refuseReservedName(document, name, lines);
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    // Refuses what refers to itself.
    JSON.stringify(value);
    return { document, value };
  } catch (cause) {
    const what = (cause as Error).message.startsWith('Unresolved alias')
      ? 'an alias (*name) has no anchor (&name) before it'
      : 'its aliases (*name) refer to themselves or unfold to more than a project file holds';
    return refuse(what, 'write the values out', undefined, cause);
  }
}

/** No object can hold `__proto__` as a name like others: a column called so would be lost without a word. */
function refuseReservedName(document: Document.Parsed, name: string, lines: LineCounter): void {
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) || key.value !== '__proto__') return;
      const line = lines.linePos(key.range?.[0] ?? 0).line;
      throw new ParamError(
        'project.unknown-key',
        `${name}: line ${line}: __proto__ is a reserved name, no key and no column can have it; rename the column in the data and here`,
        { file: name, param: '__proto__', line },
      );
    },
  });
}

/** The parser's message as part of a sentence. */
function syntaxSentence(code: string, message: string): string {
  if (code === 'RESOURCE_EXHAUSTION') return 'it is nested too deeply';
  if (code === 'MULTIPLE_DOCS') return 'a second document begins (---), one allowed';
  if (code === 'DUPLICATE_KEY') return 'the key stands there twice, once allowed';
  const first = message.split('\n')[0]!.replace(/\s+at line.*$/, '');
  return `${first.charAt(0).toLowerCase()}${first.slice(1)}`;
}

function lineOf(document: Document.Parsed, path: string, lines: LineCounter): number | undefined {
  let node: unknown = document.contents;
  let rest = path;
  let offset: number | undefined;
  while (rest !== '') {
    const step = isMap(node) ? stepIntoMap(node, rest) : isSeq(node) ? stepIntoList(node.items, rest) : null;
    if (!step) break;
    offset = step.offset ?? offset;
    node = step.node;
    rest = step.rest;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}

interface Step {
  readonly node: unknown;
  readonly rest: string;
  readonly offset: number | undefined;
}

/** A column's name may hold dots itself: of the keys that begin the path the longest is meant. */
function stepIntoMap(map: YAMLMap, path: string): Step | null {
  let best: Step | null = null;
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : '';
    if (path !== name && !path.startsWith(`${name}.`)) continue;
    const rest = path.slice(name.length + 1);
    const offset = isScalar(key) ? key.range?.[0] : undefined;
    if (best === null || rest.length < best.rest.length) best = { node: value, rest, offset };
  }
  return best;
}

function stepIntoList(items: readonly unknown[], path: string): Step | null {
  const index = /^\d+/.exec(path)?.[0];
  const node = index === undefined ? undefined : items[Number(index)];
  if (index === undefined || node === undefined) return null;
  const offset = (node as { range?: readonly number[] | null }).range?.[0];
  return { node, rest: path.slice(index.length + 1), offset };
}
