/** The contract of the columns that event logs give: known beforehand, so nobody writes them down. */
import { type ColumnContract, type Contract, columnContract } from '../contract.ts';
import { planFeatures } from './plan.ts';

/** The target of a project whose label is made from events. */
export const eventTarget = { column: 'churned', churned: true } as const;

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
  };
}

type Group = Record<string, unknown>;
const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The contract with a rule for every made column; a rule written by hand stands before ours. */
export function withEventColumns(contract: Contract): Contract {
  if (contract.events === undefined) return contract;
  const { events } = contract;
  const made = [events, ...events.more].flatMap((log) =>
    planFeatures(log, 0, 1).map(({ column, feature }): [string, ColumnContract] => [
      column,
      columnContract.parse({
        kind: 'number',
        nullable: true,
        ...(feature.unit !== undefined && { unit: feature.unit }),
        ...(feature.min !== undefined && { min: feature.min }),
        ...(feature.max !== undefined && { max: feature.max }),
        meaning: feature.meaning,
      }),
    ]),
  );
  return { ...contract, columns: { ...Object.fromEntries(made), ...contract.columns } };
}

/** Do customers come from the log itself, not from a table beside it? */
export const customersFromLog = ({ source, events }: Contract): boolean => source === events?.source;
