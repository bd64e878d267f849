/** The `data.events` key of a project file: where events are logged, and the moment from which churn is looked at. */
import { z } from 'zod';

export const days = z.string().regex(/^\d{1,5}[dw]$/, 'days or weeks such as 90d or 39w');
const someDays = days.refine((text) => daysOf(text) > 0, 'at least one day, such as 90d or 39w');
const column = z.string().min(1);

const logShape = {
  source: z.string().min(1).describe('The log: a file with one row an event, relative to the project file.'),
  customer: column.describe('The column that names the customer.'),
  time: column.describe('The column that says when it happened.'),
  dateFormat: z
    .string()
    .min(1)
    .optional()
    .describe('How the file writes its times when not in ISO form: dd-MM-yyyy.'),
  value: column.optional().describe('The column that says what it was worth; makes the monetary features.'),
  quantity: column.optional().describe('The column by which the value is multiplied, for a price a piece.'),
  order: column
    .optional()
    .describe('The column that names the order; without it the events of a day are one order.'),
  knownAt: column
    .optional()
    .describe('The column that says when the company knew of it; what was not known yet makes no feature.'),
};

const prefix = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'letters, digits and _, a letter first')
  .describe('Prefix of the features: support gives support_recency_days.');

export const eventsSection = z
  .strictObject({
    name: prefix.optional(),
    ...logShape,
    cutoff: z.iso
      .date()
      .optional()
      .describe('Features come from before this day (midnight UTC), YYYY-MM-DD; the label from after it.'),
    cutoffs: z
      .strictObject({
        last: z.iso.date().describe('The newest cutoff, YYYY-MM-DD: its customers are the hold-out.'),
        count: z
          .int()
          .min(3)
          .max(1000)
          .default(4)
          .describe('How many cutoffs in all: one judged, one that validates, the others to learn from.'),
        every: someDays.default('30d').describe('How far the cutoffs to learn from lie apart: 30d or 4w.'),
      })
      .optional()
      .describe(
        'In place of cutoff, for a back-test: one row a customer and cutoff, parted by time so that no label reaches into a later part.',
      ),
    window: someDays.describe('How far before the cutoff features look: 90d or 39w.'),
    gap: days
      .default('0d')
      .describe('Time between cutoff and the label, in which a customer can still be reached.'),
    horizon: someDays
      .optional()
      .describe(
        'A customer without any event in this time after the gap churned. Left out where the customer table holds the target.',
      ),
    until: z.iso
      .date()
      .optional()
      .describe(
        'The log is complete up to this day, not included; else up to the end of its newest day (but for a few events months behind all others).',
      ),
    more: z
      .array(
        z.strictObject({
          name: prefix,
          ...logShape,
          window: someDays
            .optional()
            .describe('How far its features look back, if not as far as those of the first log.'),
        }),
      )
      .default([])
      .describe('Further logs of the same customers; they make features, never the label.'),
  })
  .superRefine(({ name, more, ...log }, ctx) => {
    if ((log.cutoff === undefined) === (log.cutoffs === undefined)) {
      const message = 'given, or cutoffs in its place, never both';
      ctx.addIssue({ code: 'custom', path: ['cutoff'], message });
    }
    if (log.cutoffs !== undefined && log.horizon === undefined)
      ctx.addIssue({ code: 'custom', path: ['horizon'], message: 'given, as cutoffs make a label each' });
    const names = [name, ...more.map((one) => one.name)];
    names.forEach((one, at) => {
      if (names.indexOf(one) !== at)
        ctx.addIssue({ code: 'custom', path: ['more', at - 1, 'name'], message: 'a name of its own' });
    });
    [log, ...more].forEach((one, at) => {
      const roles = ['customer', 'time', 'value', 'quantity', 'order', 'knownAt'] as const;
      const columns = roles.map((role) => one[role]);
      const twice = roles.find((role, i) => one[role] !== undefined && columns.indexOf(one[role]) < i);
      if (twice !== undefined)
        ctx.addIssue({
          code: 'custom',
          path: at === 0 ? [twice] : ['more', at - 1, twice],
          message: 'a column that has no other part in the log',
        });
      if (one.quantity !== undefined && one.value === undefined)
        ctx.addIssue({
          code: 'custom',
          path: at === 0 ? ['quantity'] : ['more', at - 1, 'quantity'],
          message: 'left out without a value to multiply',
        });
    });
  });
export type EventsSection = z.infer<typeof eventsSection>;
export type EventLog = EventsSection['more'][number];

export const dayMs = 86_400_000;

/** 2w is 14. */
export const daysOf = (text: string): number => Number(text.slice(0, -1)) * (text.endsWith('w') ? 7 : 1);
