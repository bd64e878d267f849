/**
 * Asks the engine to collect now what nobody holds.
 *
 * A piece of DuckDB's answer is freed when its handle is collected. The handle is small and what hangs on it is not, which V8
 * cannot see: left alone it waits until hundreds of megabytes are garbage.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collector: (() => void) | undefined;

/** Takes 5 to 30 ms, which grows with what is held and not with what is garbage. */
export function collectGarbage(): void {
  if (!collector) {
    setFlagsFromString('--expose-gc');
    const found: unknown = runInNewContext('globalThis.gc');
    // An engine without it has only its own pace.
    collector = typeof found === 'function' ? () => found() : () => {};
  }
  collector();
}
