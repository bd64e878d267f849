/**
 * Memory for one fit at a time, with the kernels over it, kept from fit to fit: fresh pages and a new instance cost more
 * than the sums of a small fit. What is kept is bounded, and holds nothing that a later fit could read: whoever takes
 * memory writes it first.
 */
import { grow } from '../arena.ts';
import { type KernelBuild, type KernelFunctions, openKernels } from '../kernel-module.ts';

export interface Workspace {
  readonly build: KernelBuild;
  readonly kernels: KernelFunctions;
  readonly memory: WebAssembly.Memory;
  /** The address of so many bytes, a multiple of 64, with anything in them. */
  take(bytes: number): number;
  /** The end of the fit. */
  release(): void;
}

const alignment = 64;
const pageBytes = 65_536;
const mostPages = 65_536;
/** A larger one is left to the garbage collector. */
const mostKept = 128 * 1024 * 1024;
/** The modules keep constants at the very start. */
const firstAddress = 1024;

const user = { who: 'logistic-regression', lower: 'learn from fewer rows or columns' };

const kept = new Map<KernelBuild, Workspace & { reset(): void }>();

export function takeWorkspace(build: KernelBuild): Workspace {
  const workspace = kept.get(build) ?? create(build);
  kept.delete(build);
  workspace.reset();
  return workspace;
}

function create(build: KernelBuild): Workspace & { reset(): void } {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: mostPages });
  let next = firstAddress;
  const workspace = {
    build,
    kernels: openKernels(build, memory),
    memory,
    take(bytes: number) {
      const address = next;
      next = Math.ceil((address + bytes) / alignment) * alignment;
      const held = memory.buffer.byteLength / pageBytes;
      const missing = Math.ceil(next / pageBytes) - held;
      // A quarter more, since each growth costs a call of the system.
      if (missing > 0) grow(memory, Math.max(missing, Math.min(held >> 2, mostPages - held)), user);
      return address;
    },
    release() {
      if (memory.buffer.byteLength <= mostKept) kept.set(build, workspace);
    },
    reset() {
      next = firstAddress;
    },
  };
  return workspace;
}
