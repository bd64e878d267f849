/** Scores a file of customers: every row is either scored or rejected with its reason; none is dropped silently. */
import { basename } from 'node:path';
import { countOf, listNames, printable } from '../base/text.ts';
import { unknownColumns } from '../data/check.ts';
import { openCustomers } from '../data/sources/events.ts';
import { checkOutput } from './check-output.ts';
import type { HandledCounts } from './handling.ts';
import type { WorkPorts } from './ports.ts';
import { refuseForeignRejected, rejectedName, removeRejected } from './rejected-file.ts';
import { scorePieces } from './score-pieces.ts';
import type { ScoreRequest } from './score-request.ts';
import { countRemarks } from './validate.ts';

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

/** In pieces of `rowsAtOnce`; memory does not grow with the rows, but of a model of event logs it does. */
export async function scoreFile(
  request: ScoreRequest,
  ports: WorkPorts,
  rowsAtOnce?: number,
): Promise<ScoreSummary> {
  const { model, input, output, cutoff, log } = request;
  const { contract } = model.manifest;
  await checkOutput(output, { inputs: [input], table: true });
  await checkOutput(rejectedName(output), { inputs: [input] });
  await refuseForeignRejected(output);
  ports.progress.step(`Reading ${printable(basename(input))}`);
  const source = await openCustomers(input, contract, { label: false, cutoff: cutoff ?? 'latest' });
  try {
    ports.signal?.throwIfAborted();
    ports.progress.step(`Scoring ${countOf(source.rowCount, 'customer')}`);
    const { tally, rejectedFile } = await scorePieces(source, request, ports, rowsAtOnce);
    const isStaleRemoved = rejectedFile === null && (await removeRejected(output));
    const ignored = unknownColumns(
      contract,
      source.columns.map(({ name }) => name),
    );
    return {
      model: model.manifest.model,
      output,
      rows: source.rowCount,
      scored: tally.scored,
      rejected: source.rowCount - tally.scored,
      rejectedFile,
      called: tally.called,
      missing: tally.missing,
      unseen: tally.unseen,
      handled: tally.handled,
      logged: log ? tally.scored : null,
      ignoredColumns: ignored,
      cutoff: source.cutoff,
      remarks: [
        ...(source.cutoff === null ? [] : [`features from events before ${source.cutoff}`]),
        ...source.notes,
        ...tally.notes.map(({ message }) => message),
        ...(contract.id === undefined
          ? ['the model has no id column: row counts from 1 below the header']
          : []),
        ...(tally.repeated > 0
          ? [
              `${countOf(tally.repeated, 'row repeats', 'rows repeat')} the id of an earlier row; each is scored`,
            ]
          : []),
        ...(isStaleRemoved
          ? [`${printable(basename(rejectedName(output)))} of an earlier run removed: no row is rejected now`]
          : []),
        ...countRemarks(tally, { imputed: new Set(Object.keys(tally.handled.imputed)) }),
        ...clippedRemark(tally.handled),
        ...(ignored.length > 0 ? [`not in the contract, ignored: ${listNames(ignored.map(printable))}`] : []),
      ],
    };
  } finally {
    await source.close();
  }
}

const clippedRemark = ({ clipped }: HandledCounts): string[] => {
  const counts = Object.entries(clipped).map(([column, count]) => `${printable(column)} ${count}`);
  return counts.length === 0
    ? []
    : [`rows with a value outside of what was usual in training, clipped to that: ${counts.join(', ')}`];
};
