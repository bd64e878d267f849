/** What contradicts between `split` and `data` of a project file, which neither section can know alone. */
import { nearestName, printable } from '../../base/text.ts';
import type { Contract } from '../contract.ts';
import { cutoffColumn, labelReachDays, withEventColumns } from '../events/event-contract.ts';
import { daysOf } from '../events/section.ts';
import type { SplitSection } from './section.ts';

/** A key and what it must be, as the end of a sentence. */
export interface Unfit {
  readonly path: string[];
  readonly message: string;
}

export function* unfitSplit(split: SplitSection, contract: Contract): Generator<Unfit> {
  const { columns } = withEventColumns(contract);
  const { by, group, time } = split;
  if (group !== undefined && group !== contract.id && !Object.hasOwn(columns, group))
    yield { path: ['split', 'group'], message: `a column of data.columns${nearest(group, columns)}` };
  if (time !== undefined && columns[time]?.kind !== 'time')
    yield {
      path: ['split', 'time'],
      message: Object.hasOwn(columns, time)
        ? 'a column of kind: time'
        : `a time column of data.columns${nearest(time, columns)}`,
    };
  const { events } = contract;
  if (events?.cutoffs === undefined) return;
  if (by === 'stratified' || (by === 'grouped' && group !== contract.id)) {
    yield {
      path: ['split', 'by'],
      message: `time, or grouped by ${printable(contract.id ?? 'the customer')}, as a customer has a row for each cutoff`,
    };
  }
  if (by !== 'time') return;
  if (time !== cutoffColumn)
    yield { path: ['split', 'time'], message: `${cutoffColumn}, the moment from which a row looks ahead` };
  const reach = labelReachDays(events);
  if (split.gap === undefined || daysOf(split.gap) < reach)
    yield { path: ['split', 'gap'], message: `at least ${reach}d, as far as a label looks ahead` };
}

function nearest(name: string, columns: Contract['columns']): string {
  const known = nearestName(name, Object.keys(columns));
  return known === undefined || known === null ? '' : ` (is it ${printable(known)}?)`;
}
