/** `holdfast init DATA --target COLUMN`: profiles a table and writes the project file. */
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { defaultProjectFile } from '../../base/default-project-file.ts';
import { ConflictError, exitCode, HoldfastError, ParamError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import type { Contract } from '../../data/contract.ts';
import type { Finding } from '../../data/inspect/definition.ts';
import { type CommandCall, defineCommand, requiredArg, textOption } from '../command.ts';
import { programName, shellWord, shownPath } from '../format.ts';
import { scalarOf } from '../parse.ts';

export const init = defineCommand({
  id: 'init',
  group: 'Make a model',
  summary: 'look at a customer table and write holdfast.yaml',
  args: [{ name: '<data>', about: 'the customer table: CSV, JSON, Excel or Parquet' }],
  options: [
    { flags: '--target <column>', about: 'the column that says who left (needed, but for an event log)' },
    { flags: '--churned <value>', about: 'its value for those who left; guessed when it is plain' },
    { flags: '--id <column>', about: 'the column that names a customer; guessed when it is plain' },
    { flags: '--out <file>', about: 'where to write (holdfast.yaml)' },
    { flags: '--yes', about: 'replace an existing file' },
  ],
  examples: [
    'holdfast init customers.csv --target Churn',
    'holdfast init bank.csv --target Exited --churned 1 --id CustomerId',
  ],
  async run(call) {
    const target = textOption(call, 'target');
    if (target === undefined) {
      const made = await withoutTarget(call);
      if (made !== null) return made;
      throw new ParamError(
        'usage.argument',
        'init: --target is missing; name the column that says who left, as --target Churn (a log of events has none: then write data.events, docs/how-to/events.md)',
        { option: 'target' },
      );
    }
    const churned = textOption(call, 'churned');
    const id = textOption(call, 'id');
    const out = textOption(call, 'out') ?? defaultProjectFile;
    const data = requiredArg(call, 0);
    const { checkOutput } = await import('../../tasks/check-output.ts');
    await checkOutput(out, { inputs: [data], project: true });
    refuseExisting(out, call.options.yes === true);
    const { proposeContract } = await import('../../tasks/propose-contract.ts');
    const { projectNameOf, writeProject } = await import('../../new-project.ts');
    const { initText } = await import('../texts/init.ts');
    const { writeWholeFile } = await import('../../store/whole-file.ts');
    const { realClock } = await import('../../adapters/clock.ts');
    call.output.progress.step(`Reading ${printable(basename(data))}`);
    const proposal = await proposeContract({
      path: data,
      source: sourceFrom(dirname(out), data),
      target,
      ...(churned === undefined ? {} : { churned: scalarOf(churned) }),
      ...(id === undefined ? {} : { id }),
      now: realClock.now(),
    });
    const { contract, rows, churnRate, notes, clean } = proposal;
    const remarks = [...generalRemarks(contract), ...proposal.remarks];
    const schema = await writeSchema(out);
    const warned = proposal.findings.filter(({ severity }) => severity === 'warn');
    const text = writeProject(
      projectNameOf(data),
      contract,
      [...notes.map((message) => ({ column: null, message })), ...remarks, ...warningsOf(warned)],
      { clean, cleanRemarks: proposal.cleanRemarks, schema },
    );
    await writeWholeFile(out, text);
    const features = Object.values(contract.columns).filter(({ use }) => use === 'feature').length;
    const warnings = [...new Set(warned.map(({ code }) => code))];
    const made = {
      out,
      rows,
      features,
      target: contract.target,
      churnRate,
      remarks,
      notes,
      clean,
      warnings,
      schema,
    };
    const inspect = [programName(), 'inspect', shellWord(data), '--target', shellWord(target)];
    if (churned !== undefined) inspect.push('--churned', shellWord(churned));
    if (id !== undefined) inspect.push('--id', shellWord(id));
    call.output.result(initText({ ...made, clean: proposal.cleanRemarks, inspect: inspect.join(' ') }), made);
    return exitCode.done;
  },
});

/** An event log needs no target: what it is trained on is made of its events. */
async function withoutTarget(call: CommandCall): Promise<number | null> {
  const { initEventLog } = await import('./init/init-event-log.ts');
  const out = textOption(call, 'out') ?? defaultProjectFile;
  const source = sourceFrom(dirname(out), requiredArg(call, 0));
  return initEventLog(call, out, source, () => refuseExisting(out, call.options.yes === true));
}

/** Warnings beside the columns they are about, by their codes: what they say is long, and inspect says it. */
function warningsOf(findings: readonly Finding[]): { column: string; message: string }[] {
  const codes = new Map<string, Set<string>>();
  for (const { column, code } of findings)
    if (column !== null) codes.set(column, (codes.get(column) ?? new Set()).add(code));
  return [...codes].map(([column, some]) => ({ column, message: `inspect warns: ${[...some].join(', ')}` }));
}

/**
 * Writes the JSON Schema for editors into the workspace of the project file; gives its path from there, or null where
 * it cannot be written, or could not be named in one word of a comment.
 */
async function writeSchema(out: string): Promise<string | null> {
  const { openWorkspace } = await import('../../store/workspace.ts');
  const { makeFolder, writeWholeFile } = await import('../../store/whole-file.ts');
  const { projectJsonSchemaText } = await import('../../project-schema.ts');
  const folder = resolve(dirname(out));
  // Its own workspace begins with a project file of the usual name, which is not there yet.
  const isUsual = basename(out) === defaultProjectFile && !process.env.HOLDFAST_HOME;
  const root = isUsual ? join(folder, '.holdfast') : openWorkspace({ cwd: folder, env: process.env }).root;
  const path = join(root, 'holdfast.schema.json');
  const named = relative(folder, path).split('\\').join('/');
  if (!/^[\w./-]+$/.test(named)) return null;
  try {
    await makeFolder(root);
    await writeWholeFile(path, projectJsonSchemaText());
    return named;
  } catch (error) {
    // A help for editors is no reason to go without a project file.
    if (error instanceof HoldfastError) return null;
    throw error;
  }
}

/** What is said of the table as a whole. */
function generalRemarks(contract: Contract): { column: null; message: string }[] {
  if (contract.id !== undefined) return [];
  return [
    {
      column: null,
      message: 'no customer id found: scored lists will number the rows; give --id to have it named',
    },
  ];
}

function refuseExisting(out: string, replace: boolean): void {
  if (replace || !existsSync(out)) return;
  throw new ConflictError(
    'project.exists',
    `init: ${shownPath(out)} is already there; give another --out, or --yes to replace it`,
    {
      file: out,
    },
  );
}

/** The path that the project file gives its source: relative to the file, with slashes. */
function sourceFrom(folder: string, data: string): string {
  return isAbsolute(data) ? data : relative(folder, data).split('\\').join('/');
}
