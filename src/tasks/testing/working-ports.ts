/** Ports behind which models are really fitted, one after the other in this thread. */
import { type Clock, stoppedClock } from '../../base/clock.ts';
import { sequentialMap } from '../../base/parallel.ts';
import type { FitAnswer, FitJob } from '../../learn/context.ts';
import { runFitJob } from '../../learn/fit.ts';
import { silentProgress, type WorkPorts } from '../ports.ts';
import { acceptanceCatalogue } from './acceptance-tables.ts';

export function workingPorts(clock: Clock = stoppedClock()): WorkPorts {
  const catalogue = acceptanceCatalogue;
  const map: WorkPorts['map'] = sequentialMap<FitJob, FitAnswer>((job) =>
    runFitJob(job, { clock, catalogue, map }),
  );
  return { catalogue, clock, map, progress: silentProgress };
}
