/** The month ends on which customers are looked at; the newest is the reference date of every kind of business. */

/** A month; the snapshot is the evening of its last day. */
export interface Snapshot {
  readonly year: number;
  /** January is 0. */
  readonly month: number;
}

export const dayMs = 86_400_000;

/** June 2026: no date of a table lies after 2026-06-30. */
export const newestSnapshot: Snapshot = { year: 2026, month: 5 };

/** Midnight UTC that begins the last day of the month. */
export const snapshotMs = ({ year, month }: Snapshot): number => Date.UTC(year, month + 1, 0);

/** The newest `count` month ends, oldest first. */
export const newestSnapshots = (count: number): Snapshot[] =>
  Array.from({ length: count }, (_, i) => {
    const month = newestSnapshot.month - (count - 1 - i);
    const years = Math.floor(month / 12);
    return { year: newestSnapshot.year + years, month: month - 12 * years };
  });

/** 2026-06-30 */
export const dayText = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);
