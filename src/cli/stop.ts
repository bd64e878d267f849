/** Ctrl-C: the first asks the work to stop whole, the second ends at once. */
import { UnavailableError } from '../base/errors.ts';

/** The parts of `process` that tell of signals. */
export interface Signals {
  on(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): unknown;
}

/** What shells expect of a program that Ctrl-C ended: 128 + SIGINT. */
const endedAtOnce = 130;

/** A signal that aborts with `work.stopped`; `using` stops listening. `say` tells the person what happens. */
export function listenForStop(
  signals: Signals,
  say: (line: string) => void,
): Disposable & { signal: AbortSignal } {
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) {
      signals.exit(endedAtOnce);
      return;
    }
    say('Stopping; once more to end at once.');
    stopping.abort(
      new UnavailableError(
        'work.stopped',
        'stopped before its end; start it again, nothing was half-written',
      ),
    );
  };
  signals.on('SIGINT', stop);
  signals.on('SIGTERM', stop);
  return {
    signal: stopping.signal,
    [Symbol.dispose]: () => {
      signals.off('SIGINT', stop);
      signals.off('SIGTERM', stop);
    },
  };
}
