/** Reads customers with their outcome for a model to be judged by, as it read those that it learned from. */
import { basename } from 'node:path';
import { ContractError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import { breakSummary } from '../data/check.ts';
import { cleanSection } from '../data/clean/section.ts';
import { loadCustomers } from '../data/sources/customers.ts';
import { openCustomers } from '../data/sources/events.ts';
import { type SplitSection, splitSection } from '../data/splits/section.ts';
import type { Dataset } from '../table/dataset.ts';
import { labelledCustomers, splitColumns } from './labelled-customers.ts';
import type { Manifest } from './manifest.ts';
import type { WorkPorts } from './ports.ts';

export interface JudgedCustomers {
  readonly customers: Dataset;
  /** The model's own source: it has learned from a part of these. */
  readonly isOwnSource: boolean;
  /** How the model's own rows were parted. */
  readonly split: SplitSection;
  readonly rows: number;
  readonly hash: string;
  /** What was told at reading. */
  readonly notes: readonly string[];
}

/** Throws what reading throws, and `contract.broken` for rows that break the model's contract. */
export async function readJudgedCustomers(
  { contract, project, data, model, referenceDate }: Manifest,
  path: string,
  ports: Pick<WorkPorts, 'progress'>,
  /** Another cutoff for a model of event logs, YYYY-MM-DD. */
  cutoff?: string,
): Promise<JudgedCustomers> {
  ports.progress.step(`Reading ${printable(basename(path))}`);
  const source = await openCustomers(path, contract, { label: true, cutoff });
  try {
    const split = splitSection.parse((project as { split: unknown }).split);
    const isOwnSource = source.hash === data.contentHash;
    const loaded = await loadCustomers(source, contract, {
      target: 'required',
      also: splitColumns(contract, split),
      // Judged as it learned: the hold-out of its own source is the same only after the same repairs.
      clean: cleanSection.parse((project as { clean?: unknown }).clean),
    });
    if (loaded.check.broken.length > 0) {
      throw new ContractError(
        'contract.broken',
        `contract ${model.name}: ${breakSummary(loaded.check.broken, loaded.check.rows)}`,
        { rows: new Set(loaded.check.broken.map(({ row }) => row)).size },
      );
    }
    return {
      customers: {
        ...labelledCustomers(loaded, contract, split, isOwnSource),
        referenceDate: referenceDate === null ? null : Date.parse(referenceDate),
      },
      isOwnSource,
      split,
      rows: source.rowCount,
      hash: source.hash,
      notes: source.notes,
    };
  } finally {
    await source.close();
  }
}
