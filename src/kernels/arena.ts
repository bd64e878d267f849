/** Memory for kernels: handed out from the start on, never given back one by one. Addresses are multiples of 64 bytes. */
import { UnavailableError } from '../base/errors.ts';

export interface Arena {
  readonly memory: WebAssembly.Memory;
  /** The address of so many bytes, all 0; throws `kernels.memory` when there are no more. */
  allocate(bytes: number): number;
}

const alignment = 64;
const pageBytes = 65_536;
/** What a 32-bit address reaches. */
const mostPages = 65_536;

/** Who asks for memory, and what asks for less, to be told where there is none left. */
export interface MemoryUser {
  readonly who: string;
  readonly lower: string;
}
const anyone: MemoryUser = { who: 'kernels', lower: 'take fewer rows or columns' };

export function createArena(user = anyone): Arena {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: mostPages });
  // The modules keep constants at the very start.
  let next = 1024;
  return {
    memory,
    allocate(bytes) {
      const address = next;
      const end = Math.ceil((address + bytes) / alignment) * alignment;
      const missing = Math.ceil(end / pageBytes) - memory.buffer.byteLength / pageBytes;
      if (missing > 0) grow(memory, missing, user);
      next = end;
      return address;
    },
  };
}

/** Adds so many pages of 64 KiB; throws `kernels.memory` when there are no more. */
export function grow(memory: WebAssembly.Memory, pages: number, { who, lower }: MemoryUser): void {
  try {
    memory.grow(pages);
  } catch (cause) {
    const megabytes = Math.ceil((pages * pageBytes) / 1e6);
    throw new UnavailableError(
      'kernels.memory',
      `${who}: ${megabytes} MB more memory are not to be had; ${lower}, or close other programs`,
      { who, megabytes },
      { cause },
    );
  }
}
