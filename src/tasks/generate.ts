/** Synthetic customers as files: what a company would know, and beside it the truth that only a simulation knows. */
import { type GenerateOptions, generateCustomers } from '../data/generate/generate-customers.ts';
import { generatedTarget } from '../data/generate/model.ts';
import { writeTable } from '../data/sources/write-table.ts';
import { requireColumn } from '../table/table.ts';
import { checkOutput } from './check-output.ts';

export interface GeneratedFiles {
  readonly out: string;
  readonly truthFile: string;
  readonly rows: number;
  /** The share that left. */
  readonly churnRate: number;
  readonly target: string;
}

/** Writes the customers to `out` and, as `NAME.truth.EXT`, the true risk of each and what an offer would do. */
export async function generateFile({
  out,
  ...options
}: GenerateOptions & { out: string }): Promise<GeneratedFiles> {
  const truthFile = out.replace(/(\.[^./\\]+)?$/, '.truth$1');
  for (const path of [out, truthFile]) await checkOutput(path, { table: true });
  const { table, truth } = generateCustomers(options);
  await writeTable(out, table);
  await writeTable(truthFile, truth);
  const target = requireColumn('generate', table, generatedTarget.column, 'category');
  const churned = target.levels.indexOf(generatedTarget.churned);
  const leavers = target.codes.reduce((count, code) => count + (code === churned ? 1 : 0), 0);
  return {
    out,
    truthFile,
    rows: table.rowCount,
    churnRate: leavers / table.rowCount,
    target: generatedTarget.column,
  };
}
