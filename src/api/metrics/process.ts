/** Memory, processor and event loop of this process, under the names that dashboards know. */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

const quantiles = [50, 95, 99] as const;
/** How often the event loop is asked whether it is late, milliseconds: also the delay when nothing holds it up. */
const resolutionMs = 10;

export function processMetrics(registers: Registry[]): { stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  quantiles.forEach((quantile, i) => {
    new Gauge({
      name: `nodejs_eventloop_lag_p${quantile}_seconds`,
      help: `How late the event loop was since the last scrape: ${quantile}% of the times less than this.`,
      registers,
      collect() {
        const ms = delay.percentile(quantile) / 1e6 - resolutionMs;
        this.set(Math.max(0, ms) / 1000);
        // They are collected in the order in which they were made.
        if (i === quantiles.length - 1) delay.reset();
      },
    });
  });
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Processor time of all threads, user and system.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  const memory = (name: string, help: string, read: (usage: NodeJS.MemoryUsage) => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(process.memoryUsage()));
      },
    });
  };
  memory('process_resident_memory_bytes', 'Memory held in RAM.', ({ rss }) => rss);
  memory('nodejs_heap_size_used_bytes', 'Memory of JavaScript objects.', ({ heapUsed }) => heapUsed);
  memory('nodejs_external_memory_bytes', 'Memory of buffers and native objects.', ({ external }) => external);
  new Gauge({
    name: 'process_start_time_seconds',
    help: 'When the process began, epoch seconds.',
    registers,
    collect() {
      this.set(performance.timeOrigin / 1000);
    },
  });
  return { stop: () => void delay.disable() };
}
