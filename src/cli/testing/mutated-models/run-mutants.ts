/** Has mutants loaded by a process of its own, and holds it to time and memory. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Verdict } from './load-mutants.ts';

export interface MutantRun {
  readonly verdicts: readonly Verdict[];
  /** Sentences on what must not be, with what repeats it. */
  readonly wrong: readonly string[];
  readonly peakMb: number;
}

/** Longest that loading and using one may take, on a machine that has much else to do. */
const withinMs = 10_000;
const mostMb = 1024;

type Message = Verdict | { readonly begun: number } | { readonly ready: true };

export function runMutants(seed: number, count: number): Promise<MutantRun> {
  const verdicts: Verdict[] = [];
  const wrong: string[] = [];
  let index = 0;
  let deadline: NodeJS.Timeout | undefined;
  const child = fork(fileURLToPath(new URL('./load-mutants.ts', import.meta.url)), { stdio: 'inherit' });
  const repeat = () => `seed ${seed}, mutant ${index}`;
  child.on('message', (message: Message) => {
    clearTimeout(deadline);
    if ('ready' in message) child.send({ seed, from: 0, to: count });
    else if ('begun' in message) {
      index = message.begun;
      deadline = setTimeout(() => {
        wrong.push(`${repeat()}: took longer than ${withinMs} ms`);
        child.kill('SIGKILL');
      }, withinMs);
    } else {
      verdicts.push(message);
      if (message.outcome === 'WRONG')
        wrong.push(`${repeat()}: ${message.from}, ${message.how}: ${message.detail}`);
    }
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(deadline);
      if (code !== 0) wrong.push(`${repeat()}: the process ended with ${code ?? signal}`);
      const peakMb = verdicts.at(-1)?.peakMb ?? 0;
      if (peakMb > mostMb)
        wrong.push(`up to ${Math.round(peakMb)} MB of memory, at most ${mostMb} are allowed`);
      resolve({ verdicts, wrong, peakMb });
    });
  });
}
