/**
 * The project file: the sections of every room joined, read with coded errors, written with comments.
 *
 * Unknown keys are errors that name the nearest known key. Paths in it are relative to it.
 */
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { Document, isMap, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { z } from 'zod';
import { NotFoundError, ParamError } from './base/errors.ts';
import type { Plain } from './base/plain.ts';
import { firstProblem } from './base/schema.ts';
import { type Contract, dataSection } from './data/contract.ts';
import { splitSection } from './data/splits/section.ts';
import { bandsSection, gateSection } from './evaluation/section.ts';
import { preprocessSection } from './features/section.ts';
import { trainSection } from './selection/section.ts';
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
  preprocess: preprocessSection,
  split: splitSection.prefault({}),
  train: trainSection.prefault({}),
  bands: bandsSection,
  gate: gateSection,
});
export type Project = z.infer<typeof projectSchema>;

export const defaultProjectFile = 'holdfast.yaml';

/** Reads and checks a project file; every default is filled in. */
export async function readProject(path: string): Promise<Project> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EISDIR') {
      throw new ParamError(
        'project.syntax',
        `${basename(path)}: is a folder, a project file needed; name the file in it`,
        { file: basename(path) },
        { cause },
      );
    }
    throw new NotFoundError(
      'project.not-found',
      `${basename(path)}: no such project file; run holdfast init DATA --target COLUMN, or give its path`,
      { file: basename(path) },
      { cause },
    );
  }
  return parseProject(text, basename(path));
}

/** Parses the text of a project file; `name` is what errors call it. */
export function parseProject(text: string, name: string): Project {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  });
  const syntax = document.errors[0];
  if (syntax) {
    const { line } = lines.linePos(syntax.pos[0]);
    const what = syntax.message.split('\n')[0]!.replace(/\s+at line.*$/, '');
    throw new ParamError('project.syntax', `${name}: line ${line}: ${what}; repair the line`, {
      file: name,
      line,
    });
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (!isMap(document.contents)) {
    throw new ParamError(
      'project.syntax',
      `${name}: holds no keys, a project file needed; run holdfast init DATA --target COLUMN`,
      { file: name },
    );
  }
  const result = projectSchema.safeParse(value);
  if (result.success) return result.data;
  const problem = firstProblem(projectSchema, value, result.error);
  const line = lineOf(document, problem.path, lines);
  throw new ParamError(
    problem.unknown ? 'project.unknown-key' : 'project.value',
    `${name}: ${line === undefined ? '' : `line ${line}: `}${problem.sentence}`,
    { file: name, param: problem.path, ...(line === undefined ? {} : { line }) },
  );
}

function lineOf(document: Document.Parsed, path: string, lines: LineCounter): number | undefined {
  const keys = path.split('.');
  for (let depth = keys.length; depth > 0; depth--) {
    const parent = depth === 1 ? document.contents : document.getIn(keys.slice(0, depth - 1), true);
    const pair = isMap(parent)
      ? (parent as YAMLMap).items.find(
          ({ key }) => String((key as { value?: unknown })?.value) === keys[depth - 1],
        )
      : undefined;
    const range = (pair?.key as { range?: readonly number[] } | undefined)?.range;
    if (range) return lines.linePos(range[0]!).line;
  }
  return undefined;
}

/** What `train` needs, taken from the whole file. */
export function trainSpecOf(project: Project, projectPath: string, seed?: number): TrainSpec {
  const split = seed === undefined ? project.split : { ...project.split, seed };
  return {
    project: project.project,
    author: project.author ?? null,
    description: project.description ?? null,
    sourcePath: resolve(dirname(projectPath), project.data.source),
    data: project.data,
    preprocess: project.preprocess,
    split,
    train: project.train,
    bands: project.bands,
    gate: project.gate,
    resolved: JSON.parse(JSON.stringify({ ...project, split })) as Plain,
  };
}

/** A project's short name from the name of its data: `Q3 Customers.csv` gives `q3-customers`. */
export function projectNameOf(dataPath: string): string {
  const name = basename(dataPath)
    .replace(/\.[^.]+$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
  return name === '' ? 'churn' : name;
}

/** Something a person should check, said beside the column it is about. */
export interface Remark {
  readonly column: string | null;
  readonly message: string;
}

/** The text of a new project file: the contract, the guesses as comments, the rest with its useful choices shown. */
export function writeProject(name: string, contract: Contract, remarks: readonly Remark[]): string {
  const { columns, ...data } = contract;
  const document = new Document(
    {
      version: 1,
      project: name,
      data: {
        ...data,
        columns: Object.fromEntries(
          Object.entries(columns).map(([column, rules]) => [column, withoutDefaults(rules)]),
        ),
      },
      preprocess: {
        numeric: { impute: 'median', outliers: { rule: 'iqr', factor: 1.5 }, scale: 'standard' },
        categorical: { impute: 'missing', encode: 'one-hot', unknown: 'ignore' },
      },
      split: { test: 0.15, validation: 0.15, by: 'stratified', seed: 42 },
      train: {
        metric: 'roc-auc',
        folds: 5,
        search: { method: 'grid' },
        candidates: { prior: {}, 'logistic-regression': { l2: [0.1, 1, 10] }, 'random-forest': {} },
        threshold: { by: 'f1' },
      },
      gate: { chance: true },
    },
    { compat: 'yaml-1.1' },
  );
  document.commentBefore = ` Made by holdfast init. Read it, correct what is wrong, then: holdfast train`;
  const columnMap = document.getIn(['data', 'columns'], true) as YAMLMap;
  for (const item of columnMap.items) {
    const column = String((item.key as { value: unknown }).value);
    (item.value as YAMLMap).flow = true;
    const said = remarks.filter((remark) => remark.column === column).map(({ message }) => message);
    if (said.length > 0) (item.value as YAMLMap).comment = ` ${said.join('; ')}`;
  }
  for (const path of [
    ['data', 'target'],
    ['preprocess', 'numeric'],
    ['preprocess', 'categorical'],
    ['split'],
    ['train', 'search'],
    ['train', 'threshold'],
  ]) {
    (document.getIn(path, true) as YAMLMap).flow = true;
  }
  for (const item of (document.getIn(['train', 'candidates'], true) as YAMLMap).items)
    (item.value as YAMLMap).flow = true;
  const general = remarks.filter((remark) => remark.column === null).map(({ message }) => ` ${message}`);
  if (general.length > 0) (document.get('data', true) as YAMLMap).commentBefore = general.join('\n');
  const gate = document.get('gate', true) as YAMLMap;
  gate.comment =
    ' chance: better than a coin with 95% confidence. Add floors that your business needs:\n rocAuc: 0.80\n trainValidationGap: 0.10\n mustBeatChampion: true';
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** A column's rules without those that say what holds anyway. */
function withoutDefaults(rules: Contract['columns'][string]): Record<string, unknown> {
  const defaults: Record<string, unknown> = {
    closed: false,
    nullable: false,
    personal: false,
    actionable: false,
    use: 'feature',
  };
  return Object.fromEntries(
    Object.entries(rules).filter(([key, value]) => value !== undefined && value !== defaults[key]),
  );
}
