/** What a person should know before a model answers: whether its scores can be proven later from the log. */
import { listNames, printable } from '../base/text.ts';
import type { Contract } from '../data/contract.ts';
import { unloggedColumns } from '../data/logged-columns.ts';

/** Null where the log keeps every column that the model uses. */
export function replayRemark(contract: Contract): string | null {
  const names = unloggedColumns(contract);
  if (names.length === 0) return null;
  const them = names.length === 1 ? 'it' : 'them';
  return `Its scores can't be replayed from the log, which leaves out ${listNames(names.map(printable))}; a version trained with \`log: value\` on ${them} in the project file is logged whole.`;
}
