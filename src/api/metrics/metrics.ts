/**
 * What Prometheus is told: requests by route and status class, scores and decisions by slot, what waits, how far the
 * log is behind, and the process itself. Every label set that can be known beforehand begins at zero, so that the
 * first failure is an increase. No label holds what a request brought.
 */
import { AggregatorRegistry, Counter, Gauge, Registry } from 'prom-client';
import type { LogWriter } from '../../serving/log/log-writer.ts';
import type { ServedModels } from '../../serving/served-models.ts';
import { processMetrics } from './process.ts';
import { quickHistogram } from './quick-histogram.ts';
import { watchedLog } from './watched-log.ts';

export interface Metrics {
  /** A request ended. `route`: its id, null for an address that nothing answers. */
  answered(route: string | null, status: number, seconds: number): void;
  /** Outcomes were written. */
  recorded(outcomes: { readonly churned: number; readonly stayed: number }): void;
  /** The same writer; what passes through it is counted. */
  watch(log: LogWriter): LogWriter;
  /** In the text format of Prometheus; of all workers where there are several. */
  text(): Promise<string>;
  /** Of this process, for whoever adds them up. */
  json(): Promise<MetricsJson>;
  readonly contentType: string;
  stop(): void;
}

/** A metric as processes tell it to each other. */
export interface MetricJson {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  /** How several become one: `sum`, `max`, `first`. */
  readonly aggregator?: string;
  readonly values: readonly {
    readonly value: number;
    readonly labels: Readonly<Record<string, string | number>>;
    readonly metricName?: string;
  }[];
}

export type MetricsJson = readonly MetricJson[];

export interface MetricsOptions {
  /** Ids of the routes. */
  readonly routes: readonly string[];
  /** Customers inside, scored or not, that are not answered yet. */
  readonly waiting: () => number;
  readonly served: ServedModels;
  /** Of a process that is one of several. */
  readonly worker?: {
    readonly number: number;
    /** Asks everybody for their metrics; is handed those of this process in case nobody answers. */
    gather(own: MetricsJson): Promise<readonly MetricsJson[]>;
  };
}

const noRoute = 'none';
const statusClasses = ['2xx', '3xx', '4xx', '5xx'] as const;
/** Around the objective of 100 ms, seconds. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics({ routes, waiting, served, worker }: MetricsOptions): Metrics {
  const registry = new Registry();
  // Memory and processor of several processes say nothing in one sum: each has its number.
  const own = worker ? new Registry() : registry;
  if (worker) own.setDefaultLabels({ worker: String(worker.number) });
  const registers = [registry];
  const requests = new Counter({
    name: 'holdfast_http_requests_total',
    help: 'Requests answered, by route and class of status.',
    labelNames: ['route', 'status'],
    registers,
  });
  const durations = quickHistogram({
    name: 'holdfast_http_request_duration_seconds',
    help: 'From the first byte of a request to the last of its answer.',
    labelName: 'route',
    labels: [...routes, noRoute],
    buckets: durationBuckets,
    registers,
  });
  for (const route of [...routes, noRoute])
    for (const status of statusClasses) requests.inc({ route, status }, 0);
  const outcomes = new Counter({
    name: 'holdfast_outcomes_total',
    help: 'Outcomes of customers that were written: who left, who stayed.',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['churned', 'stayed']) outcomes.inc({ outcome }, 0);
  new Gauge({
    name: 'holdfast_predictions_waiting',
    help: 'Customers that were taken and are not answered yet.',
    // Bounded in each process.
    registers: [own],
    collect() {
      this.set(waiting());
    },
  });
  new Gauge({
    name: 'holdfast_model_info',
    help: 'Which model answers from which slot; always 1.',
    labelNames: ['slot', 'name', 'label', 'version'],
    aggregator: 'first',
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
    aggregator: 'max',
    registers,
    collect() {
      this.set(served.failure === null ? 0 : 1);
    },
  });
  const process = processMetrics([own]);
  const json = async (): Promise<MetricsJson> =>
    [
      ...(await registry.getMetricsAsJSON()),
      ...(worker ? await own.getMetricsAsJSON() : []),
    ] as unknown as MetricsJson;
  return {
    answered(route, status, seconds) {
      const name = route ?? noRoute;
      requests.inc({ route: name, status: `${Math.floor(status / 100)}xx` });
      durations.observe(name, seconds);
    },
    recorded({ churned, stayed }) {
      outcomes.inc({ outcome: 'churned' }, churned);
      outcomes.inc({ outcome: 'stayed' }, stayed);
    },
    watch: (log) => watchedLog(log, registers),
    text: async () =>
      worker
        ? AggregatorRegistry.aggregate([...(await worker.gather(await json()))]).metrics()
        : registry.metrics(),
    json,
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
