/**
 * What an inspection says of columns that Holdfast itself made of event logs, less what can't be true of them.
 *
 * They are made of events before the cutoff, with recency, counts and sums of the same events beside each other: that some
 * restate others or are missing together is how they are made. Where the horizon makes the label, events from the cutoff
 * on, they can't restate it either. A label that stands in a customer table may be older than the cutoff: there a made
 * column that gives the outcome away is still told.
 */
import type { Contract } from '../contract.ts';
import { eventColumnNames } from '../events/event-contract.ts';
import type { Finding } from './definition.ts';

const byMaking: ReadonlySet<string> = new Set(['derived.column', 'missing.together']);
const beforeLabel: ReadonlySet<string> = new Set(['leak.single-column', 'recency.label']);

/** The findings in their order; those of columns that the tables themselves hold all stay. */
export function withoutMadeColumns(findings: readonly Finding[], contract: Contract): readonly Finding[] {
  const made = eventColumnNames(contract);
  const isLabelLater = contract.events?.horizon !== undefined;
  const isMistaken = ({ code, column }: Finding): boolean =>
    column !== null && made.has(column) && (byMaking.has(code) || (isLabelLater && beforeLabel.has(code)));
  return findings.filter((finding) => !isMistaken(finding));
}
