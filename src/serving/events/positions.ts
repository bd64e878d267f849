/**
 * How far somebody has heard, as the id of an event: a mark and a number for each source, `r12-p345-j7`. Handed back,
 * it lets anyone go on behind exactly this event, at any process of the same database.
 */

/** By the mark of the source. */
export type Positions = Readonly<Record<string, number>>;

export const formatPositions = (positions: Positions): string =>
  Object.entries(positions)
    .map(([mark, position]) => `${mark}${position}`)
    .join('-');

const part = /^([a-z])(0|[1-9]\d{0,15})$/;

/** Undefined where a text is no id of an event. A source that an older version did not have may be missing. */
export function parsePositions(text: string): Positions | undefined {
  const positions: Record<string, number> = {};
  for (const one of text.split('-')) {
    const [, mark, digits] = part.exec(one) ?? [];
    if (mark === undefined || mark in positions || !Number.isSafeInteger(Number(digits))) return undefined;
    positions[mark] = Number(digits);
  }
  return positions;
}
