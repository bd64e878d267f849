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
  boostingBin(
    values: number,
    count: number,
    edges: number,
    reach: number,
    missingBin: number,
    bins: number,
  ): void;
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
  boostingDraw(plan: number, count: number, drawn: number): number;
  boostingBegin(plan: number, all: number): void;
  boostingTree(plan: number, learning: number, all: number, features: number): number;
  boostingSums(plan: number, count: number, sums: number): void;
  /** Sorts numbers in place, NaN left out; returns how many are left. */
  binsSort(values: number, count: number, spare: number, counters: number): number;
  /** The bin of each value, a byte. */
  binsPlace(values: number, count: number, highs: number, reach: number, bins: number): void;
  /** The four words that decide a tree's draws. */
  forestSeed(a: number, b: number, c: number, counter: number): void;
  /** Draws rows with repetition. */
  forestDraw(plan: number): void;
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
    batch: number,
    x: number,
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
    batch: number,
    x: number,
    labels: number,
    weights: number,
    order: number,
    rows: number,
    batchSize: number,
  ): number;
  treesPlaces(image: number, rows: number, rowCount: number, columns: number, places: number): void;
  shapPlaces(image: number, values: number, rowCount: number, stride: number, places: number): void;
  shapAdd(image: number, places: number, rowCount: number, stride: number, sums: number, work: number): void;
  treesWalk(image: number, places: number, rowCount: number, sums: number): void;
  treesAdd(image: number, places: number, rowCount: number, sums: number, lanes: number): void;
}

const texts: Readonly<Record<KernelBuild, string>> = { strict: strictKernels, relaxed: relaxedKernels };
const decoded = new Map<KernelBuild, Uint8Array<ArrayBuffer>>();
const compiled = new Map<KernelBuild, WebAssembly.Module>();

let chosen: KernelBuild | undefined;

/**
 * The build that training uses here: the relaxed one where the engine knows it and the processor rounds once, so that
 * its name alone tells the bits of a model.
 */
export function trainingBuild(): KernelBuild {
  chosen ??= roundsOnceHere() ? 'relaxed' : 'strict';
  return chosen;
}

/** What a manifest calls it: `relaxed 1a2b3c4d`, the build and the start of its hash. */
export const kernelName = (build: KernelBuild = trainingBuild()): string =>
  `${build} ${sha256(bytesOf(build)).slice(0, 8)}`;

function roundsOnceHere(): boolean {
  if (!WebAssembly.validate(bytesOf('relaxed'))) return false;
  return openKernels('relaxed', new WebAssembly.Memory({ initial: 1, maximum: 1 })).roundsOnce() === 1;
}

/** New functions over the memory given; a module is compiled once a process. */
export function openKernels(build: KernelBuild, memory: WebAssembly.Memory): KernelFunctions {
  const module = compiled.get(build) ?? new WebAssembly.Module(bytesOf(build));
  compiled.set(build, module);
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelFunctions;
}

function bytesOf(build: KernelBuild) {
  const known = decoded.get(build) ?? Uint8Array.from(atob(texts[build]), (letter) => letter.charCodeAt(0));
  decoded.set(build, known);
  return known;
}
