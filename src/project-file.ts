/**
 * The project file: the sections of every room joined, and read with coded errors.
 *
 * Unknown keys are errors that name the nearest known key, and every error its line. Paths in it are relative to it.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { z } from 'zod';
import { type ErrorFields, HoldfastError, hasCode, NotFoundError, ParamError } from './base/errors.ts';
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
import type { Catalogue } from './learn/catalogue.ts';
import { type ProjectText, readProjectText } from './project-text.ts';
import { registrySection } from './registry/section.ts';
import { expandCandidates } from './selection/grid.ts';
import { searchSpace } from './selection/search-space.ts';
import { searchPlan, trainSection } from './selection/section.ts';
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

/** A contract of ten thousand columns is about a megabyte; what is larger is something else. */
const largestProjectFile = 8_000_000;
/** What people hand over by mistake where the project file is asked for. */
const tableExtensions = ['.csv', '.tsv', '.parquet', '.xlsx', '.xls', '.holdfast'];

/** Reads and checks a project file; every default is filled in. `catalogue`: see `parseProject`. */
export async function readProject(path: string, catalogue?: Catalogue): Promise<Project> {
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
  return parseProject(text, who, catalogue);
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

/**
 * Parses the text of a project file; `name` is what errors call it. With a catalogue the candidates and their parameters are
 * checked too; else whoever trains refuses them.
 */
export function parseProject(text: string, name: string, catalogue?: Catalogue): Project {
  const written = readProjectText(text, name);
  const value = withEventDefaults(written.value);
  const result = checkedProject.safeParse(value);
  if (!result.success) {
    const problem = firstProblem(projectSchema, value, result.error);
    const code = problem.unknown ? 'project.unknown-key' : 'project.value';
    throw new ParamError(code, ...placed(written, name, problem.path, problem.sentence));
  }
  refuseUnfitFeatures(result.data, name, written);
  if (catalogue) refuseUnfitCandidates(result.data, name, written, catalogue);
  return result.data;
}

/** The sentence with file and line before it, and the fields that say the same. */
function placed(
  { lineOf }: ProjectText,
  file: string,
  param: string,
  sentence: string,
): [sentence: string, fields: { file: string; param: string; line?: number }] {
  const line = lineOf(param);
  return line === undefined
    ? [`${file}: ${sentence}`, { file, param }]
    : [`${file}: line ${line}: ${sentence}`, { file, param, line }];
}

/** What is wrong with a made column is told with its line, before any data are read. */
function refuseUnfitFeatures({ features, data }: Project, name: string, written: ProjectText): void {
  const columns = Object.entries(withEventColumns(data).columns)
    .filter(([, { use }]) => use === 'feature')
    .map(([column, { kind }]) => ({ name: column, kind }));
  refuseWithLine(
    name,
    written,
    ({ param = 'features' }) => String(param),
    () => featureSteps(features, columns),
  );
}

/** The same for models and their parameters. */
function refuseUnfitCandidates(
  { train }: Project,
  name: string,
  written: ProjectText,
  catalogue: Catalogue,
): void {
  const { candidates } = searchPlan(train);
  const check = train.search.method === 'grid' ? expandCandidates : searchSpace;
  const path = 'train.candidates';
  for (const [id, grid] of Object.entries(candidates)) {
    const placeOf = ({ who, param }: ErrorFields): string =>
      [path, id, ...(who === undefined || param === undefined ? [] : [param])].join('.');
    refuseWithLine(name, written, placeOf, () => check({ [id]: grid }, catalogue));
  }
  const isEmpty = Object.keys(candidates).length === 0;
  if (isEmpty)
    refuseWithLine(
      name,
      written,
      () => path,
      () => check({}, catalogue),
    );
}

const placedCodes = ['project.value', 'param.unknown', 'param.value', 'catalogue.unknown'] as const;

/** Does the work; what it refuses is told with file and line. */
function refuseWithLine(
  name: string,
  written: ProjectText,
  placeOf: (fields: ErrorFields) => string,
  work: () => unknown,
): void {
  try {
    work();
  } catch (error) {
    const code = placedCodes.find((one) => hasCode(error, one));
    if (code === undefined) throw error;
    const { fields, message } = error as HoldfastError;
    const [sentence, place] = placed(written, name, placeOf(fields), message);
    throw new ParamError(code, sentence, { ...fields, ...place }, { cause: error });
  }
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
