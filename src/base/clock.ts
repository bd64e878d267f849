/** Time as a port: pure rooms never ask the machine for it. */
export interface Clock {
  /** Now, as epoch milliseconds UTC. */
  now(): number;
  /** CPU seconds of this thread so far, for measuring a fit. */
  cpuSeconds(): number;
}

/** A clock that stands still, for tests. */
export const stoppedClock = (now = 0): Clock => ({ now: () => now, cpuSeconds: () => 0 });
