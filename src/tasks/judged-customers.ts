/** Reads customers with their outcome for a model to be judged by, as it read those that it learned from. */
import { basename } from 'node:path';
import { ContractError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import { breakSummary } from '../data/check.ts';
import type { Contract } from '../data/contract.ts';
import { loadCustomers } from '../data/sources/customers.ts';
import { openCustomers } from '../data/sources/events.ts';
import { type SplitSection, splitSection } from '../data/splits/section.ts';
import type { Dataset } from '../table/dataset.ts';
import { labelledCustomers, namesOfRow, splitColumns } from './labelled-customers.ts';
import { type JudgedBy, newestLearned } from './learned-keys.ts';
import type { Manifest } from './manifest.ts';
import type { WorkPorts } from './ports.ts';
import { judgingRepairs } from './repairs.ts';

export interface JudgedCustomers {
  readonly customers: Dataset;
  readonly judged: JudgedBy;
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
  manifest: Manifest,
  path: string,
  ports: Pick<WorkPorts, 'progress'>,
  /** Another cutoff for a model of event logs, YYYY-MM-DD. */
  cutoff?: string,
): Promise<JudgedCustomers> {
  const { contract, project, data, model, referenceDate } = manifest;
  ports.progress.step(`Reading ${printable(basename(path))}`);
  const source = await openCustomers(path, contract, { label: true, cutoff });
  try {
    const split = splitSection.parse((project as { split: unknown }).split);
    const isOwnSource = source.hash === data.contentHash;
    const { clean, remarks } = judgingRepairs(manifest, isOwnSource);
    const loaded = await loadCustomers(source, contract, {
      target: 'required',
      also: splitColumns(contract, split),
      clean,
    });
    if (loaded.check.broken.length > 0) {
      throw new ContractError(
        'contract.broken',
        [`contract ${model.name}: ${breakSummary(loaded.check.broken, loaded.check.rows)}`, ...remarks].join(
          '; ',
        ),
        { rows: new Set(loaded.check.broken.map(({ row }) => row)).size },
      );
    }
    const customers = {
      ...labelledCustomers(loaded, contract, split, isOwnSource),
      referenceDate: referenceDate === null ? null : Date.parse(referenceDate),
    };
    const judged = judgedBy(contract, source.cutoff);
    return {
      customers,
      judged,
      isOwnSource,
      split,
      rows: source.rowCount,
      hash: source.hash,
      notes: [
        ...source.notes,
        ...remarks,
        ...(isOwnSource ? [] : laterKnowledge(newestLearned(manifest), customers, judged)),
      ],
    };
  } finally {
    await source.close();
  }
}

/** The contract at the cutoff that the rows were read at; rows of a back-test say it themselves. */
const judgedBy = ({ columns, events }: Contract, cutoff: string | null): JudgedBy =>
  events?.cutoff === undefined || cutoff === null
    ? { columns, events }
    : { columns, events: { ...events, cutoff } };

/** A model that has learned from later days could not have been there to be asked. */
function laterKnowledge(learned: string | null, { ids }: Dataset, { events }: JudgedBy): string[] {
  if (learned === null || events === undefined) return [];
  const days = events.cutoffs ? (ids ?? []).flatMap((id) => namesOfRow(id).day ?? []) : [events.cutoff!];
  const oldest = days.reduce<string | null>((a, b) => (a === null || b < a ? b : a), null);
  if (oldest === null || oldest >= learned) return [];
  return [
    `The model has learned from customers at ${learned}, later than the cutoff ${oldest}: it knows what came later, so the figures may be too good.`,
  ];
}
