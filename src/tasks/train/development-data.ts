/** The rows that are not held out, as a pipeline that is fitted already takes them. */
import type { Random } from '../../base/random.ts';
import type { FittedClassifier } from '../../learn/definition.ts';
import { type Dataset, takeDatasetRows } from '../../table/dataset.ts';
import { selectColumns } from '../../table/table.ts';
import { developmentRows } from './prepare.ts';
import type { TrainSpec } from './spec.ts';

/** Training and validation rows in the order of the table, with the columns that the pipeline takes; none of those that were left out. */
export function developmentData(
  spec: Pick<TrainSpec, 'split'>,
  all: Dataset,
  pipeline: FittedClassifier,
  random: Random,
): Dataset {
  const columns = pipeline.inputs.map(({ name }) => name);
  const narrow = { ...all, table: selectColumns(all.table, columns) };
  return takeDatasetRows(narrow, developmentRows(all, spec.split, random));
}
