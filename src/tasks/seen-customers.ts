/** Which customers a model has not learned from, as its hash filter tells. */
import { sha256 } from '../base/hash.ts';
import { canonicalJson } from '../base/plain.ts';
import type { Contract } from '../data/contract.ts';
import type { Dataset } from '../table/dataset.ts';
import { customerKeys } from './customer-keys.ts';
import type { LoadedModel } from './ports.ts';

/**
 * The rows of the customers that a model has surely not learned from; about 1% of strangers are left out by
 * chance. Null where that can't be told: the filter knows ids and the rows have none, or it knows whole rows and
 * these are described by another contract.
 */
export function unseenRows(
  { manifest, knowsTrainingKey }: Pick<LoadedModel, 'manifest' | 'knowsTrainingKey'>,
  data: Dataset,
  columns: Contract['columns'],
): Int32Array | null {
  const { of } = manifest.hashFilter;
  if (of === 'id' ? !data.ids : sha256(canonicalJson(columns)) !== manifest.data.schemaHash) return null;
  const unseen: number[] = [];
  let row = 0;
  for (const key of customerKeys(data, of)) {
    if (!knowsTrainingKey(key)) unseen.push(row);
    row++;
  }
  return Int32Array.from(unseen);
}
