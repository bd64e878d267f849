/** The sums of a logistic regression with the compiled kernels, in double precision. */
import type { Matrix } from '../../math/linear-algebra.ts';
import { type KernelBuild, trainingBuild } from '../kernel-module.ts';
import type { LogisticRows, LogisticSums, OpenLogisticSums } from './logistic-sums.ts';
import {
  blockRows,
  gradientPlaces,
  gramWordsAt,
  largestAt,
  type PackedRows,
  packRows,
  patternPlaces,
} from './packed-rows.ts';
import { addByColumn, type GramPlaces, productsOf } from './pattern-sums.ts';
import type { PatternGroup } from './patterns.ts';
import { takeWorkspace } from './workspace.ts';

export const openKernelSums: OpenLogisticSums = (rows) => kernelSums(trainingBuild(), rows);

/** Fewer rows say too little of where the optimum lies to save a step over all of them. */
const leastPart = 8000;

export function kernelSums(build: KernelBuild, rows: LogisticRows): LogisticSums | undefined {
  const workspace = takeWorkspace(build);
  const packed = packRows(rows.columns, rows.labels.length, workspace);
  if (packed === undefined) {
    workspace.release();
    return undefined;
  }
  const { kernels, memory } = workspace;
  const { at, head, groups, dense, columns, width, blocks } = packed;
  const doubles = (address: number, length: number): Float64Array =>
    new Float64Array(memory.buffer, address, length);
  const stored = momentsOf(packed, rows.momentWeights);
  const count = rows.labels.length;
  doubles(at.weights, blocks * blockRows)
    .fill(0, count)
    .set(rows.weights);
  const signs = doubles(at.signs, blocks * blockRows).fill(1, count);
  for (let row = 0; row < count; row++) signs[row] = rows.labels[row] === 1 ? -1 : 1;
  let places: GramMemory | undefined;
  const parts = Math.min(16, Math.max(1, Math.floor(count / leastPart)));
  let every = 1;

  /** From standardised to stored columns. */
  const setCoefficients = (coefficients: Float64Array): void => {
    const own = new Float64Array(columns);
    let intercept = coefficients[columns]!;
    for (let c = 0; c < columns; c++) {
      if (stored.deviations[c] === 0) continue;
      own[c] = coefficients[c]! / stored.deviations[c]!;
      intercept -= own[c]! * stored.means[c]!;
    }
    const slopes = doubles(at.slopes, width).fill(0);
    slopes[0] = intercept;
    dense.forEach((c, d) => {
      slopes[d + 1] = own[c]!;
    });
    groups.forEach((group, g) => {
      sumMembers(group, own, doubles(at.tables + 8 * g * patternPlaces, group.count));
    });
  };
  /** Of standardised columns, from what the kernel left of stored ones. */
  const gradient = (): Float64Array => {
    const result = new Float64Array(columns + 1);
    const ofDense = doubles(at.denseGradient, width);
    dense.forEach((c, d) => {
      result[c] = ofDense[d + 1]!;
    });
    groups.forEach((group, g) => {
      addByColumn(group, doubles(at.patternGradient + 8 * g * gradientPlaces, patternPlaces), result);
    });
    const all = ofDense[0]!;
    result[columns] = all;
    for (let c = 0; c < columns; c++)
      result[c] =
        stored.deviations[c] === 0 ? 0 : (result[c]! - stored.means[c]! * all) / stored.deviations[c]!;
    return result;
  };

  const means = stored.means.map((mean, c) => finite(packed.centres[c]! + packed.scales[c]! * mean));

  return {
    means,
    meanRests: stored.means.map((mean, c) =>
      finite(packed.centres[c]! - means[c]! + packed.scales[c]! * mean),
    ),
    deviations: stored.deviations.map((deviation, c) => finite(packed.scales[c]! * deviation)),
    parts,
    slope(coefficients, onPart = false) {
      every = onPart ? parts : 1;
      setCoefficients(coefficients);
      return { loss: kernels.linearSlope(head, every), gradient: gradient() };
    },
    gram() {
      places ??= gramMemory(packed);
      doubles(places.denseGram, places.length).fill(0);
      kernels.linearGram(head, every);
      return standardisedGram(productsOf(packed, places, columns + 1), stored, columns + 1);
    },
    times(vector) {
      setCoefficients(vector);
      kernels.linearTimes(head);
      return gradient();
    },
    squares: () => squaresOf(packed, stored),
    largestLogOdds: () => doubles(head + largestAt, 1)[0]!,
    release: () => workspace.release(),
  };
}

/** The scale of a column that reaches from end to end of the numbers is endless; it counts as constant around 0. */
const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

