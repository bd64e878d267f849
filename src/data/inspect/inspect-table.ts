/** Runs every finding over a prepared table: what blocks first, then what warns, then what is good to know. */
import type { Finding, Inspection, Severity } from './definition.ts';
import { allFindings } from './findings/all.ts';

const order: readonly Severity[] = ['block', 'warn', 'note'];

export function inspectTable(inspection: Inspection): Finding[] {
  const found = allFindings.flatMap((definition) => definition.look(inspection));
  return order.flatMap((severity) => found.filter((finding) => finding.severity === severity));
}
