/**
 * What Prometheus is told: requests by route and status class, scores and decisions by slot, what waits, how far the
 * log is behind, and the process itself. Every label set that can be known beforehand begins at zero, so that the
 * first failure is an increase. No label holds what a request brought.
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { LogWriter } from '../../serving/log/log-writer.ts';
import type { ServedModels } from '../../serving/served-models.ts';
import { processMetrics } from './process.ts';
import { watchedLog } from './watched-log.ts';

export interface Metrics {
  /** A request ended. `route`: its id, null for an address that nothing answers. */
  answered(route: string | null, status: number, seconds: number): void;
  /** The same writer; what passes through it is counted. */
  watch(log: LogWriter): LogWriter;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
  stop(): void;
}

export interface MetricsOptions {
  /** Ids of the routes. */
  readonly routes: readonly string[];
  /** Customers inside, scored or not, that are not answered yet. */
  readonly waiting: () => number;
  readonly served: ServedModels;
}

const noRoute = 'none';
const statusClasses = ['2xx', '3xx', '4xx', '5xx'] as const;
/** Around the objective of 100 ms, seconds. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics({ routes, waiting, served }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'holdfast_http_requests_total',
    help: 'Requests answered, by route and class of status.',
    labelNames: ['route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'holdfast_http_request_duration_seconds',
    help: 'From the first byte of a request to the last of its answer.',
    labelNames: ['route'],
    buckets: durationBuckets,
    registers,
  });
  for (const route of [...routes, noRoute]) {
    durations.zero({ route });
    for (const status of statusClasses) requests.inc({ route, status }, 0);
  }
  new Gauge({
    name: 'holdfast_predictions_waiting',
    help: 'Customers that were taken and are not answered yet.',
    registers,
    collect() {
      this.set(waiting());
    },
  });
  new Gauge({
    name: 'holdfast_model_info',
    help: 'Which model answers from which slot; always 1.',
    labelNames: ['slot', 'name', 'label', 'version'],
    registers,
    collect() {
      this.reset();
      for (const [slot, model] of answeringModels(served)) {
        const { name, label, version } = model;
        this.set({ slot, name, label, version: version ?? '' }, 1);
      }
    },
  });
  new Gauge({
    name: 'holdfast_deployment_failing',
    help: '1 while the newest change of the registry could not be loaded; what answered before goes on.',
    registers,
    collect() {
      this.set(served.failure === null ? 0 : 1);
    },
  });
  const process = processMetrics(registers);
  return {
    answered(route, status, seconds) {
      const name = route ?? noRoute;
      requests.inc({ route: name, status: `${Math.floor(status / 100)}xx` });
      durations.observe({ route: name }, seconds);
    },
    watch: (log) => watchedLog(log, registers),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    stop: () => process.stop(),
  };
}

function answeringModels(served: ServedModels) {
  const live = served.live();
  const { canary = null, shadow = null } = served.follower?.current ?? {};
  return [
    ...(live ? ([['live', live]] as const) : []),
    ...(canary ? ([['canary', canary.model]] as const) : []),
    ...(shadow ? ([['shadow', shadow]] as const) : []),
  ];
}
