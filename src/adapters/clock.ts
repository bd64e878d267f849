/** The machine's clock behind the port of `base`. */
import type { Clock } from '../base/clock.ts';

export const realClock: Clock = {
  now: () => Date.now(),
  cpuSeconds() {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1e6;
  },
};
