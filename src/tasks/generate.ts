/**
 * Synthetic customers as files: what a company would know, beside it companion files about the same customers, and the
 * truth of each that only a simulation knows. A companion file changes no other file.
 */
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ParamError } from '../base/errors.ts';
import type { Cell, CompanionTable } from '../data/generate/companions/definition.ts';
import { type GenerateOptions, generateCustomers } from '../data/generate/generate-customers.ts';
import { generatedTarget, type People } from '../data/generate/model.ts';
import { dayText, newestSnapshot, snapshotMs } from '../data/generate/snapshot.ts';
import { writeRows } from '../data/sources/write.ts';
import { writeTable } from '../data/sources/write-table.ts';
import { requireColumn, type Table } from '../table/table.ts';
import { checkOutput } from './check-output.ts';
import { generatePaths } from './generate-paths.ts';
import { type Progress, silentProgress } from './ports.ts';

export interface GenerateRequest extends GenerateOptions {
  readonly out: string;
  /** `NAME.truth.EXT` beside the customers unless given. */
  readonly truth?: string;
  /** Ids of companion files; each is `NAME.ID.EXT` beside the customers, its truth the same beside theirs. */
  readonly companions?: readonly string[];
}

export interface CompanionFile {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly rows: number;
  /** Null where the customers' own files tell the truth. */
  readonly truthFile: string | null;
}

export interface GeneratedFiles {
  readonly out: string;
  readonly truthFile: string;
  readonly rows: number;
  /** The share that left. */
  readonly churnRate: number;
  readonly target: string;
  /** The newest day on which customers were looked at. */
  readonly referenceDate: string;
  readonly companions: readonly CompanionFile[];
  /** What drifted, when and how much; null without drift. */
  readonly driftFile: string | null;
}

interface Ports {
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/** Writes the files, or refuses before the first when one of them cannot be written. */
export async function generateFile(
  { out, truth, companions, ...options }: GenerateRequest,
  { progress = silentProgress, signal }: Ports = {},
): Promise<GeneratedFiles> {
  const paths = generatePaths({ out, truth, companions, drift: options.drift });
  const { truthFile, driftFile } = paths;
  await checkOutputs(paths.all);
  const { table, truth: truths, driftTruth, people } = generateCustomers(options);
  await writeTable(out, table);
  await writeTable(truthFile, truths);
  if (driftFile !== null && driftTruth !== null) await writeTable(driftFile, driftTruth);
  const made: CompanionFile[] = [];
  for (const { definition, ...files } of paths.companions) {
    progress.step(`Making ${definition.id}`);
    const write = (file: string, part: CompanionTable): Promise<number> =>
      writeCompanion(file, part, people, progress, signal);
    const rows = await write(files.file, definition.told);
    if (definition.truth !== null && files.truthFile !== null) await write(files.truthFile, definition.truth);
    made.push({ id: definition.id, title: definition.title, rows, ...files });
  }
  return {
    out,
    truthFile,
    rows: table.rowCount,
    churnRate: shareChurned(table),
    target: generatedTarget.column,
    referenceDate: dayText(snapshotMs(newestSnapshot)),
    companions: made,
    driftFile,
  };
}

async function checkOutputs(paths: readonly string[]): Promise<void> {
  const names = paths.map((path) => resolve(path));
  if (new Set(names).size < names.length)
    throw new ParamError(
      'generate.option',
      'generate: truth must be another file than those made beside it',
      {
        who: 'generate',
        param: 'truth',
      },
    );
  for (const path of paths) await checkOutput(path, { table: true });
}

function shareChurned(table: Table): number {
  const target = requireColumn('generate', table, generatedTarget.column, 'category');
  const churned = target.levels.indexOf(generatedTarget.churned);
  return target.codes.reduce((count, code) => count + (code === churned ? 1 : 0), 0) / table.rowCount;
}

/** How many rows are made between two looks at the signal; they are all that is in memory. */
const blockRows = 5000;

async function writeCompanion(
  file: string,
  { columns, rows }: CompanionTable,
  people: People,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<number> {
  let done = 0;
  let written = 0;
  const watched: People = {
    ...people,
    at: (row) => {
      done = row + 1;
      return people.at(row);
    },
  };
  async function* blocks(): AsyncGenerator<Cell[][]> {
    let block: Cell[][] = [];
    for (const row of rows(watched)) {
      block.push(row);
      written++;
      if (block.length < blockRows) continue;
      yield block;
      block = [];
      if (done < people.rowCount) progress.tick('customers', done, people.rowCount);
      await setImmediate();
      signal?.throwIfAborted();
    }
    yield block;
  }
  await writeRows(file, columns, blocks());
  return written;
}
