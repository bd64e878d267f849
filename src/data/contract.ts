/**
 * The contract: what each column of a customer table is, said once. Validator, features, API schema, report
 * and data dictionary come from it.
 */
import { z } from 'zod';
import { columnKinds } from '../table/column.ts';
import { columnMethods, unfitMethod } from './column-methods.ts';
import { parseDateFormat } from './date-format.ts';
import { eventsSection } from './events/section.ts';

/** A value as the file's JSON holds it. */
export const jsonScalar = z.union([z.string(), z.number(), z.boolean()]);
export type JsonScalar = z.infer<typeof jsonScalar>;

const columnShape = z.strictObject({
  kind: z
    .enum(columnKinds as [string, ...string[]] as ['number', 'category', 'boolean', 'time', 'text'])
    .describe('What a value is.'),
  dateFormat: z
    .string()
    .refine(
      (format) => parseDateFormat(format) !== undefined,
      'a format such as dd-MM-yyyy or M/d/yyyy HH:mm',
    )
    .optional()
    .describe(
      'How the file writes a time column that is not in ISO form: dd-MM-yyyy. ISO dates are read too.',
    ),
  unit: z.string().optional().describe('Unit of a number: months, EUR, percent.'),
  min: z.number().optional().describe('A number below it breaks the row.'),
  max: z.number().optional().describe('A number above it breaks the row.'),
  levels: z
    .array(jsonScalar)
    .optional()
    .describe('The levels that training saw; an unseen one is accepted and counted.'),
  closed: z.boolean().default(false).describe('An unseen level breaks the row.'),
  nullable: z.boolean().default(false).describe('A missing value is accepted; else it breaks the row.'),
  personal: z
    .boolean()
    .default(false)
    .describe('Says something about the person: not logged, and looked at for fairness.'),
  actionable: z.boolean().default(false).describe('The company can change it: offered in what-if answers.'),
  use: z
    .enum(['feature', 'segment', 'none'])
    .default('feature')
    .describe('feature: learned from; segment: only for judging groups; none: left out.'),
  log: z
    .enum(['value', 'never'])
    .optional()
    .describe('Whether the prediction log keeps the value; by default value, for personal columns never.'),
  ...columnMethods,
  meaning: z.string().optional().describe('What it is, in a few words.'),
});

/** Keys that don't fit the kind of the column are refused here, where the line of the file is known. */
export const columnContract = columnShape.superRefine((rule, ctx) => {
  const unfit = unfitMethod(rule.kind, rule);
  if (unfit) ctx.addIssue({ code: 'custom', path: [unfit.key], message: unfit.expected });
  if (rule.dateFormat !== undefined && rule.kind !== 'time')
    ctx.addIssue({ code: 'custom', path: ['dateFormat'], message: `left out for a ${rule.kind} column` });
});
export type ColumnContract = z.infer<typeof columnContract>;

const dataShape = z.strictObject({
  source: z
    .string()
    .min(1)
    .describe(
      'The customer table: a CSV, JSON, NDJSON, Excel (.xlsx) or Parquet file, text also as .gz, relative to the project file. Left out where customers come from the log of events.',
    ),
  id: z
    .string()
    .optional()
    .describe('The column that names a customer; with events that of the log unless another is named.'),
  target: z
    .strictObject({
      column: z.string().min(1).describe('The column that says who left.'),
      churned: jsonScalar.describe('Its value for those who left.'),
    })
    .describe('What is to be predicted. Left out where events.horizon makes the label.'),
  referenceDate: z.iso.date().optional().describe('"Now" for every date feature, YYYY-MM-DD.'),
  columns: z
    .record(z.string(), columnContract)
    .describe('The contract: each column once. With events it may be left out.'),
  events: eventsSection
    .optional()
    .describe(
      'An event log from which one row a customer is made: of the customers of source, or of the log itself.',
    ),
});

/** Where customers come from a log, a label and a name for them must come from somewhere too. */
export const dataSection = dataShape.superRefine(({ source, id, target, events }, ctx) => {
  if (events === undefined) return;
  const refuse = (path: string[], message: string): void => ctx.addIssue({ code: 'custom', path, message });
  if (id === undefined) refuse(['id'], 'given, to find the events of a customer');
  if (source === events.source && events.horizon === undefined)
    refuse(['events', 'horizon'], 'given, as the log has no target column');
  if (source !== events.source && events.cutoffs !== undefined)
    refuse(
      ['events', 'cutoffs'],
      'left out: a customer table says how customers are today, not how they were at each cutoff',
    );
  if (events.horizon !== undefined && target.churned !== true)
    refuse(['target', 'churned'], 'true, as the horizon decides who churned');
});
/** The data section of a project file: the contract with its source. */
export type Contract = z.infer<typeof dataSection>;

/** What the contract says of a column, if it names it: names such as `constructor` are columns like others. */
export const ruleOf = (columns: Contract['columns'], name: string): ColumnContract | undefined =>
  Object.hasOwn(columns, name) ? columns[name] : undefined;
