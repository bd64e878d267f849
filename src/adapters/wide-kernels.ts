/**
 * Networks trained in registers twice as wide: V8's experimental `--experimental-wasm-revectorize`, for those who ask by
 * HOLDFAST_WIDE_KERNELS=1.
 *
 * The flag is on only while one module is compiled: the relaxed build with a section more, by which the engine tells it from the plain
 * one, at once and by its best compiler (what is compiled later, or for something else, never sees the flag). Before networks
 * may use it, a small one is trained with both: its weights must be the same to the bit. Refused with `kernels.wide` where they are
 * not, and where it was never tried. Worker threads are handed the module. The manifest says `wide`.
 */
import { setFlagsFromString } from 'node:v8';
import { ParamError, UnavailableError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import { printable } from '../base/text.ts';
import { kernelBytes, trainingBuild, useWideKernels, wideKernels } from '../kernels/kernel-module.ts';
import { trainerOf } from '../kernels/mlp/kernel-trainer.ts';
import { drawWeights } from '../kernels/mlp/network.ts';

/** The one major version of Node that it was tried with: an engine that knows the flag otherwise might end the process. */
const triedWith = '26';
/** Kind 0, five bytes: a name of four. */
const ownSection = [0, 5, 4, ...new TextEncoder().encode('wide')];
/** Without them the engine compiles later, at first by a compiler that does not know wide registers. */
const laterCompiling = ['liftoff', 'wasm-lazy-compilation', 'wasm-inlining'];

/** As HOLDFAST_WIDE_KERNELS says: 1 for yes, 0 or nothing for no. */
export function wideKernelsFrom(text: string | undefined): boolean {
  if (text === undefined || text === '' || text === '0') return false;
  if (text === '1') return true;
  throw new ParamError(
    'usage.argument',
    `HOLDFAST_WIDE_KERNELS must be 0 or 1, got ${printable(text)}; unset it for 0`,
    { option: 'HOLDFAST_WIDE_KERNELS' },
  );
}

/** From now on networks train in wide registers, in this process and the workers it starts. 100 ms the first time. */
export function openWideKernels(): void {
  if (wideKernels() !== undefined) return;
  if (trainingBuild() !== 'relaxed') throw refused('this processor or engine has no fused products to widen');
  if (process.versions.node.split('.')[0] !== triedWith)
    throw refused(`it was tried with Node ${triedWith} alone, this is ${process.versions.node}`);
  const due = weightsOfTrials();
  useWideKernels(compileWide());
  const got = weightsOfTrials();
  if (due.length === got.length && due.every((weight, i) => Object.is(weight, got[i]))) return;
  useWideKernels(undefined);
  throw refused('a network trained with it differs from one trained without');
}

function compileWide(): WebAssembly.Module {
  const bytes = kernelBytes('relaxed');
  const own = new Uint8Array(bytes.length + ownSection.length);
  own.set(bytes);
  own.set(ownSection, bytes.length);
  setFlagsFromString('--experimental-wasm-revectorize');
  for (const flag of laterCompiling) setFlagsFromString(`--no-${flag}`);
  try {
    return new WebAssembly.Module(own);
  } finally {
    setFlagsFromString('--no-experimental-wasm-revectorize');
    for (const flag of laterCompiling) setFlagsFromString(`--${flag}`);
  }
}

/** On rows that are listed and on rows that stay whole: other parts of the kernel. */
const weightsOfTrials = (): number[] => [...weightsOfTrial(0.5), ...weightsOfTrial(0.1)];

/** Three epochs of a network whose layers use every part of the kernel, on rows with that share of zeros. */
function weightsOfTrial(zeros: number): Float64Array {
  const random = createRandom(1);
  const [rowCount, columns] = [300, 21];
  const sizes = [columns, 72, 40, 1];
  const rows = {
    values: Float64Array.from({ length: rowCount * columns }, () =>
      random.uniform() < zeros ? 0 : random.normal(),
    ),
    columns,
    labels: Uint8Array.from({ length: rowCount }, () => random.integer(2)),
    weights: Float64Array.from({ length: rowCount }, () => 0.5 + random.uniform()),
  };
  const network = trainerOf('relaxed', sizes, drawWeights(sizes, random), rows, {
    ...{ alpha: 0.01, batchSize: 64, learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  });
  const order = Int32Array.from({ length: rowCount }, (_, row) => row);
  for (let epoch = 0; epoch < 3; epoch++) network.epoch(random.shuffle(order));
  return network.weights();
}

const refused = (why: string) =>
  new UnavailableError(
    'kernels.wide',
    `HOLDFAST_WIDE_KERNELS: wide kernels can't be used here: ${why}; unset it, training then takes the usual ones`,
    { option: 'HOLDFAST_WIDE_KERNELS' },
  );
