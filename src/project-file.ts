/**
 * The project file: the sections of every room joined, and read with coded errors.
 *
 * Unknown keys are errors that name the nearest known key. Paths in it are relative to it.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type YAMLMap } from 'yaml';
import { z } from 'zod';
import { HoldfastError, NotFoundError, ParamError } from './base/errors.ts';
import type { Plain } from './base/plain.ts';
import { firstProblem } from './base/schema.ts';
import { printable } from './base/text.ts';
import { cleanSection } from './data/clean/section.ts';
import { dataSection } from './data/contract.ts';
import { customersFromLog, withEventColumns, withEventDefaults } from './data/events/event-contract.ts';
import { splitSection } from './data/splits/section.ts';
import { unfitSplit } from './data/splits/unfit-split.ts';
import { bandsSection, gateSection, profitSection } from './evaluation/section.ts';
import { featureSteps } from './features/made-columns/feature-steps.ts';
import { featuresSection } from './features/made-columns/section.ts';
import { preprocessSection } from './features/section.ts';
import { registrySection } from './registry/section.ts';
import { trainSection } from './selection/section.ts';
import { outcomesSection } from './serving/outcomes/section.ts';
import type { TrainSpec } from './tasks/train/spec.ts';

export const projectSchema = z.strictObject({
  version: z.literal(1).describe('Version of this file format.'),
  project: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens, at most 63')
    .describe('Short name: names the model and its file.'),
  author: z.string().optional().describe('Who answers for the model.'),
  description: z.string().optional().describe('What it predicts and for whom.'),
  data: dataSection,
  clean: cleanSection,
  features: featuresSection,
  preprocess: preprocessSection,
  split: splitSection.prefault({}),
  train: trainSection.prefault({}),
  bands: bandsSection,
  profit: profitSection.optional(),
  gate: gateSection,
  registry: registrySection,
  outcomes: outcomesSection,
  reference: z
    .enum(['rows', 'profile-only'])
    .default('rows')
    .describe(
      'What is kept beside the model to look into later changes: a sample of training rows without id and personal columns, or only their profile.',
    ),
});

/** Settings that say nothing without the profit section. */
const needsProfit = (project: Omit<Project, 'profit'>): readonly (readonly string[])[] => [
  ...(project.train.metric === 'expected-profit' ? [['train', 'metric']] : []),
  ...(project.train.threshold.by === 'expected-profit' ? [['train', 'threshold', 'by']] : []),
  ...(project.gate.expectedProfit === undefined ? [] : [['gate', 'expectedProfit']]),
];

/** Names that a scored list gives to its own columns. */
const scoredNames = /^(?:churnProbability|churn|band|certainty|reason[1-9]\d*)$/;

/** What no single key can know: keys that contradict each other. Each message ends the sentence "KEY must be ...". */
function* contradictions(project: Project): Generator<{ path: string[]; message: string }> {
  if (project.profit === undefined) {
    const message = 'backed by a profit section (offer, contact, lifetimeValue)';
    for (const path of needsProfit(project)) yield { path: [...path], message };
  }
  const { id, target, columns } = project.data;
  if (id !== undefined && id === target.column)
    yield { path: ['data', 'id'], message: 'another column than the target' };
  if (id !== undefined && scoredNames.test(id)) {
    yield {
      path: ['data', 'id'],
      message: 'a name that scored lists do not use for their own columns; rename it in the data',
    };
  }
  yield* unfitSplit(project.split, project.data);
  yield* repairsOfTarget(project);
  for (const [name, { min, max }] of Object.entries(columns)) {
    if (name === id || name === target.column) {
      yield {
        path: ['data', 'columns', name],
        message: `left out: it is the ${name === id ? 'id' : 'target'}`,
      };
    }
    if (min !== undefined && max !== undefined && min > max) {
      yield { path: ['data', 'columns', name, 'min'], message: 'at most max' };
    }
  }
}

/** An outcome that is filled in or taken away is made up: rows without one are left out, the others stay as they are. */
function* repairsOfTarget({ clean, data }: Project): Generator<{ path: string[]; message: string }> {
  for (const [index, repair] of clean.entries()) {
    if (repair.repair === 'drop-missing' || !('columns' in repair)) continue;
    const at = repair.columns.indexOf(data.target.column);
    if (at < 0) continue;
    yield {
      path: ['clean', String(index), 'columns', String(at)],
      message: `another column than the target, whose values no repair may change (rows without an outcome are left out by repair: drop-missing)`,
    };
  }
}

const checkedProject = projectSchema.superRefine((project, context) => {
  for (const { path, message } of contradictions(project))
    context.addIssue({ code: 'custom', path, message });
});
export type Project = z.infer<typeof projectSchema>;

export const defaultProjectFile = 'holdfast.yaml';

