/** Tells how many of all rows are done, over many tables. */
import type { Progress } from '../../tasks/ports.ts';

export function rowProgress(progress: Progress, what: string, total: number): (more: number) => void {
  let done = 0;
  return (more) => {
    if (more === 0) return;
    done += more;
    progress.tick(what, done, total);
  };
}
