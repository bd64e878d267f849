/**
 * Where a command speaks: results on standard output, everything else on standard error.
 *
 * With --json standard output holds one JSON value and nothing else.
 */
import type { Progress } from '../tasks/ports.ts';

export interface Output {
  /** The answer: text for a person, or with --json the value. */
  result(text: string, value: unknown): void;
  /** A line for a person, on standard error, even with --quiet. */
  warn(line: string): void;
  /** Takes away a progress line that is still drawn. */
  clear(): void;
  readonly progress: Progress;
}

export interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
}

/** Between two progress lines without a terminal, and between two redraws on one. */
const lineIntervalMs = 1000;
const redrawIntervalMs = 100;

export function createOutput(
  streams: Streams,
  { json, quiet }: { json: boolean; quiet: boolean },
  now: () => number,
): Output {
  const tty = streams.stderr.isTTY === true;
  let drawn = false;
  let last = Number.NEGATIVE_INFINITY;

  const clear = (): void => {
    if (drawn) streams.stderr.write('\r\u001b[K');
    drawn = false;
  };
  const line = (text: string): void => {
    clear();
    streams.stderr.write(`${text}\n`);
  };

  return {
    result(text, value) {
      clear();
      streams.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`);
    },
    warn: line,
    clear,
    progress: {
      step: (text) => {
        if (quiet) return;
        line(text);
        last = now();
      },
      tick: (what, done, total, secondsLeft) => {
        if (quiet || (done < total && now() - last < (tty ? redrawIntervalMs : lineIntervalMs))) return;
        last = now();
        const left =
          secondsLeft === undefined || done === total ? '' : `, about ${formatSeconds(secondsLeft)} left`;
        const text = `  ${what}: ${done} of ${total}${left}`;
        if (!tty) streams.stderr.write(`${text}\n`);
        else if (done === total) clear();
        else {
          streams.stderr.write(`\r\u001b[K${text}`);
          drawn = true;
        }
      },
    },
  };
}

/** `a second`, `40 s`, `3 min`, `2 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 1) return 'a second';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
