/** The contract of the columns that event logs give: known beforehand, so nobody writes them down. */
import { type ColumnContract, type Contract, columnContract } from '../contract.ts';
import { planFeatures } from './plan.ts';
import { rollingCutoffs } from './rolling-cutoffs.ts';
import { daysOf, type EventsSection, eventsSection } from './section.ts';

/** The target of a project whose label is made from events. */
export const eventTarget = { column: 'churned', churned: true } as const;

/** The made column of a back-test that says from when a row looks back and ahead. */
export const cutoffColumn = 'cutoff';

/**
 * Fills what a project file with `data.events` may leave out, before it is checked: customers come from the log
 * itself, its customer column is the id, and `churned` is the made label. Anything else is handed back as it is.
 */
export function withEventDefaults(project: unknown): unknown {
  if (!isGroup(project) || !isGroup(project.data) || !isGroup(project.data.events)) return project;
  const { data } = project;
  const events = data.events as Group;
  return {
    ...project,
    data: {
      ...(data.source === undefined && { source: events.source, id: data.id ?? events.customer }),
      ...(events.horizon !== undefined && { target: { ...eventTarget } }),
      columns: {},
      ...data,
    },
    ...withBackTestSplit(project.split, data.id ?? events.customer, events),
  };
}

/** How the rows of a back-test are parted unless the file says otherwise; an invalid section is left to its schema. */
function withBackTestSplit(split: unknown, id: unknown, written: Group): { split?: unknown } {
  const events = eventsSection.safeParse(written).data;
  const cutoffs = events && backTestCutoffs(events);
  if (!events || !cutoffs || !(split === undefined || isGroup(split))) return {};
  if (split?.by !== undefined && split.by !== 'time') return {};
  const gap = `${labelReachDays(events)}d`;
  const { validation: validationFrom, test: testFrom } = cutoffs;
  return { split: { by: 'time', time: cutoffColumn, group: id, gap, validationFrom, testFrom, ...split } };
}

/** Days from a cutoff to the end of its label. */
export const labelReachDays = ({ gap, horizon }: EventsSection): number =>
  daysOf(gap) + (horizon === undefined ? 0 : daysOf(horizon));

/** The cutoffs of a back-test; undefined for a single one. `from`: the log's first day, where it is known. */
export function backTestCutoffs(events: EventsSection, from?: string) {
  if (events.cutoffs === undefined || events.horizon === undefined) return undefined;
  const { last, count, every } = events.cutoffs;
  return rollingCutoffs({
    last,
    count,
    step: daysOf(every),
    window: daysOf(events.window),
    gap: daysOf(events.gap),
    horizon: daysOf(events.horizon),
    ...(from !== undefined && { from }),
  });
}

type Group = Record<string, unknown>;
const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const plannedFeatures = (events: EventsSection) =>
  [events, ...events.more].flatMap((log) => planFeatures(log, 0, 1));

/** The columns that are made of event logs; none without them. */
export const eventColumnNames = ({ events }: Contract): ReadonlySet<string> =>
  new Set(events === undefined ? [] : plannedFeatures(events).map(({ column }) => column));

/** The contract with a rule for every made column; a rule written by hand stands before ours. */
export function withEventColumns(contract: Contract): Contract {
  if (contract.events === undefined) return contract;
  const { events } = contract;
  const made = plannedFeatures(events).map(({ column, feature }): [string, ColumnContract] => [
    column,
    columnContract.parse({
      kind: 'number',
      nullable: true,
      ...(feature.unit !== undefined && { unit: feature.unit }),
      ...(feature.min !== undefined && { min: feature.min }),
      ...(feature.max !== undefined && { max: feature.max }),
      meaning: feature.meaning,
    }),
  ]);
  const moment = columnContract.parse({
    kind: 'time',
    use: 'none',
    meaning: 'features come from before this moment, the label from after it',
  });
  return {
    ...contract,
    columns: {
      ...(events.cutoffs !== undefined && { [cutoffColumn]: moment }),
      ...Object.fromEntries(made),
      ...contract.columns,
    },
  };
}

/** Do customers come from the log itself, not from a table beside it? */
export const customersFromLog = ({ source, events }: Contract): boolean => source === events?.source;
