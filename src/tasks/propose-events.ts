/** Looks at a file that may be an event log and proposes the project that learns from it. */
import { type GuessedLog, guessEventLog } from '../data/events/guess-log.ts';
import { logEnd } from '../data/events/log-end.ts';
import { dayMs } from '../data/events/section.ts';
import type { ColumnProfile } from '../data/profile.ts';
import { openSource } from '../data/sources/open.ts';
import { findColumn } from '../table/table.ts';

export interface EventProposal {
  readonly rows: number;
  readonly customers: number;
  readonly log: GuessedLog;
  /** First and last day of the log, YYYY-MM-DD. */
  readonly first: string;
  readonly last: string;
  readonly cutoff: string;
  readonly windowDays: number;
  readonly horizonDays: number;
  /** Cutoffs of a back-test that the log has room for, with a window as long as the horizon. */
  readonly cutoffs: number;
}

/** A shorter log has no room for features before and a label after. */
const shortestDays = 28;

/** Null where the file is not an event log by its looks. */
export async function proposeEvents(path: string): Promise<EventProposal | null> {
  const source = await openSource(path);
  try {
    const profiles = await source.profile();
    const log = guessEventLog(profiles);
    if (!log) return null;
    const column = findColumn((await source.read([{ name: log.time, kind: 'time' }])).table, log.time);
    if (column?.kind !== 'time') return null;
    const times = column.values.filter((time) => !Number.isNaN(time));
    const first = Math.floor(times.reduce((a, b) => Math.min(a, b)) / dayMs);
    const last = logEnd(times).end / dayMs - 1;
    const days = last + 1 - first;
    if (days < shortestDays) return null;
    // A quarter of the log is the label, at most three months; features look back over what is left, at most a year.
    const horizonDays = Math.min(90, Math.floor(days / 4));
    const cutoff = last + 1 - horizonDays;
    const windowDays = Math.min(365, cutoff - first);
    return {
      rows: source.rowCount,
      customers: customersIn(profiles.find(({ name }) => name === log.customer)!),
      log,
      first: isoDay(first),
      last: isoDay(last),
      cutoff: isoDay(cutoff),
      windowDays,
      horizonDays,
      cutoffs: cutoffsWithin(days, horizonDays),
    };
  } finally {
    await source.close();
  }
}

/** What other tools write for a missing value is no customer. */
const customersIn = ({ distinct, tokens }: ColumnProfile): number => distinct - (tokens > 0 ? 1 : 0);

const isoDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** One judged, one that validates, and as many to learn from, 30 days apart, as fit. A horizon is a quarter at most. */
const cutoffsWithin = (days: number, horizonDays: number): number =>
  Math.min(12, 3 + Math.floor((days - 4 * horizonDays) / 30));

/** Whether YAML reads it as text without quotes. */
const looksLikeText = (name: string): boolean =>
  /^[a-z][\w-]*$/i.test(name) && !/^(?:null|true|false|yes|no|on|off|y|n)$/i.test(name);

/** The text of the project file. JSON's quoting is YAML's too. */
export function writeEventProject(name: string, source: string, proposal: EventProposal): string {
  const { log, first, last, cutoff, windowDays, horizonDays, cutoffs } = proposal;
  const line = (key: string, column: string | undefined, why: string): string[] =>
    column === undefined ? [] : [`    ${key}: ${JSON.stringify(column)}    # guessed: ${why}`];
  return `${[
    '# Made by holdfast init, which took the file for an event log: one row an event, no column that says who left.',
    '# A customer without any event in the horizon after the cutoff counts as gone. Read it, correct what is wrong, then:',
    '# holdfast train. How features and label are made: docs/how-to/events.md',
    '',
    'version: 1',
    `project: ${looksLikeText(name) ? name : JSON.stringify(name)}`,
    '',
    'data:',
    '  events:',
    `    source: ${JSON.stringify(source)}`,
    ...line('customer', log.customer, 'its name says so, and it repeats'),
    ...line('time', log.time, 'the only column of times'),
    ...line('value', log.value, 'what an event was worth'),
    ...line(
      'quantity',
      log.quantity,
      'multiplies the value; leave it out if the value is that of all pieces',
    ),
    ...line('order', log.order, 'events of one order count once'),
    `    # The log reaches from ${first} to ${last}.`,
    `    cutoff: ${cutoff}`,
    `    window: ${windowDays}d`,
    '    gap: 0d    # the time that you need to reach a customer',
    `    horizon: ${horizonDays}d`,
    '    # In place of cutoff and window, to learn from several days and be judged by a later one:',
    `    # cutoffs: { last: ${cutoff}, count: ${cutoffs}, every: 30d }`,
    `    # window: ${horizonDays}d`,
    '',
    'train:',
    '  metric: roc-auc',
    '  candidates:',
    '    prior: {}',
    '    logistic-regression: { l2: [0.1, 1, 10] }',
    '    gradient-boosting: {}',
    '',
    'gate: { chance: true }',
  ].join('\n')}\n`;
}
