/** From a source to labelled customers, split once and for all. */
import { ContractError, DataError } from '../../base/errors.ts';
import type { Random } from '../../base/random.ts';
import { countOf } from '../../base/text.ts';
import { type Break, breakSummary } from '../../data/check.ts';
import type { CleanSection } from '../../data/clean/section.ts';
import type { CleanNote } from '../../data/clean-table.ts';
import type { Contract } from '../../data/contract.ts';
import type { Outcome } from '../../data/outcomes.ts';
import { duplicateIds, loadCustomers } from '../../data/sources/customers.ts';
import { openCustomers } from '../../data/sources/events.ts';
import { splitterOf } from '../../data/splits/all.ts';
import type { SplitSection } from '../../data/splits/section.ts';
import type { SplitParts } from '../../data/splits/stratified.ts';
import { type Dataset, takeDatasetRows } from '../../table/dataset.ts';
import { labelledCustomers, splitColumns } from '../labelled-customers.ts';
import { type Parting, partingNotes, partingOf } from './parting.ts';

export interface Parts {
  readonly all: Dataset;
  readonly training: Dataset;
  readonly validation: Dataset;
  readonly holdout: Dataset;
}

export interface PreparedData {
  readonly parts: Parts;
  readonly parting: Parting;
  readonly source: { readonly path: string; readonly rows: number; readonly hash: string };
  /** What the target holds, the most frequent first. */
  readonly outcomes: readonly Outcome[];
  /** What the repairs did. */
  readonly notes: readonly CleanNote[];
  /** Columns of the source that the contract does not name. */
  readonly unknownColumns: readonly string[];
}

/** Reads every customer, repairs what the project file says, refuses what breaks the contract, splits by the seed. */
export async function prepareData(
  project: string,
  sourcePath: string,
  contract: Contract,
  split: SplitSection,
  random: Random,
  clean: CleanSection = [],
  folder?: string,
): Promise<PreparedData> {
  const source = await openCustomers(sourcePath, contract, { label: true, folder });
  try {
    const also = splitColumns(contract, split);
    const loaded = await loadCustomers(source, contract, { target: 'required', clean, also });
    refuseBroken(project, loaded.check.broken, loaded.check.rows);
    const all = labelledCustomers(loaded, contract, split, true);
    refuseDuplicates(project, contract.id, all.ids, loaded.places);
    const parts = splitParts(all, split, random);
    const parting = partingOf(split, parts);
    return {
      parts,
      parting,
      source: { path: sourcePath, rows: loaded.check.rows, hash: source.hash },
      outcomes: loaded.outcomes,
      notes: [
        ...source.notes.map((message) => ({ code: 'data.read', message })),
        ...loaded.notes,
        ...partingNotes(parting),
      ],
      unknownColumns: loaded.unknownColumns,
    };
  } finally {
    await source.close();
  }
}

/** The three parts of the data, decided by the split section, the seed, labels, groups and times alone. */
export function splitParts(all: Dataset, split: SplitSection, random: Random): Parts {
  const { train, validation, test } = partRows(all, split, random);
  return {
    all,
    training: takeDatasetRows(all, train),
    validation: takeDatasetRows(all, validation),
    holdout: takeDatasetRows(all, test),
  };
}

const partRows = (all: Dataset, split: SplitSection, random: Random): SplitParts =>
  splitterOf(split.by).split(all, split, random.fork('split'));

/** Training and validation rows together, in the order of the table. */
export function developmentRows(all: Dataset, split: SplitSection, random: Random): Int32Array {
  const { train, validation } = partRows(all, split, random);
  const rows = new Int32Array(train.length + validation.length);
  rows.set(train);
  rows.set(validation, train.length);
  return rows.sort();
}

function refuseBroken(project: string, broken: readonly Break[], rows: number): void {
  if (broken.length === 0) return;
  throw new ContractError('contract.broken', `contract ${project}: ${breakSummary(broken, rows)}`, {
    rows: new Set(broken.map(({ row }) => row)).size,
    columns: [...new Set(broken.map(({ column }) => column))],
  });
}

function refuseDuplicates(
  project: string,
  id: string | undefined,
  ids: readonly string[] | null,
  places: Int32Array,
): void {
  if (!ids || id === undefined) return;
  const { count, rows } = duplicateIds(ids);
  if (count === 0) return;
  throw new DataError(
    'data.duplicate-id',
    `${project}: ${countOf(count, 'row repeats', 'rows repeat')} the ${id} of an earlier row, first at row ${places[rows[0]!]! + 1}; keep one row a customer`,
    { column: id, rows: count },
  );
}
