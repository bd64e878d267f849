/**
 * Explains the score of one customer of a table: what each column adds, in words and figures, and what would have to be
 * different. The score is the one that `score` gives: the row is read the same way, with the same repairs of single values.
 */
import { basename } from 'node:path';
import { ContractError, NotFoundError } from '../base/errors.ts';
import { countOf, printable } from '../base/text.ts';
import type { Contract } from '../data/contract.ts';
import { customersFromLog } from '../data/events/event-contract.ts';
import { loadCustomers } from '../data/sources/customers.ts';
import { type CustomerSource, openCustomers } from '../data/sources/events.ts';
import { type Band, bandOf } from '../evaluation/bands.ts';
import { type Certainty, certaintyOf } from '../evaluation/conformal.ts';
import type { Counterfactuals } from '../explain/counterfactuals.ts';
import { type LimeExplanation, lime } from '../explain/lime.ts';
import type { Reason } from '../explain/reasons.ts';
import { scorerOf } from '../explain/score-table.ts';
import { createDataset } from '../table/dataset.ts';
import { type Table, takeRows } from '../table/table.ts';
import { customerKeys } from './customer-keys.ts';
import { counterfactualsOf, type ExplainedScore, explainRow, typicalValues } from './explain-row.ts';
import { rowName } from './labelled-customers.ts';
import type { LoadedModel, WorkPorts } from './ports.ts';
import { scoringRepairs } from './repairs.ts';

export interface ExplainRequest {
  readonly model: LoadedModel;
  /** The table that holds the customer; for a model of event logs what `score` takes, so a log or the table beside it. */
  readonly data: string;
  /**
   * For a model of event logs: the day before which events count, YYYY-MM-DD; `latest`: the end of the log. By default
   * the model's own, of a back-test the newest.
   */
  readonly cutoff?: string | undefined;
  /** The folder to which paths of the contract are relative; without it all files lie beside `data`. */
  readonly folder?: string | undefined;
  /** An id as the table writes it, or the number of a row from 1. */
  readonly customer: { readonly id: string } | { readonly row: number };
  /** Reasons in words. */
  readonly reasons: number;
  /** Also a straight-line summary around the customer, with how far it can be trusted. */
  readonly lime: boolean;
  /** The score to get below; by default the model's threshold. */
  readonly target?: number | undefined;
}

export interface Explanation {
  readonly model: { readonly id: string; readonly label: string; readonly name: string };
  readonly customer: { readonly id: string | null; readonly row: number };
  readonly churnProbability: number;
  readonly churn: boolean;
  readonly threshold: number;
  readonly band: Band;
  /** `unsure` where both outcomes are likely, or neither; null where the model has no limits for that. */
  readonly certainty: Certainty | null;
  readonly attribution: ExplainedScore;
  readonly reasons: readonly Reason[];
  readonly lime: {
    readonly columns: readonly { readonly column: string; readonly effect: number }[];
    readonly localFit: number;
    readonly kernelWidth: number;
    readonly samples: number;
    readonly stability: LimeExplanation['stability'];
  } | null;
  /** Null where the contract marks no column of the model as actionable. */
  readonly counterfactuals: Counterfactuals | null;
  readonly remarks: readonly string[];
}

export async function explainCustomer(request: ExplainRequest, ports: WorkPorts): Promise<Explanation> {
  const { model, data } = request;
  const { manifest, fitted } = model;
  ports.progress.step(`Reading ${printable(basename(data))}`);
  const { table, row, id, remarks } = await readCustomer(request);
  ports.signal?.throwIfAborted();
  const score = scorerOf(fitted, ports.catalogue);
  const p = score(table)[0]!;
  const { attribution, reasons } = explainRow(model, table, { reasons: request.reasons }, ports.catalogue);
  const columns = fitted.inputs.map((input) => input.name);
  const local = request.lime ? lime(score, table, 0, typicalValues(model), columns) : null;
  const target = request.target ?? manifest.threshold.value;
  const found = counterfactualsOf(model, table, { target }, ports.catalogue);
  return {
    model: { id: manifest.model.id, label: manifest.model.label, name: manifest.model.name },
    customer: { id, row },
    churnProbability: p,
    churn: p >= manifest.threshold.value,
    threshold: manifest.threshold.value,
    band: bandOf(p, manifest.bands),
    certainty: manifest.conformal === null ? null : certaintyOf(p, manifest.conformal),
    attribution,
    reasons,
    lime: local && limeOf(local),
    counterfactuals: found,
    remarks: found === null && request.target !== undefined ? [...remarks, nothingToChange] : remarks,
  };
}

