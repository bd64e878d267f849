/** Scores a file of customers: every row is either scored or rejected with its reason; none is dropped silently. */
import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { countOf, listNames, printable } from '../base/text.ts';
import { duplicateIds, loadCustomers } from '../data/sources/customers.ts';
import { openCustomers } from '../data/sources/events.ts';
import { type OutColumn, writeRows } from '../data/sources/write.ts';
import { bandOf } from '../evaluation/bands.ts';
import { certaintyOf } from '../evaluation/conformal.ts';
import { score } from '../learn/fit.ts';
import { type Table, takeRows } from '../table/table.ts';
import { checkOutput } from './check-output.ts';
import { countHandled, type Handled, type HandledCounts, handlingOf } from './handling.ts';
import type { LoadedModel, WorkPorts } from './ports.ts';
import { reasonTeller } from './reason-texts.ts';
import { refuseForeignRejected, rejectedName, removeRejected, writeRejected } from './rejected-file.ts';
import { scoringRepairs } from './repairs.ts';
import { countRemarks } from './validate.ts';

export interface ScoreRequest {
  readonly model: LoadedModel;
  readonly input: string;
  readonly output: string;
  /** Reasons a row. */
  readonly reasons: number;
  /** For a model of event logs: the day before which events count, YYYY-MM-DD; by default the log's end. */
  readonly cutoff?: string | undefined;
  /** The list is opened in a spreadsheet: no text of it may run as a formula, an id neither. */
  readonly forPeople?: boolean | undefined;
  /** Hears every score before the list is written. */
  readonly log?: ScoreLog | undefined;
}

/** Where scores are written down. */
export interface ScoreLog {
  /** Resolves when the rows are on the disk, all or none. */
  write(rows: ScoredRows): Promise<void>;
}

/** Some rows of a file, scored. */
export interface ScoredRows {
  /** The place of the first among the scored rows, from 0. */
  readonly from: number;
  readonly customers: Table;
  /** Null where the model has no id column. */
  readonly ids: readonly string[] | null;
  readonly verdicts: readonly Verdict[];
}

/** What a model says of one customer. */
export interface Verdict {
  readonly churnProbability: number;
  readonly churn: boolean;
  readonly band: 'high' | 'medium' | 'low';
  readonly certainty: 'sure' | 'unsure';
  /** What was not taken as it came; null when everything was. */
  readonly handled: Handled | null;
}

export interface ScoreSummary {
  readonly model: { readonly id: string; readonly label: string; readonly name: string };
  readonly output: string;
  readonly rows: number;
  readonly scored: number;
  readonly rejected: number;
  readonly rejectedFile: string | null;
  /** Customers called churn. */
  readonly called: number;
  readonly missing: Readonly<Record<string, number>>;
  readonly unseen: Readonly<Record<string, number>>;
  /** Of the scored rows, by column: how often the model put in, cut off or did not know a value. */
  readonly handled: HandledCounts;
  /** Rows that the prediction log has of this run; null when it was not asked for. */
  readonly logged: number | null;
  readonly ignoredColumns: readonly string[];
  readonly remarks: readonly string[];
  /** The day before which events counted; null for a model of a plain table. */
  readonly cutoff: string | null;
}

/** Rows explained at a time: attributions of a block stay small. */
const explainBlock = 8192;
/** Rows written between two looks at whether to stop. */
const writeBlock = 10_000;
/** Rows logged in one transaction: short enough that a running server hardly waits. */
const logBlock = 2000;