/** A contract of ten thousand columns is about a megabyte; what is larger is something else. */
const largestProjectFile = 8_000_000;
/** What people hand over by mistake where the project file is asked for. */
const tableExtensions = ['.csv', '.tsv', '.parquet', '.xlsx', '.xls', '.holdfast'];

/** Reads and checks a project file; every default is filled in. */
export async function readProject(path: string): Promise<Project> {
  const who = printable(basename(path));
  const bytes = await readBytes(path, who);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ParamError(
      'project.syntax',
      `${who}: is not UTF-8 text; save it as UTF-8`,
      { file: who },
      { cause },
    );
  }
  return parseProject(text, who);
}

async function readBytes(path: string, who: string): Promise<Uint8Array> {
  const refuse = (what: string, next: string): never => {
    throw new ParamError('project.syntax', `${who}: ${what}, a project file needed; ${next}`, { file: who });
  };
  try {
    const found = await stat(path);
    if (found.isDirectory()) refuse('is a folder', 'name the file in it');
    if (!found.isFile()) refuse('is no ordinary file', 'name a file');
    if (tableExtensions.includes(extname(path).toLowerCase()))
      refuse('is a table or a model by its name', 'name the .yaml that holdfast init wrote');
    if (found.size > largestProjectFile)
      refuse(`has ${found.size} bytes, at most ${largestProjectFile} allowed`, 'is it a table?');
    return await readFile(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (cause instanceof HoldfastError || code === undefined) throw cause;
    const isAbsent = code === 'ENOENT' || code === 'ENOTDIR';
    throw new NotFoundError(
      'project.not-found',
      isAbsent
        ? `${who}: no such project file; run holdfast init DATA --target COLUMN, or give its path`
        : `${who}: the project file cannot be read (${code}); check its permissions`,
      { file: who },
      { cause },
    );
  }
}

/** Parses the text of a project file; `name` is what errors call it. */
export function parseProject(text: string, name: string): Project {
  const lines = new LineCounter();
  const { document, value: written } = parseYaml(text, name, lines);
  const value = withEventDefaults(written);
  if (!isMap(document.contents)) {
    throw new ParamError(
      'project.syntax',
      `${name}: holds no keys, a project file needed; run holdfast init DATA --target COLUMN`,
      { file: name },
    );
  }
  const result = checkedProject.safeParse(value);
  if (result.success) {
    refuseUnfitFeatures(result.data, name, (path) => lineOf(document, path, lines));
    return result.data;
  }
  const problem = firstProblem(projectSchema, value, result.error);
  const line = lineOf(document, problem.path, lines);
  throw new ParamError(
    problem.unknown ? 'project.unknown-key' : 'project.value',
    `${name}: ${line === undefined ? '' : `line ${line}: `}${problem.sentence}`,
    { file: name, param: problem.path, ...(line === undefined ? {} : { line }) },
  );
}

/** What is wrong with a made column is told with its line, before any data are read. */
function refuseUnfitFeatures(
  { features, data }: Project,
  name: string,
  lineAt: (path: string) => number | undefined,
): void {
  const columns = Object.entries(withEventColumns(data).columns)
    .filter(([, { use }]) => use === 'feature')
    .map(([column, { kind }]) => ({ name: column, kind }));
  try {
    featureSteps(features, columns);
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.code !== 'project.value') throw error;
    const param = String(error.fields.param ?? 'features');
    const line = lineAt(param);
    throw new ParamError(
      'project.value',
      `${name}: ${line === undefined ? '' : `line ${line}: `}${error.message}`,
      { ...error.fields, file: name, ...(line === undefined ? {} : { line }) },
      { cause: error },
    );
  }
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

/** The line of the key or list entry at a path such as `data.columns.tenure.min`, or of the nearest one around it. */
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

/**
 * What `train` needs, taken from the whole file. `source`: another file of customers or events than the project file
 * names, relative to the working directory.
 */
export function trainSpecOf(
  written: Project,
  projectPath: string,
  seed?: number,
  source?: string,
): TrainSpec {
  const project = source === undefined ? written : withSource(written, source);
  const split = seed === undefined ? project.split : { ...project.split, seed };
  return {
    project: project.project,
    author: project.author ?? null,
    description: project.description ?? null,
    sourcePath: source === undefined ? resolve(dirname(projectPath), project.data.source) : resolve(source),
    folder: dirname(projectPath),
    data: withEventColumns(project.data),
    clean: project.clean,
    features: project.features,
    preprocess: project.preprocess,
    split,
    train: project.train,
    bands: project.bands,
    gate: project.gate,
    reference: project.reference,
    profit: project.profit,
    resolved: JSON.parse(JSON.stringify({ ...project, split })) as Plain,
  };
}

/** A log that customers come from is the source of both. */
function withSource(project: Project, source: string): Project {
  const { data } = project;
  const events = customersFromLog(data) ? { ...data.events!, source } : data.events;
  return { ...project, data: { ...data, source, ...(events && { events }) } };
}
