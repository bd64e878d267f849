/** Sorts columns and gives their values bins in plain TypeScript: what the compiled kernel is held against. */
import type { OpenBinner } from './column-binner.ts';

export const openPlainBinner: OpenBinner = () => ({
  sorted: (column) => column.filter((value) => !Number.isNaN(value)).sort(),
  place: (column, highs) =>
    Uint8Array.from(column, (value) =>
      Number.isNaN(value) ? 255 : highs.findIndex((high) => value <= high),
    ),
});
