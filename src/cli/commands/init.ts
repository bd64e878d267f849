/** `holdfast init DATA --target COLUMN`: profiles a table and writes the project file. */
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative } from 'node:path';
import { ConflictError, exitCode, ParamError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import type { Contract } from '../../data/contract.ts';
import { defineCommand, requiredArg, textOption } from '../command.ts';
import { shownPath } from '../format.ts';
import { scalarOf } from '../parse.ts';

export const init = defineCommand({
  id: 'init',
  group: 'Make a model',
  summary: 'look at a customer table and write holdfast.yaml',
  args: [{ name: '<data>', about: 'the customer table: CSV, JSON, Excel or Parquet' }],
  options: [
    { flags: '--target <column>', about: 'the column that says who left (needed)' },
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
      throw new ParamError(
        'usage.argument',
        'init: --target is missing; name the column that says who left, as --target Churn',
        { option: 'target' },
      );
    }
    const churned = textOption(call, 'churned');
    const id = textOption(call, 'id');
    const out = textOption(call, 'out') ?? 'holdfast.yaml';
    const data = requiredArg(call, 0);
    const { checkOutput } = await import('../../tasks/check-output.ts');
    await checkOutput(out, { inputs: [data] });
    refuseExisting(out, call.options.yes === true);
    const { proposeContract } = await import('../../tasks/propose-contract.ts');
    const { projectNameOf, writeProject } = await import('../../new-project.ts');
    const { initText } = await import('../texts/init.ts');
    const { writeWholeFile } = await import('../../store/whole-file.ts');
    call.output.progress.step(`Reading ${printable(basename(data))}`);
    const proposal = await proposeContract({
      path: data,
      source: sourceFrom(dirname(out), data),
      target,
      ...(churned === undefined ? {} : { churned: scalarOf(churned) }),
      ...(id === undefined ? {} : { id }),
    });
    const { contract, rows, churnRate } = proposal;
    const remarks = [...generalRemarks(contract), ...proposal.remarks];
    await writeWholeFile(out, writeProject(projectNameOf(data), contract, remarks));
    const features = Object.values(contract.columns).filter(({ use }) => use === 'feature').length;
    const made = { out, rows, features, target: contract.target, churnRate, remarks };
    call.output.result(initText(made), made);
    return exitCode.done;
  },
});

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
