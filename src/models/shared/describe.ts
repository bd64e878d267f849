/** Words that models describe themselves with. */

/** The places of the largest amounts, largest first, without zeros; the earlier of two equal ones first. */
export function strongest(amounts: Float64Array, most = 5): number[] {
  return Array.from(amounts, (amount, place) => ({ amount: Math.abs(amount), place }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount || a.place - b.place)
    .slice(0, most)
    .map(({ place }) => place);
}
