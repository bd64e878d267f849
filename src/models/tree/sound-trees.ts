/** Trees of a file are looked at once, before anything walks them. */
import { ModelFileError } from '../../base/errors.ts';
import type { Trees } from './trees.ts';

/** Of trees that were looked at, how many columns they need: a model is scored many times and never changed. */
const sound = new WeakMap<Trees, number>();

/**
 * Throws `model.damaged` for trees that no fit ever grew: a file whose hashes were made anew could send a walk in a circle
 * or out of the arrays. A child always stands behind its parent, in the same tree, and has no other. O(nodes) the first time, then O(1).
 */
export function requireSoundTrees(who: string, trees: Trees, columns: number): void {
  const needed = sound.get(trees) ?? columnsNeeded(trees);
  if (needed > columns) {
    throw new ModelFileError(
      'model.damaged',
      `${who}: its trees do not hang together; train the model again`,
      { who },
    );
  }
  sound.set(trees, needed);
}

/** One more than the last column asked for; infinitely many for trees that do not hang together. */
function columnsNeeded({ roots, feature, threshold, left, right, value, cover }: Trees): number {
  const nodes = feature.length;
  const isWhole = [threshold, left, right, value, cover].every((part) => part.length === nodes);
  const isChild = new Uint8Array(nodes);
  let needed = 0;
  let isSound = isWhole && roots.length > 0 && roots[0] === 0 && roots.at(-1) === nodes;
  // Scores do not see covers and values of inner nodes; explanations made of them would be NaN.
  isSound &&= cover.every((weight) => weight >= 0 && weight < Infinity) && value.every(Number.isFinite);
  for (let t = 0; isSound && t + 1 < roots.length; t++) {
    const end = roots[t + 1]!;
    isSound = roots[t]! < end;
    for (let node = roots[t]!; isSound && node < end; node++) {
      const asked = feature[node]!;
      if (asked < 0) continue;
      const [l, r] = [left[node]!, right[node]!];
      isSound = l > node && r > node && l < end && r < end && l !== r && isChild[l] === 0 && isChild[r] === 0;
      isChild[l] = 1;
      isChild[r] = 1;
      needed = Math.max(needed, asked + 1);
    }
  }
  return isSound ? needed : Number.POSITIVE_INFINITY;
}
