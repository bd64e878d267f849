/**
 * Sums of trees with too many leaves for bits: eight trees are walked at once, a question each in turn, so that the processor
 * need not wait for one before it asks the next. A leaf points at itself, so all take as many steps as the deepest. Values
 * are asked by their place between the thresholds (`treesPlaces` of `trees.ts`), missing values by two ways of counting.
 *
 * Sums are added tree after tree in double precision, the same bits as of the twin `kernels/trees/plain-sums.ts`. The layout
 * of an image is that of `kernels/trees/walk-image.ts`; addresses inside are bytes from its start.
 */

const slotCount: usize = 0;
const treeCount: usize = 8;
const treesAt: usize = 12;
const nodesAt: usize = 16;
const valuesAt: usize = 20;
const hasLevels: usize = 24;
const treeBytes: usize = 8;
const depthOf: usize = 4;
// Words of a node, as byte offsets: the slot asked, the last place that goes left, how far its left child is, its levels.
const limit: usize = 4;
const child: usize = 8;
const levels: usize = 12;
const nodeShift: u32 = 4;

/** Adds to the sums of the rows the values of the leaves that they reach. */
export function treesWalk(image: usize, places: usize, rowCount: i32, sums: usize): void {
  if (load<u32>(image, hasLevels)) walk<u32>(image, places, rowCount, sums);
  else walk<void>(image, places, rowCount, sums);
}

/** `Levels`: void where no tree asks a category, which saves a look at each question. */
function walk<Levels>(image: usize, places: usize, rowCount: i32, sums: usize): void {
  const rowBytes = (<usize>load<u32>(image, slotCount)) << 2;
  const nodes = image + <usize>load<u32>(image, nodesAt);
  const values = image + <usize>load<u32>(image, valuesAt);
  let tree = image + <usize>load<u32>(image, treesAt);
  const end = tree + <usize>load<u32>(image, treeCount) * treeBytes;
  for (; tree + 8 * treeBytes <= end; tree += 8 * treeBytes) {
    let deepest: u32 = 0;
    for (let at = tree; at < tree + 8 * treeBytes; at += treeBytes)
      deepest = max(deepest, load<u32>(at, depthOf));
    for (let row = 0, own = places, to = sums; row < rowCount; row++, own += rowBytes, to += 8) {
      let a = nodes + <usize>load<u32>(tree);
      let b = nodes + <usize>load<u32>(tree, 8);
      let c = nodes + <usize>load<u32>(tree, 16);
      let d = nodes + <usize>load<u32>(tree, 24);
      let e = nodes + <usize>load<u32>(tree, 32);
      let f = nodes + <usize>load<u32>(tree, 40);
      let g = nodes + <usize>load<u32>(tree, 48);
      let h = nodes + <usize>load<u32>(tree, 56);
      for (let step: u32 = 0; step < deepest; step++) {
        a = next<Levels>(image, own, a);
        b = next<Levels>(image, own, b);
        c = next<Levels>(image, own, c);
        d = next<Levels>(image, own, d);
        e = next<Levels>(image, own, e);
        f = next<Levels>(image, own, f);
        g = next<Levels>(image, own, g);
        h = next<Levels>(image, own, h);
      }
      let sum = load<f64>(to) + leafValue(values, nodes, a);
      sum += leafValue(values, nodes, b);
      sum += leafValue(values, nodes, c);
      sum += leafValue(values, nodes, d);
      sum += leafValue(values, nodes, e);
      sum += leafValue(values, nodes, f);
      sum += leafValue(values, nodes, g);
      store<f64>(to, sum + leafValue(values, nodes, h));
    }
  }
  for (; tree < end; tree += treeBytes) {
    const depth = load<u32>(tree, depthOf);
    for (let row = 0, own = places, to = sums; row < rowCount; row++, own += rowBytes, to += 8) {
      let node = nodes + <usize>load<u32>(tree);
      for (let step: u32 = 0; step < depth; step++) node = next<Levels>(image, own, node);
      store<f64>(to, load<f64>(to) + leafValue(values, nodes, node));
    }
  }
}

/** The child that a row goes to; the right one stands behind the left one. */
function next<Levels>(image: usize, own: usize, node: usize): usize {
  const place = load<u32>(own + <usize>load<u32>(node));
  if (!isVoid<Levels>()) {
    const set = load<u32>(node, levels);
    if (set) {
      const bit = load<u32>(image + <usize>set + ((<usize>(place >> 7)) << 2)) >> ((place >> 2) & 31);
      return node + <usize>load<u32>(node, child) + ((<usize>(~bit & 1)) << nodeShift);
    }
  }
  return node + <usize>load<u32>(node, child) + ((<usize>u32(place > load<u32>(node, limit))) << nodeShift);
}

/** Nodes have 16 bytes, values 8. */
function leafValue(values: usize, nodes: usize, node: usize): f64 {
  return load<f64>(values + ((node - nodes) >> 1));
}
