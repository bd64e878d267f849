/**
 * The memories that the models of a thread share to score in: their images, and in each a part to work in. Strict build
 * only, so a score has the same bits everywhere.
 *
 * An image is copied in when it is first asked for. When the images of a memory pass a limit, another is begun, and beyond
 * a few the oldest is given up with what is in it: models come and go, and memory is never given back in parts. So large
 * models that are asked by turns are not copied anew each time.
 */
import { createArena } from '../arena.ts';
import { type KernelFunctions, openKernels } from '../kernel-module.ts';

export interface ScoringMemory {
  readonly kernels: KernelFunctions;
  /** Where the part to work in begins: `workBytes` long. */
  readonly work: number;
  /** Views of the whole memory. */
  readonly bytes: Uint8Array;
  readonly numbers: Float64Array;
}

/** Enough for hundreds of rows; larger than what the processor keeps near would be slower. */
export const workBytes = 1 << 20;
/** Of the images of a memory together; larger models are left to the plain twins. */
export const mostImageBytes = 1 << 26;
/** Each takes gigabytes of addresses, and what images it has. */
const mostMemories = 4;

interface Held {
  memory: ScoringMemory;
  readonly arena: ReturnType<typeof createArena>;
  readonly places: WeakMap<Uint8Array, number>;
  used: number;
}

/** The newest first. */
const all: Held[] = [];

/** The memory with the image in it, and where: as good as free when it is there already. */
export function placeImage(image: Uint8Array): { readonly memory: ScoringMemory; readonly address: number } {
  for (const held of all) {
    const known = held.places.get(image);
    if (known !== undefined) return { memory: held.memory, address: known };
  }
  const held = withRoom(image.length);
  const address = held.arena.allocate(image.length);
  held.memory = { ...held.memory, ...viewsOf(held.arena.memory) };
  held.memory.bytes.set(image, address);
  held.places.set(image, address);
  held.used += image.length;
  return { memory: held.memory, address };
}

function withRoom(bytes: number): Held {
  const newest = all[0];
  if (newest && (newest.used === 0 || newest.used + bytes <= mostImageBytes)) return newest;
  if (all.length === mostMemories) all.pop();
  all.unshift(begin());
  return all[0]!;
}

function begin(): Held {
  const arena = createArena({ who: 'scoring', lower: 'score with fewer models at a time' });
  const work = arena.allocate(workBytes);
  const kernels = openKernels('strict', arena.memory);
  return { memory: { kernels, work, ...viewsOf(arena.memory) }, arena, places: new WeakMap(), used: 0 };
}

const viewsOf = ({ buffer }: WebAssembly.Memory) => ({
  bytes: new Uint8Array(buffer),
  numbers: new Float64Array(buffer),
});
