/**
 * About `most` of the rows, evenly spaced among leavers and among stayers: the rarer outcome is among them, and the share of
 * leavers is what it was. Row numbers in ascending order; all where there are no more. O(rows).
 */
export function thinRows(labels: Uint8Array, most: number): Int32Array {
  const all = Int32Array.from(labels.keys());
  if (labels.length <= most) return all;
  const isChosen = new Uint8Array(labels.length);
  for (const outcome of [0, 1]) {
    const rows = all.filter((row) => labels[row] === outcome);
    const wanted = Math.min(rows.length, Math.max(1, Math.round((most * rows.length) / labels.length)));
    for (let i = 0; i < wanted; i++) isChosen[rows[Math.floor((i * rows.length) / wanted)]!] = 1;
  }
  return all.filter((row) => isChosen[row] === 1);
}