/** Said to those who asked for a score to get below. */
const nothingToChange =
  'What would have to be different is not known: no column that the model uses is marked actionable: true in its contract. Mark the columns that the company can change, then train again.';

const limeOf = ({ columns, values, localFit, kernelWidth, samples, stability }: LimeExplanation) => ({
  columns: columns
    .map((column, i) => ({ column, effect: values[i]! }))
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect)),
  localFit,
  kernelWidth,
  samples,
  stability,
});

interface Found {
  /** One row. */
  readonly table: Table;
  /** From 1. */
  readonly row: number;
  readonly id: string | null;
  readonly remarks: readonly string[];
}

async function readCustomer({ model, data, customer, cutoff, folder }: ExplainRequest): Promise<Found> {
  const { contract, hashFilter, referenceDate } = model.manifest;
  const source = await openCustomers(data, contract, { label: false, cutoff, folder });
  try {
    const { table, ids, check } = await loadCustomers(source, contract, {
      target: 'optional',
      clean: scoringRepairs(model.manifest),
    });
    const rows = 'row' in customer ? [customer.row - 1] : rowsOfId(ids, customer.id);
    const row = rows[0];
    if (row === undefined || row < 0 || row >= table.rowCount)
      throw notFound(data, 'row' in customer, source, contract);
    const broken = check.broken.find((one) => one.row === row);
    if (broken) {
      throw new ContractError(
        'contract.broken',
        `explain: row ${row + 1} breaks the contract: ${printable(broken.column)} is ${broken.reason}; repair the row, then explain it`,
        { row: row + 1, column: broken.column, reason: broken.code },
      );
    }
    const one = takeRows(table, [row]);
    const id = ids?.[row] ?? null;
    const alone = createDataset(one, [0], {
      ids: id === null ? null : [trainingName(id, contract, source)],
      referenceDate: referenceDate === null ? null : Date.parse(referenceDate),
    });
    const [key] = customerKeys(alone, hashFilter.of);
    return {
      table: one,
      row: row + 1,
      id,
      remarks: [
        ...(source.cutoff === null ? [] : [`Features from events before ${source.cutoff}.`]),
        ...source.notes,
        ...(rows.length > 1
          ? [`${countOf(rows.length, 'row has', 'rows have')} this id; the first of them is explained.`]
          : []),
        ...(key !== undefined && model.knowsTrainingKey(key)
          ? ['The model has learned from this customer: it is surer of this score than of a new one.']
          : []),
      ],
    };
  } finally {
    await source.close();
  }
}

const rowsOfId = (ids: readonly string[] | null, id: string): number[] =>
  (ids ?? []).flatMap((other, row) => (other === id ? [row] : []));

/** What training called the row: of a back-test customer and cutoff, for the same customer has several. */
const trainingName = (id: string, { events }: Contract, { cutoff }: CustomerSource): string =>
  events?.cutoffs === undefined || cutoff === null ? id : rowName(id, cutoff);

/** The id that was asked for is a customer's value, and not said. */
function notFound(
  data: string,
  byRow: boolean,
  { cutoff, rowCount: rows }: CustomerSource,
  contract: Contract,
): Error {
  const who = printable(basename(data));
  const idColumn = printable(contract.id ?? 'id');
  const { events } = contract;
  // Of a log those who were silent are no rows.
  const active =
    events && customersFromLog(contract) ? ` with an event in the ${events.window} before ${cutoff}` : '';
  const what = byRow
    ? `there are ${countOf(rows, 'row')}${active === '' ? '' : `, customers${active}`}, counted from 1; give one of them`
    : active === ''
      ? `no row has this ${idColumn}; give one that the table holds, or a row number with --row`
      : `no customer${active} has this ${idColumn}; give one that has, or another --cutoff`;
  return new NotFoundError('explain.no-customer', `${who}: ${what}`, { rows });
}
