/** Which customers a model has not learned from, as its hash filter tells. */
import { sha256 } from '../base/hash.ts';
import { canonicalJson } from '../base/plain.ts';
import type { Dataset } from '../table/dataset.ts';
import { type JudgedBy, learnedKeys } from './learned-keys.ts';
import type { LoadedModel } from './ports.ts';

/**
 * The rows of the customers that a model has surely not learned from; about 1% of strangers are left out by
 * chance, times the cutoffs whose outcomes overlap theirs. Null where that can't be told: the filter knows ids and the rows have none, or it knows whole rows and
 * these are described by another contract.
 */
export function unseenRows(
  { manifest, knowsTrainingKey }: Pick<LoadedModel, 'manifest' | 'knowsTrainingKey'>,
  data: Dataset,
  judged: JudgedBy,
): Int32Array | null {
  const { of } = manifest.hashFilter;
  if (of === 'id' ? !data.ids : sha256(canonicalJson(judged.columns)) !== manifest.data.schemaHash)
    return null;
  const unseen: number[] = [];
  let row = 0;
  for (const keys of learnedKeys(manifest, data, judged)) {
    if (!keys.some(knowsTrainingKey)) unseen.push(row);
    row++;
  }
  return Int32Array.from(unseen);
}
