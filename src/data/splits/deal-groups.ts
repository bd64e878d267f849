/**
 * Deals whole groups of rows into bins of wanted sizes, each bin with about the same share of leavers.
 *
 * One group after the other goes to the bin that lacks most of what the group holds: of those with room for all of it
 * the one with the largest
 *
 *   sum over outcomes of  group rows of the outcome / all rows of the outcome x (1 - rows in the bin / rows wanted)
 *
 * and where no bin has room, the bin that lacks the most rows. So a bin is above its wanted size by less
 * than the largest group.
 *
 * Groups come kind by kind, the large ones first while there is room; a kind is a size, to a factor of two, and a share
 * of leavers, to a quarter. Within a kind the order is random. So every bin gets its part of each kind: groups of one
 * outcome are told apart more easily than mixed ones, and a bin with more of them would be judged too kindly.
 *
 * O(groups x bins + rows). The idea is that of `sklearn.model_selection.StratifiedGroupKFold`, here for any sizes:
 * https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.StratifiedGroupKFold.html
 */
import type { Random } from '../../base/random.ts';

/** Rows of the two outcomes: [stayed, churned]. */
type Counts = [stayed: number, churned: number];

interface Bin {
  readonly wanted: number;
  readonly wantedOf: Counts;
  readonly held: Counts;
}

/**
 * The bin of each row. `groups` holds a code from 0 a row; `shares` of the rows are wanted in each bin and add up to 1.
 */
export function dealGroups(
  labels: Uint8Array,
  groups: Int32Array,
  shares: readonly number[],
  random: Random,
): Int32Array {
  const counts = countGroups(labels, groups);
  const all = counts.reduce<Counts>((sum, [stayed, churned]) => [sum[0] + stayed, sum[1] + churned], [0, 0]);
  const bins: Bin[] = shares.map((share) => ({
    wanted: share * labels.length,
    wantedOf: [share * all[0], share * all[1]],
    held: [0, 0],
  }));
  const binOfGroup = new Int32Array(counts.length);
  for (const group of dealingOrder(counts, random)) {
    const of = counts[group]!;
    const bin = binFor(of, all, bins, random.integer(bins.length));
    bins[bin]!.held[0] += of[0];
    bins[bin]!.held[1] += of[1];
    binOfGroup[group] = bin;
  }
  return groups.map((group) => binOfGroup[group]!);
}

function countGroups(labels: Uint8Array, groups: Int32Array): Counts[] {
  const counts: Counts[] = [];
  groups.forEach((group, row) => {
    while (counts.length <= group) counts.push([0, 0]);
    counts[group]![labels[row] as 0 | 1]++;
  });
  return counts;
}

const sizeOf = ([stayed, churned]: Counts): number => stayed + churned;

/** Kind by kind, larger groups first, at random within a kind. */
function dealingOrder(counts: readonly Counts[], random: Random): Int32Array {
  const order = random.shuffle(Int32Array.from(counts, (_, group) => group));
  const kinds = counts.map((of) => {
    const size = sizeOf(of);
    return size === 0 ? 0 : 10 * Math.floor(Math.log2(size)) + Math.round((4 * of[1]) / size);
  });
  // Sorting is stable: groups of a kind stay shuffled.
  return order.sort((a, b) => kinds[b]! - kinds[a]!);
}

/** Of bins that lack the same the first from `start` on: bins are of equal standing. */
function binFor(of: Counts, all: Counts, bins: readonly Bin[], start: number): number {
  const size = sizeOf(of);
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  const offer = (isOpen: (bin: Bin) => boolean, lackOf: (bin: Bin) => number): void => {
    for (let i = 0; i < bins.length; i++) {
      const index = (start + i) % bins.length;
      const bin = bins[index]!;
      if (!isOpen(bin)) continue;
      const lack = lackOf(bin);
      if (lack <= most) continue;
      most = lack;
      best = index;
    }
  };
  const ofOutcome = ({ wantedOf, held }: Bin, outcome: 0 | 1): number =>
    of[outcome] === 0 ? 0 : (of[outcome] / all[outcome]) * (1 - held[outcome] / wantedOf[outcome]);
  offer(
    ({ wanted, held }) => size <= wanted - sizeOf(held),
    (bin) => ofOutcome(bin, 0) + ofOutcome(bin, 1),
  );
  if (best >= 0) return best;
  offer(
    () => true,
    ({ wanted, held }) => wanted - sizeOf(held),
  );
  return best;
}
