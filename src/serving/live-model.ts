/** A loaded model made ready to answer: its request schema compiled, its example row, its answers in full. */

import { usedColumns } from '../data/check.ts';
import type { ColumnContract, Contract } from '../data/contract.ts';
import { bandOf } from '../evaluation/bands.ts';
import { certaintyOf } from '../evaluation/conformal.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import { score } from '../learn/fit.ts';
import { type Handled, handlingOf } from '../tasks/handling.ts';
import type { LoadedModel } from '../tasks/ports.ts';
import { scoringRepairs } from '../tasks/repairs.ts';
import { type CustomerReader, customerReader, type RawCustomer } from './customer-reader.ts';
import { type CustomerSchema, customerSchema } from './customer-schema.ts';
import { type Explainer, explainer } from './explainer.ts';
import { type ValueLog, valueLog } from './logged-values.ts';

/** What a model says of one customer. */
export interface Answer {
  readonly churnProbability: number;
  /** At the model's threshold. */
  readonly churn: boolean;
  readonly band: 'high' | 'medium' | 'low';
  readonly certainty: 'sure' | 'unsure';
  /** What was not taken as it came; null when everything was. */
  readonly handled: Handled | null;
}

export interface LiveModel {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  /** The registry's number of it; null for a model that is not registered. */
  readonly version: number | null;
  readonly loaded: LoadedModel;
  readonly schema: CustomerSchema;
  readonly reader: CustomerReader;
  /** What the log may keep of a customer. */
  readonly values: ValueLog;
  readonly explainer: Explainer;
  /** Answers for customers without problems, in their order. Pure; several at once cost far less each. */
  answer(customers: readonly RawCustomer[]): Answer[];
}

export function liveModel(loaded: LoadedModel, version: number | null, catalogue: Catalogue): LiveModel {
  const { manifest, fitted } = loaded;
  const { contract, threshold, bands, conformal } = manifest;
  const clean = scoringRepairs(manifest);
  const schema = customerSchema(contract, exampleCustomer(contract, manifest.preprocessing), clean);
  const reader = customerReader(contract, schema, clean);
  const handling = handlingOf(contract, manifest.preprocessing);
  return {
    ...manifest.model,
    version,
    loaded,
    schema,
    reader,
    values: valueLog(contract),
    explainer: explainer(loaded, reader, catalogue),
    answer(customers) {
      const table = reader.read(customers);
      const scores = score(fitted, table, catalogue);
      return handling.rows(table).map((handled, row) => {
        const churnProbability = scores[row]!;
        return {
          churnProbability,
          churn: churnProbability >= threshold.value,
          band: bandOf(churnProbability, bands),
          // A model from before the limits were learned has always said so.
          certainty: conformal === null ? 'sure' : certaintyOf(churnProbability, conformal),
          handled,
        };
      });
    },
  };
}

/** A made-up customer for the documentation: what the model puts in for missing numbers, and first levels. */
export function exampleCustomer(
  contract: Contract,
  preprocessing: readonly unknown[],
): Readonly<Record<string, string | number | boolean | null>> {
  const imputed = new Map(
    (preprocessing as readonly { column: string; imputed: unknown }[]).map((one) => [
      one.column,
      one.imputed,
    ]),
  );
  const values = usedColumns(contract).map(
    ([name, rule]) => [name, exampleValue(rule, imputed.get(name), contract.referenceDate)] as const,
  );
  const id = contract.id === undefined ? [] : [[contract.id, 'customer-1'] as const];
  return Object.fromEntries([...id, ...values]);
}

function exampleValue(
  { kind, levels, min, nullable }: ColumnContract,
  typical: unknown,
  referenceDate = '2026-01-31',
): string | number | boolean | null {
  switch (kind) {
    case 'number':
      return typeof typical === 'number' ? typical : (min ?? 0);
    case 'boolean':
      return false;
    case 'time':
      return referenceDate;
    case 'text':
      return nullable ? null : 'text';
    case 'category':
      return levels?.[0] ?? 'other';
  }
}
