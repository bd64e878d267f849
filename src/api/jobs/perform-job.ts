/** Does the work of one job, in the process that was made for it. */
import { openApp } from '../../app.ts';
import { HoldfastError, UnavailableError } from '../../base/errors.ts';
import type { Plain } from '../../base/plain.ts';
import type { Progress } from '../../tasks/ports.ts';
import { checkPaths } from './check-paths.ts';
import type { JobOrder, JobReport } from './job-messages.ts';
import { allJobKinds } from './kinds/all.ts';
import { withoutFolders } from './without-folders.ts';

/** Progress is told at most so often. */
const tellEveryMs = 250;
/** A result is read with the job, so it is a page and not a table. */
const largestResult = 1024 * 1024;

/** How it ended; never rejects. */
export const performJob = (order: JobOrder, signal: AbortSignal): Promise<JobReport> =>
  run(order, signal).catch((error: unknown) => failure(error, (text) => text));

async function run({ kind, args, actor }: JobOrder, signal: AbortSignal): Promise<JobReport> {
  const job = allJobKinds.find(({ id }) => id === kind);
  if (!job) throw new UnavailableError('job.lost', `no job of the kind ${kind} is known to this version`);
  signal.throwIfAborted();
  const app = openApp({ actor, progress: toldProgress(), signal });
  const shown = (text: string): string => withoutFolders(text, app.workspace);
  try {
    const { run: work, paths } = job.prepare(args);
    checkPaths(paths, app.workspace);
    const text = JSON.stringify((await work(app)) ?? null);
    signal.throwIfAborted();
    const isTooLarge = text.length > largestResult;
    const result = (): Plain =>
      JSON.parse(text, (_, value) => (typeof value === 'string' ? shown(value) : value)) as Plain;
    return { type: 'done', result: isTooLarge ? { tooLarge: text.length } : result() };
  } catch (error) {
    return failure(error, shown);
  } finally {
    await app.close();
  }
}

function toldProgress(): Progress {
  let toldMs = Number.NEGATIVE_INFINITY;
  let step: string | null = null;
  const tell = (done: number | null, total: number | null): void => {
    toldMs = performance.now();
    const report: JobReport = { type: 'progress', progress: { step, done, total } };
    if (process.connected) process.send!(report);
  };
  return {
    step(text) {
      step = text;
      tell(null, null);
    },
    tick(what, done, total) {
      if (performance.now() - toldMs < tellEveryMs && done < total) return;
      step = what;
      tell(done, total);
    },
  };
}

/** Of an unexpected error only where it came from: its text may quote a customer's values. */
function failure(error: unknown, shown: (text: string) => string): JobReport {
  if (error instanceof HoldfastError && error.code !== 'internal.defect') {
    return { type: 'failed', error: { code: error.code, message: shown(error.message) } };
  }
  const places = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return {
    type: 'failed',
    error: {
      code: 'internal.defect',
      message: 'the job met a defect; the log of the server names the job and the place',
    },
    defect: places.filter((line) => /^\s+at /.test(line)).slice(0, 20),
  };
}
