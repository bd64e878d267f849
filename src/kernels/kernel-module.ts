/**
 * The compiled kernels, from one AssemblyScript source in two builds: `strict` rounds like plain TypeScript in single
 * precision on every machine alike; `relaxed` multiplies and adds in one rounding (FMA) where the machine can.
 *
 * Training takes the relaxed one where the engine knows it; scores are always of the strict one or of plain TypeScript.
 */
import { sha256 } from '../base/hash.ts';
import { relaxedKernels } from './compiled/relaxed.ts';
import { strictKernels } from './compiled/strict.ts';
import type { LinearKernels } from './linear/linear-kernels.ts';

export type KernelBuild = 'strict' | 'relaxed';

/** Functions of `assembly/kernels.ts`; addresses are bytes from the start of the memory. */
export interface KernelFunctions extends LinearKernels {
  /** 1 where a product and a sum are rounded once. */
  roundsOnce(): number;
  boostingPack(
    plan: number,
    columns: number,
    rowsOfTable: number,
    features: number,
    rows: number,
    labels: number,
    count: number,
    base: number,
  ): void;
  /** The four words that decide the draws of a tree. */
  drawSeed(a: number, b: number, c: number, counter: number): void;
  /** Puts a 1 for each of `wanted` places drawn of `count`, else a 0. */
  drawShare(count: number, wanted: number, to: number): void;
  boostingDraw(plan: number, count: number, drawn: number): number;
  boostingBegin(plan: number, all: number): void;
  boostingTree(plan: number, learning: number, all: number, features: number): number;
  boostingSums(plan: number, count: number, sums: number): void;
  /** Sorts numbers in place, NaN left out; returns how many are left. */
  binsSort(values: number, count: number, spare: number, counters: number): number;
  /** The bin of each value, a byte. */
  binsPlace(
    values: number,
    count: number,
    edges: number,
    reach: number,
    missingBin: number,
    bins: number,
  ): void;
  /** The different numbers, ascending, NaN left out; returns how many they are, one more than `most` where they are more. */
  binsFew(values: number, count: number, most: number, distinct: number): number;
  /** Draws rows with repetition. */
  forestDraw(plan: number): void;
  /** Notes the bits of features of two values, before the first tree. */
  forestBits(plan: number): void;
  /** Lists the drawn rows; returns how many there are. */
  forestItems(plan: number, isWhole: number): number;
  /** Grows a tree from the listed rows; returns how many nodes it has. */
  forestGrow(
    plan: number,
    isWhole: number,
    items: number,
    ofStaying: number,
    ofChurned: number,
    firstNode: number,
  ): number;
  mlpEpoch(
    network: number,
    table: number,
    labels: number,
    weights: number,
    order: number,
    rows: number,
    batchSize: number,
    alpha: number,
    learningRate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    power1: number,
    power2: number,
  ): number;
  mlpWeightRight(
    network: number,
    table: number,
    labels: number,
    weights: number,
    order: number,
    rows: number,
    batchSize: number,
  ): number;
  /** Log-odds of rows by a network; `work` has place for three times `room` bytes. */
  mlpScore(image: number, rows: number, rowCount: number, room: number, work: number, to: number): void;
  treesPlaces(image: number, rows: number, rowCount: number, columns: number, places: number): void;
  /** Adds the SHAP values of rows, two sums a column: `rows` has a value a column. */
  shapRows(image: number, rows: number, rowCount: number, columns: number, sums: number): void;
  treesWalk(image: number, places: number, rowCount: number, sums: number): void;
  treesAdd(image: number, places: number, rowCount: number, sums: number, lanes: number): void;
}

const texts: Readonly<Record<KernelBuild, string>> = { strict: strictKernels, relaxed: relaxedKernels };
const decoded = new Map<KernelBuild, Uint8Array<ArrayBuffer>>();
const compiled = new Map<KernelBuild, WebAssembly.Module>();

let chosen: KernelBuild | undefined;
let wide: WebAssembly.Module | undefined;

/**
 * The build that training uses here: the relaxed one where the engine knows it and the processor rounds once, so that
 * its name alone tells the bits of a model.
 */
export function trainingBuild(): KernelBuild {
  chosen ??= roundsOnceHere() ? 'relaxed' : 'strict';
  return chosen;
}

/** What a manifest calls it: `relaxed 1a2b3c4d`, the build and the start of its hash; `wide` where networks train so. */
export const kernelName = (build: KernelBuild = trainingBuild()): string =>
  `${build} ${sha256(kernelBytes(build)).slice(0, 8)}${build === 'relaxed' && wide ? ' wide' : ''}`;

/**
 * From now on networks train with this module in place of the relaxed build that it was compiled from, for wider registers and the
 * same bits; without one as before. Of this thread: others are handed `wideKernels`.
 */
export function useWideKernels(module: WebAssembly.Module | undefined): void {
  wide = module;
}

export const wideKernels = (): WebAssembly.Module | undefined => wide;

function roundsOnceHere(): boolean {
  if (!WebAssembly.validate(kernelBytes('relaxed'))) return false;
  return openKernels('relaxed', new WebAssembly.Memory({ initial: 1, maximum: 1 })).roundsOnce() === 1;
}

/** New functions over the memory given; a module is compiled once a process. */
export function openKernels(build: KernelBuild, memory: WebAssembly.Memory): KernelFunctions {
  const module = compiled.get(build) ?? new WebAssembly.Module(kernelBytes(build));
  compiled.set(build, module);
  return functionsOf(module, memory);
}

/** The same to train a network with: of the module for wider registers where there is one. */
export const openNetworkKernels = (build: KernelBuild, memory: WebAssembly.Memory): KernelFunctions =>
  build === 'relaxed' && wide ? functionsOf(wide, memory) : openKernels(build, memory);

const functionsOf = (module: WebAssembly.Module, memory: WebAssembly.Memory): KernelFunctions =>
  new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelFunctions;

/** A build as it was compiled from its source. */
export function kernelBytes(build: KernelBuild): Uint8Array<ArrayBuffer> {
  const known = decoded.get(build) ?? Uint8Array.from(atob(texts[build]), (letter) => letter.charCodeAt(0));
  decoded.set(build, known);
  return known;
}
