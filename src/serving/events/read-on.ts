/** One step along all sources: the events between two positions, merged by their time, each with its id. */
import type { EventReader, SourceEvent } from './event.ts';
import { formatPositions, type Positions } from './positions.ts';

/** By the mark of their source. */
export type Readers = Readonly<Record<string, EventReader>>;

export interface ToldEvent extends SourceEvent {
  /** Handed back, it lets a listener go on behind this event. */
  readonly id: string;
}

export interface Step {
  readonly from: Positions;
  readonly to: Positions;
  readonly events: readonly ToldEvent[];
}

export const isBehind = (at: Positions, there: Positions): boolean =>
  Object.entries(there).some(([mark, position]) => at[mark]! < position);

/** What is settled in each source; null while one of them does not know yet. */
export async function settledIn(readers: Readers): Promise<Positions | null> {
  const settled: Record<string, number> = {};
  for (const [mark, reader] of Object.entries(readers)) {
    const position = await reader.settled();
    if (position === null) return null;
    settled[mark] = position;
  }
  return settled;
}

/** A source whose position is already beyond is left where it is. `to` may fall short: a step is bounded. */
export async function readOn(readers: Readers, from: Positions, upTo: Positions): Promise<Step> {
  const to: Record<string, number> = { ...from };
  const found: { readonly mark: string; readonly order: number; readonly event: SourceEvent }[] = [];
  for (const [mark, reader] of Object.entries(readers)) {
    if (from[mark]! >= upTo[mark]!) continue;
    const { events, position } = await reader.read(from[mark]!, upTo[mark]!);
    to[mark] = position;
    // Of one source the position decides, also where a clock went back.
    let order = 0;
    for (const event of events) {
      order = Math.max(order, event.at);
      found.push({ mark, order, event });
    }
  }
  found.sort((a, b) => a.order - b.order);
  const at: Record<string, number> = { ...from };
  const events = found.map(({ mark, event }) => {
    at[mark] = event.position;
    return { ...event, id: formatPositions(at) };
  });
  return { from, to, events };
}
