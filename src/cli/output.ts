/**
 * Where a command speaks: results on standard output, everything else on standard error.
 *
 * With --json standard output holds one JSON value and nothing else.
 */
import type { Progress } from '../tasks/ports.ts';

export interface Output {
  readonly json: boolean;
  readonly quiet: boolean;
  /** The answer: text for a person, or with --json the value. */
  result(text: string, value: unknown): void;
  /** A line for a person, on standard error; silent with --quiet. */
  say(line: string): void;
  /** A line that is shown even with --quiet. */
  warn(line: string): void;
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
  const silent = quiet || json;
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
    json,
    quiet,
    result(text, value) {
      clear();
      streams.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`);
    },
    say: (text) => {
      if (!silent) line(text);
    },
    warn: line,
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

export function formatSeconds(seconds: number): string {
  if (seconds < 1) return 'a second';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}
