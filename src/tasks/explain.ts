/**
 * Explains the score of one customer of a table: what each column adds, in words and figures, and what would have to be
 * different. The score is the one that `score` gives: the row is read the same way, without repairs.
 */
import { basename } from 'node:path';
import { ContractError, NotFoundError } from '../base/errors.ts';
import { countOf, printable } from '../base/text.ts';
import { loadCustomers } from '../data/sources/customers.ts';
import { openSource } from '../data/sources/open.ts';
import { backgroundOf, wholeNumbers } from '../drift/background.ts';
import type { NumberProfile, Reference } from '../drift/reference.ts';
import { type Band, bandOf } from '../evaluation/bands.ts';
import { type Certainty, certaintyOf } from '../evaluation/conformal.ts';
import { attribute } from '../explain/attribution.ts';
import { type Counterfactuals, counterfactuals, leversOf } from '../explain/counterfactuals.ts';
import { type LimeExplanation, lime } from '../explain/lime.ts';
import { type Reason, reasonsFor, wordsOf } from '../explain/reasons.ts';
import { carefulBudget } from '../explain/sampled-shap.ts';
import { scorerOf } from '../explain/score-table.ts';
import { sigmoid } from '../math/sigmoid.ts';
import { booleanColumn, type Column, categoryColumn, numberColumn, valueAt } from '../table/column.ts';
import { createDataset } from '../table/dataset.ts';
import { requireColumn, type Table, takeRows } from '../table/table.ts';
import { customerKeys } from './customer-keys.ts';
import type { LoadedModel, WorkPorts } from './ports.ts';

export interface ExplainRequest {
  readonly model: LoadedModel;
  /** The table that holds the customer. */
  readonly data: string;
  /** An id as the table writes it, or the number of a row from 1. */
  readonly customer: { readonly id: string } | { readonly row: number };
  /** Reasons in words. */
  readonly reasons: number;
  /** Also a straight-line summary around the customer, with how far it can be trusted. */
  readonly lime: boolean;
  /** The score to get below; by default the model's threshold. */
  readonly target?: number | undefined;
}

export interface ExplainedColumn {
  readonly column: string;
  readonly value: string | number | boolean | null;
  /** On the scale of `link`. */
  readonly contribution: number;
  /** Of a sampled contribution; null where it is exact. */
  readonly standardError: number | null;
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
  readonly attribution: {
    readonly method: 'exact-shap' | 'sampled-shap';
    readonly link: 'logit' | 'probability';
    /** `base + sum of the contributions` is the score on the scale of `link`. */
    readonly base: number;
    /** The base as a probability. */
    readonly baseProbability: number;
    /** Strongest first. */
    readonly columns: readonly ExplainedColumn[];
  };
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

/** Typical values of each column that a score is explained against. */
const typicalSize = 32;

export async function explainCustomer(request: ExplainRequest, ports: WorkPorts): Promise<Explanation> {
  const { model, data } = request;
  const { manifest, fitted, reference } = model;
  ports.progress.step(`Reading ${printable(basename(data))}`);
  const { table, row, id, remarks } = await readCustomer(request);
  const typical = backgroundOf(reference, typicalSize);
  const columns = fitted.inputs.map((input) => input.name);
  ports.signal?.throwIfAborted();
  const score = scorerOf(fitted, ports.catalogue);
  const p = score(table)[0]!;
  const attribution = attribute(fitted, table, typical, ports.catalogue, { budget: carefulBudget });
  const levers = leversOf(manifest.contract.columns, leverValues(reference), columns);
  const local = request.lime ? lime(score, table, 0, typical, columns) : null;
  return {
    model: { id: manifest.model.id, label: manifest.model.label, name: manifest.model.name },
    customer: { id, row },
    churnProbability: p,
    churn: p >= manifest.threshold.value,
    threshold: manifest.threshold.value,
    band: bandOf(p, manifest.bands),
    certainty: manifest.conformal === null ? null : certaintyOf(p, manifest.conformal),
    attribution: {
      method: attribution.method,
      link: attribution.link,
      base: attribution.base,
      baseProbability: attribution.link === 'logit' ? sigmoid(attribution.base) : attribution.base,
      columns: columns
        .map((column, i) => ({
          column,
          value: valueAt(requireColumn('explain', table, column), 0),
          contribution: attribution.values[i]!,
          standardError: attribution.errors?.[i] ?? null,
        }))
        .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
    },
    reasons: reasonsFor(attribution, table, 0, request.reasons, wordsOf(manifest.contract.columns, typical)),
    lime: local && limeOf(local),
    counterfactuals:
      levers.length === 0
        ? null
        : counterfactuals(score, table, 0, columns, typical, levers, {
            target: request.target ?? manifest.threshold.value,
          }),
    remarks,
  };
}

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

async function readCustomer({ model, data, customer }: ExplainRequest): Promise<Found> {
  const { contract, hashFilter, referenceDate } = model.manifest;
  const source = await openSource(data);
  try {
    const { table, ids, check } = await loadCustomers(source, contract, { target: 'optional' });
    const rows = 'row' in customer ? [customer.row - 1] : rowsOfId(ids, customer.id);
    const row = rows[0];
    if (row === undefined || row < 0 || row >= table.rowCount)
      throw notFound(data, 'row' in customer, table.rowCount, contract.id);
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
      ids: id === null ? null : [id],
      referenceDate: referenceDate === null ? null : Date.parse(referenceDate),
    });
    const [key] = customerKeys(alone, hashFilter.of);
    return {
      table: one,
      row: row + 1,
      id,
      remarks: [
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

/** The id that was asked for is a customer's value, and not said. */
function notFound(data: string, byRow: boolean, rows: number, idColumn: string | undefined): Error {
  const who = printable(basename(data));
  const what = byRow
    ? `the table has ${countOf(rows, 'row')}, counted from 1; give one of them`
    : `no row has this ${printable(idColumn ?? 'id')}; give one that the table holds, or a row number with --row`;
  return new NotFoundError('explain.no-customer', `${who}: ${what}`, { rows });
}

/** At most so many values of a lever are tried. */
const mostLeverValues = 33;

/** The values that training saw of each column: quantiles of numbers as they stood in the data, levels most frequent first. */
function leverValues(reference: Reference): Column[] {
  return Object.entries(reference.columns).flatMap(([name, profile]): Column[] => {
    switch (profile.kind) {
      case 'number':
        return [numberColumn(name, spreadOver(profile as NumberProfile))];
      case 'category':
        return [
          categoryColumn(
            name,
            profile.levels.slice(0, mostLeverValues).map(({ level }) => level),
          ),
        ];
      case 'boolean':
        return [
          booleanColumn(
            name,
            profile.levels.map(({ level }) => level === 'true'),
          ),
        ];
      default:
        return [];
    }
  });
}

/** Values from end to end, evenly picked: those of a column of whole numbers, else quantiles. */
function spreadOver(profile: NumberProfile): number[] {
  const list = wholeNumbers(profile)?.map(({ value }) => value) ?? profile.edges;
  const taken = Math.min(mostLeverValues, list.length);
  return Array.from(
    { length: taken },
    (_, i) => list[Math.round((i * (list.length - 1)) / Math.max(1, taken - 1))]!,
  );
}
