/**
 * The memory that the models of a thread share to score in: their images, and a part to work in. Strict build only, so a
 * score has the same bits everywhere.
 *
 * An image is copied in when it is first asked for. When all images together pass a limit, a new memory is begun and
 * those still in use are copied in again: models come and go, and memory is never given back in parts.
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
/** All images together; larger models are left to the plain twins. */
export const mostImageBytes = 1 << 26;

interface Held {
  memory: ScoringMemory;
  readonly arena: ReturnType<typeof createArena>;
  readonly places: WeakMap<Uint8Array, number>;
  used: number;
}

let held: Held | undefined;

/** The memory with the image in it, and where: as good as free when it is there already. */
export function placeImage(image: Uint8Array): { readonly memory: ScoringMemory; readonly address: number } {
  const known = held?.places.get(image);
  if (held && known !== undefined) return { memory: held.memory, address: known };
  if (held && held.used > 0 && held.used + image.length > mostImageBytes) held = undefined;
  held ??= begin();
  const address = held.arena.allocate(image.length);
  held.memory = { ...held.memory, ...viewsOf(held.arena.memory) };
  held.memory.bytes.set(image, address);
  held.places.set(image, address);
  held.used += image.length;
  return { memory: held.memory, address };
}

function begin(): Held {
  const arena = createArena();
  const work = arena.allocate(workBytes);
  const kernels = openKernels('strict', arena.memory);
  return { memory: { kernels, work, ...viewsOf(arena.memory) }, arena, places: new WeakMap(), used: 0 };
}

const viewsOf = ({ buffer }: WebAssembly.Memory) => ({
  bytes: new Uint8Array(buffer),
  numbers: new Float64Array(buffer),
});
