const dayMs = 86_400_000;

/** Whole days from `from` to `to`, both epoch milliseconds, rounded down as pandas' `.dt.days`; NaN where either is. */
export const wholeDays = (from: number, to: number): number => Math.floor((to - from) / dayMs) + 0;