export async function scoreFile(
  { model, input, output, reasons, cutoff, forPeople = false, log }: ScoreRequest,
  ports: WorkPorts,
): Promise<ScoreSummary> {
  const { manifest, fitted } = model;
  await checkOutput(output, { inputs: [input], table: true });
  await checkOutput(rejectedName(output), { inputs: [input] });
  await refuseForeignRejected(output);
  ports.progress.step(`Reading ${printable(basename(input))}`);
  const source = await openCustomers(input, manifest.contract, { label: false, cutoff: cutoff ?? 'latest' });
  try {
    const { table, ids, check, notes, unknownColumns } = await loadCustomers(source, manifest.contract, {
      target: 'optional',
      clean: scoringRepairs(manifest),
    });
    const brokenRows = new Set(check.broken.map(({ row }) => row));
    const kept = Int32Array.from({ length: source.rowCount }, (_, row) => row).filter(
      (row) => !brokenRows.has(row),
    );
    const customers = takeRows(table, kept);
    ports.signal?.throwIfAborted();
    ports.progress.step(`Scoring ${countOf(kept.length, 'customer')}`);
    const scores = score(fitted, customers, ports.catalogue);
    const texts = reasons > 0 ? await reasonTexts(model, customers, reasons, ports) : undefined;
    const idColumn = manifest.contract.id;
    const repeated = ids ? duplicateIds(ids).count : 0;
    const handled = handlingOf(manifest.contract, manifest.preprocessing)(customers);
    const counted = countHandled(handled);
    const { threshold, bands, conformal } = manifest;
    const verdictOn = (i: number): Verdict => {
      const churnProbability = scores[i]!;
      return {
        churnProbability,
        churn: churnProbability >= threshold.value,
        band: bandOf(churnProbability, bands),
        // A model from before the limits were learned has always said so.
        certainty: conformal === null ? 'sure' : certaintyOf(churnProbability, conformal),
        handled: handled[i]!,
      };
    };
    // Before the list: who has it knows that all of it is in the log.
    if (log) await logRows(log);
    const columns: OutColumn[] = [
      idColumn === undefined ? { name: 'row', kind: 'number' } : { name: idColumn, kind: 'text' },
      { name: 'churnProbability', kind: 'number' },
      { name: 'churn', kind: 'boolean' },
      { name: 'band', kind: 'text' },
      { name: 'certainty', kind: 'text' },
      ...Array.from({ length: reasons }, (_, i): OutColumn => ({ name: `reason${i + 1}`, kind: 'text' })),
    ];
    // The rejected rows first: a crash between the two leaves no row out of sight.
    const rejectedFile = await writeRejected(output, check.broken);
    await writeRows(output, columns, scoredRows(), { forPeople });
    const isStaleRemoved = rejectedFile === null && (await removeRejected(output));
    return {
      model: manifest.model,
      output,
      rows: source.rowCount,
      scored: kept.length,
      rejected: brokenRows.size,
      rejectedFile,
      called: scores.reduce((count, p) => count + (p >= threshold.value ? 1 : 0), 0),
      missing: check.missing,
      unseen: check.unseen,
      handled: counted,
      logged: log ? kept.length : null,
      ignoredColumns: unknownColumns,
      cutoff: source.cutoff,
      remarks: [
        ...(source.cutoff === null ? [] : [`features from events before ${source.cutoff}`]),
        ...source.notes,
        ...notes.map(({ message }) => message),
        ...(idColumn === undefined ? ['the model has no id column: row counts from 1 below the header'] : []),
        ...(repeated > 0
          ? [`${countOf(repeated, 'row repeats', 'rows repeat')} the id of an earlier row; each is scored`]
          : []),
        ...(isStaleRemoved
          ? [`${printable(basename(rejectedName(output)))} of an earlier run removed: no row is rejected now`]
          : []),
        ...countRemarks(check),
        ...clippedRemark(counted),
        ...(unknownColumns.length > 0
          ? [`not in the contract, ignored: ${listNames(unknownColumns.map(printable))}`]
          : []),
      ],
    };

    async function logRows(to: ScoreLog): Promise<void> {
      for (let from = 0; from < kept.length; from += logBlock) {
        ports.signal?.throwIfAborted();
        const places = Int32Array.from(
          { length: Math.min(logBlock, kept.length - from) },
          (_, i) => from + i,
        );
        await to.write({
          from,
          customers: takeRows(customers, places),
          ids: ids && Array.from(places, (i) => ids[kept[i]!]!),
          verdicts: Array.from(places, verdictOn),
        });
        ports.progress.tick('logged', from + places.length, kept.length);
      }
    }

    function* scoredRows(): Generator<(string | number | boolean | null)[]> {
      for (let i = 0; i < kept.length; i++) {
        if (i % writeBlock === 0) ports.signal?.throwIfAborted();
        const row = kept[i]!;
        const { churnProbability, churn, band, certainty } = verdictOn(i);
        yield [ids ? ids[row]! : row + 1, churnProbability, churn, band, certainty, ...(texts?.[i] ?? [])];
      }
    }
  } finally {
    await source.close();
  }
}

const clippedRemark = ({ clipped }: HandledCounts): string[] => {
  const counts = Object.entries(clipped).map(([column, count]) => `${printable(column)} ${count}`);
  return counts.length === 0 ? [] : [`rows clipped to what training knew: ${counts.join(', ')}`];
};

async function reasonTexts(
  model: LoadedModel,
  customers: Table,
  most: number,
  ports: WorkPorts,
): Promise<(string | null)[][]> {
  const tell = reasonTeller(model, ports.catalogue);
  const texts: (string | null)[][] = [];
  for (let from = 0; from < customers.rowCount; from += explainBlock) {
    const to = Math.min(customers.rowCount, from + explainBlock);
    const block = takeRows(
      customers,
      Int32Array.from({ length: to - from }, (_, i) => from + i),
    );
    for (const found of tell(block, most))
      texts.push(Array.from({ length: most }, (_, r) => found[r] ?? null));
    ports.progress.tick('reasons', to, customers.rowCount);
    // Lets the process hear a signal between two blocks.
    await nextTurn();
    ports.signal?.throwIfAborted();
  }
  return texts;
}
