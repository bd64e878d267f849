/**
 * The explanation of one row, apart from where the row came from: what each column adds to its score, and what would have
 * to be different. Pure.
 */
import { backgroundOf, wholeNumbers } from '../drift/background.ts';
import type { NumberProfile, Reference } from '../drift/reference.ts';
import { attribute } from '../explain/attribution.ts';
import {
  type CounterfactualOptions,
  type Counterfactuals,
  counterfactuals,
  leversOf,
} from '../explain/counterfactuals.ts';
import { type Reason, reasonsFor, wordsOf } from '../explain/reasons.ts';
import { carefulBudget } from '../explain/sampled-shap.ts';
import { scorerOf } from '../explain/score-table.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import { sigmoid } from '../math/sigmoid.ts';
import { booleanColumn, type Column, categoryColumn, numberColumn, valueAt } from '../table/column.ts';
import { requireColumn, type Table } from '../table/table.ts';
import type { LoadedModel } from './ports.ts';

export interface ExplainedColumn {
  readonly column: string;
  readonly value: string | number | boolean | null;
  /** On the scale of `link`. */
  readonly contribution: number;
  /** Of a sampled contribution; null where it is exact. */
  readonly standardError: number | null;
}

/** A score taken apart into the columns it comes from. */
export interface ExplainedScore {
  readonly method: 'exact-shap' | 'sampled-shap';
  readonly link: 'logit' | 'probability';
  /** `base + sum of the contributions` is the score on the scale of `link`. */
  readonly base: number;
  /** The base as a probability. */
  readonly baseProbability: number;
  /** Strongest first. */
  readonly columns: readonly ExplainedColumn[];
}

/** Typical values of each column that a score is explained against. */
const typicalSize = 32;

/** What a score of a model is explained against: the same for LIME, SHAP and what-ifs. */
export const typicalValues = ({ reference }: LoadedModel): Table => backgroundOf(reference, typicalSize);

/** `table`: one row, read as the model's contract has it. `budget`: scorings, where contributions are sampled. */
export function explainRow(
  model: LoadedModel,
  table: Table,
  options: { readonly reasons: number; readonly budget?: number },
  catalogue: Catalogue,
): { readonly attribution: ExplainedScore; readonly reasons: readonly Reason[] } {
  const { manifest, fitted } = model;
  const typical = typicalValues(model);
  const budget = options.budget ?? carefulBudget;
  const attribution = attribute(fitted, table, typical, catalogue, { budget });
  const { method, link, base, values, errors, columns } = attribution;
  return {
    attribution: {
      method,
      link,
      base,
      baseProbability: link === 'logit' ? sigmoid(base) : base,
      columns: columns
        .map((column, i) => ({
          column,
          value: valueAt(requireColumn('explain', table, column), 0),
          contribution: values[i]!,
          standardError: errors?.[i] ?? null,
        }))
        .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
    },
    reasons: reasonsFor(attribution, table, 0, options.reasons, wordsOf(manifest.contract.columns, typical)),
  };
}

/** What would have to be different for one row; null where the contract marks no column of the model as actionable. */
export function counterfactualsOf(
  model: LoadedModel,
  table: Table,
  options: CounterfactualOptions,
  catalogue: Catalogue,
): Counterfactuals | null {
  const { manifest, fitted, reference } = model;
  const columns = fitted.inputs.map((input) => input.name);
  const levers = leversOf(manifest.contract.columns, leverValues(reference), columns);
  if (levers.length === 0) return null;
  const score = scorerOf(fitted, catalogue);
  return counterfactuals(score, table, 0, columns, typicalValues(model), levers, options);
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
