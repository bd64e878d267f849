/**
 * Under which keys a model's hash filter would know a customer, had the model learned what a row is judged by.
 *
 * A model of event logs has learned a customer's outcome at each of its cutoffs: that there was no event in
 * [cutoff + gap, cutoff + gap + horizon). A row judged at another cutoff is known to it when the same customer was learned
 * from at a cutoff whose time overlaps: a day later nearly all of the outcome is the same. One horizon later nothing is.
 */
import type { Contract } from '../data/contract.ts';
import { backTestCutoffs, cutoffColumn } from '../data/events/event-contract.ts';
import { labelSpan, type Span } from '../data/events/plan.ts';
import { daysOf, type EventsSection } from '../data/events/section.ts';
import type { SplitSection } from '../data/splits/section.ts';
import type { Dataset } from '../table/dataset.ts';
import { customerKeys, idKey } from './customer-keys.ts';
import { namesOfRow, rowName } from './labelled-customers.ts';
import type { Manifest } from './manifest.ts';

/** How the rows were described; of a single cutoff, `events.cutoff` is the one that they were read at. */
export type JudgedBy = Pick<Contract, 'columns' | 'events'>;

type Learner = Pick<Manifest, 'hashFilter' | 'contract' | 'project'>;

/** The keys of each row, in row order; none where the model can't have learned from it. O(rows x cutoffs). */
export function* learnedKeys(
  learner: Learner,
  data: Dataset,
  judged: JudgedBy,
): Generator<readonly string[]> {
  const { hashFilter, contract } = learner;
  if (hashFilter.of === 'row' || !data.ids) {
    for (const key of customerKeys(data, hashFilter.of)) yield [key];
    return;
  }
  const { events } = contract;
  const learned = events === undefined ? [null] : learnedDays(events);
  const isDated = events?.cutoffs !== undefined;
  const overlapping = new Map<string | null, readonly (string | null)[]>();
  for (const id of data.ids) {
    const { customer, day } = judged.events?.cutoffs ? namesOfRow(id) : { customer: id, day: null };
    const judgedDay = day ?? judged.events?.cutoff ?? null;
    let days = overlapping.get(judgedDay);
    if (!days) {
      const span = spanOf(judged.events, judgedDay);
      days = learned.filter((one) => overlap(spanOf(events, one), span));
      overlapping.set(judgedDay, days);
    }
    yield days.map((one) => idKey(isDated && one !== null ? rowName(customer, one) : customer));
  }
}

/** The newest day whose outcomes the model has learned; null for a model of a plain table. */
export function newestLearned({ contract, project }: Learner): string | null {
  const { events } = contract;
  if (events === undefined) return null;
  const { split } = project as { split?: Partial<SplitSection> };
  const testFrom = split?.by === 'time' && split.time === cutoffColumn ? split.testFrom : undefined;
  return learnedDays(events)
    .filter((day) => testFrom === undefined || day < testFrom)
    .reduce<string | null>((newest, day) => (newest === null || day > newest ? day : newest), null);
}

/** Every cutoff that made rows: which of them were learned from, the filter knows. */
function learnedDays(events: EventsSection): readonly string[] {
  const rolling = backTestCutoffs(events);
  return rolling ? [...rolling.train, rolling.validation, rolling.test] : [events.cutoff!];
}

/** When the outcome happened; null where the events don't say. */
const spanOf = (events: EventsSection | undefined, day: string | null): Span | null =>
  events?.horizon === undefined || day === null
    ? null
    : labelSpan(Date.parse(day), daysOf(events.gap), daysOf(events.horizon));

/** Outcomes of unknown time may be the same. */
const overlap = (one: Span | null, other: Span | null): boolean =>
  one === null || other === null || (one.from < other.to && other.from < one.to);