interface StoredMoments {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** Weighted mean and spread of stored columns; 0 for a spread that can't be held in a number. */
function momentsOf(packed: PackedRows, weights: Float64Array): StoredMoments {
  const { at, head, groups, dense, columns, width, scales, blocks } = packed;
  const { kernels, memory } = packed.workspace;
  const means = new Float64Array(columns);
  const deviations = new Float64Array(columns);
  // Curvatures have their place before there are any: what is counted and squared there now are the weights.
  new Float64Array(memory.buffer, at.curvatures, blocks * blockRows).fill(0, weights.length).set(weights);
  kernels.linearCount(head, at.curvatures);
  const sums = new Float64Array(memory.buffer, at.denseGradient, width).slice();
  const all = sums[0]!;
  dense.forEach((c, d) => {
    means[c] = sums[d + 1]! / all;
  });
  const ofBits = new Float64Array(columns);
  groups.forEach((group, g) => {
    const start = at.patternGradient + 8 * g * gradientPlaces;
    addByColumn(group, new Float64Array(memory.buffer, start, patternPlaces), ofBits);
  });
  for (const c of groups.flatMap((group) => group.columns)) {
    const mean = ofBits[c]! / all;
    const variance = mean * (1 - mean);
    means[c] = mean;
    deviations[c] = isUsable(variance, scales[c]!) ? Math.sqrt(variance) : 0;
  }
  kernels.linearSquares(head);
  const squares = new Float64Array(memory.buffer, at.denseGradient, width).slice();
  dense.forEach((c, d) => {
    const mean = means[c]!;
    const square = squares[d + 1]! / all;
    let variance = square - mean * mean;
    // Stored columns lie around 0 already; where weights shift them far, digits would be lost.
    if (!(variance > 0.01 * square)) variance = kernels.linearMoment(head, d + 1, mean) / all;
    deviations[c] = isUsable(variance, scales[c]!) ? Math.sqrt(variance) : 0;
    if (!Number.isFinite(mean)) means[c] = 0;
  });
  return { means, deviations };
}

/** Whether a spread, in the column's own unit, can be held in a number. */
function isUsable(variance: number, scale: number): boolean {
  const own = variance * scale * scale;
  return own > 1e-290 && own < 1e290;
}

interface GramMemory extends GramPlaces {
  /** In numbers, of all three together. */
  readonly length: number;
}

/** Room for the second derivatives, which only tables of few columns ask for. */
function gramMemory({ workspace, head, groups, width }: PackedRows): GramMemory {
  const mixed = groups.length * patternPlaces * width;
  const counts = groups.map(({ count }) => count);
  const pairs = counts.reduce((sum, count, g) => sum + count * total(counts.slice(0, g)), 0);
  const length = width * width + mixed + pairs;
  const denseGram = workspace.take(8 * length);
  const mixedGram = denseGram + 8 * width * width;
  const pairGram = mixedGram + 8 * mixed;
  const weighted = workspace.take(8 * width * blockRows);
  const weightedRows = workspace.take(8 * width * blockRows);
  const words = [denseGram, mixedGram, pairGram, weighted, weightedRows];
  new Uint32Array(workspace.memory.buffer, head + gramWordsAt, words.length).set(words);
  return { denseGram, mixedGram, pairGram, length };
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** What each pattern adds to the log-odds. */
function sumMembers({ count, starts, members }: PatternGroup, own: Float64Array, table: Float64Array): void {
  for (let pattern = 0; pattern < count; pattern++) {
    let sum = 0;
    for (let m = starts[pattern]!; m < starts[pattern + 1]!; m++) sum += own[members[m]!]!;
    table[pattern] = sum;
  }
}

/** Of standardised columns, from the sums of products of stored ones; the lower triangle. */
function standardisedGram(
  products: Float64Array,
  { means, deviations }: StoredMoments,
  size: number,
): Matrix {
  const values = new Float64Array(size * size);
  const last = (size - 1) * size;
  const all = products[last + size - 1]!;
  for (let a = 0; a < size - 1; a++) {
    if (deviations[a] === 0) continue;
    const withOnes = products[last + a]! - means[a]! * all;
    for (let b = 0; b <= a; b++) {
      if (deviations[b] === 0) continue;
      const centred = products[a * size + b]! - means[a]! * products[last + b]! - means[b]! * withOnes;
      values[a * size + b] = centred / (deviations[a]! * deviations[b]!);
    }
    values[last + a] = withOnes / deviations[a]!;
  }
  values[last + size - 1] = all;
  return { rows: size, columns: size, values };
}

/** The diagonal alone. A bit is its own square. */
function squaresOf(packed: PackedRows, { means, deviations }: StoredMoments): Float64Array {
  const { at, head, groups, dense, columns, width } = packed;
  const { kernels, memory } = packed.workspace;
  const sums = new Float64Array(columns);
  kernels.linearCount(head, at.curvatures);
  const ofDense = new Float64Array(memory.buffer, at.denseGradient, width).slice();
  dense.forEach((c, d) => {
    sums[c] = ofDense[d + 1]!;
  });
  groups.forEach((group, g) => {
    const start = at.patternGradient + 8 * g * gradientPlaces;
    addByColumn(group, new Float64Array(memory.buffer, start, patternPlaces), sums);
  });
  const squares = sums.slice();
  kernels.linearSquares(head);
  const ofSquares = new Float64Array(memory.buffer, at.denseGradient, width);
  dense.forEach((c, d) => {
    squares[c] = ofSquares[d + 1]!;
  });
  const all = ofDense[0]!;
  const result = new Float64Array(columns + 1);
  for (let c = 0; c < columns; c++) {
    if (deviations[c] === 0) continue;
    const mean = means[c]!;
    result[c] = (squares[c]! - 2 * mean * sums[c]! + mean * mean * all) / (deviations[c]! * deviations[c]!);
  }
  result[columns] = all;
  return result;
}
