/**
 * The log of one training run's search: what an interrupted run of the same search has tried, and the best of earlier
 * runs.
 *
 * Searches are the same when data, project file, seed, code, kernel and kind of machine are; a budget, names and
 * descriptions don't count. Earlier runs are those on other data, with another seed or other candidates, so that the same
 * run once more gives the same model. What a run began with is written down, so that it goes on with it.
 */
import { sha256 } from '../../base/hash.ts';
import { canonicalJson } from '../../base/plain.ts';
import { searchMetric } from '../../evaluation/profit-metrics.ts';
import { searchMethodById } from '../../selection/methods/all.ts';
import type { RecordedFit } from '../../selection/open-trial.ts';
import { type BegunRun, bestOfEarlier, interruptedRun } from '../../selection/search-log.ts';
import type { Candidate } from '../../selection/search-method.ts';
import type { Identity, SearchLogs, WorkPorts } from '../ports.ts';
import type { TrainSpec } from './spec.ts';

export interface OpenSearch {
  /** Fits of the interrupted run. */
  readonly recorded: readonly RecordedFit[];
  /** What it took until it was interrupted, milliseconds. */
  readonly spentMs: number;
  readonly earlier: readonly Candidate[];
  record(fit: RecordedFit, spentMs: number): void;
  /** The model is saved: nothing of this run is to be taken up again. */
  end(): Promise<void>;
}

/** A search that nothing is written of. */
export const unkeptSearch: OpenSearch = {
  recorded: [],
  spentMs: 0,
  earlier: [],
  record: () => {},
  end: async () => {},
};

export async function openSearch(
  spec: TrainSpec,
  dataHash: string,
  identity: Identity,
  logs: SearchLogs | undefined,
  { clock }: Pick<WorkPorts, 'clock'>,
): Promise<OpenSearch> {
  if (!logs) return unkeptSearch;
  const key = searchKey(spec, dataHash, identity);
  const metric = searchMetric(spec.train.metric, spec.profit);
  const interrupted = interruptedRun(await logs.read(key));
  let begun = interrupted?.begun;
  // Written with the first fit: a run that is refused or stopped before leaves nothing.
  let isWritten = begun !== undefined;
  if (!begun) {
    const kin = { project: spec.project, columns: columnsHash(spec), metric: metric.id };
    const { method, warmStart } = spec.train.search;
    const earlier =
      searchMethodById(method).learnsFromEarlier && warmStart
        ? bestOfEarlier(await logs.others(key), kin, metric.higherIsBetter ? 1 : -1)
        : [];
    begun = { run: 'begun', ...kin, folds: spec.train.folds, at: clock.now(), earlier } satisfies BegunRun;
  }
  const first = begun;
  return {
    recorded: interrupted?.fits ?? [],
    spentMs: interrupted?.spentMs ?? 0,
    earlier: first.earlier,
    record(fit, spent) {
      if (!isWritten) logs.append(key, first);
      isWritten = true;
      logs.append(key, { ...fit, spent });
    },
    async end() {
      logs.append(key, { run: 'ended' });
      await logs.tidy();
    },
  };
}

function searchKey(spec: TrainSpec, dataHash: string, { versions, lockHash, machine }: Identity): string {
  const { project, data, clean, features, preprocess, split, train, profit } = spec;
  const { budget: _, ...search } = train.search;
  return sha256(
    canonicalJson({
      dataHash,
      sections: { project, data, clean, features, preprocess, split, profit, train: { ...train, search } },
      code: { ...versions, kernel: versions.kernel, lockHash, arch: machine.arch },
    }),
  );
}

/** What has to be equal for an earlier run to say something about this one. */
const columnsHash = ({ data }: TrainSpec): string =>
  sha256(
    canonicalJson({
      target: data.target,
      columns: Object.entries(data.columns)
        .filter(([, { use }]) => use === 'feature')
        .map(([name, { kind }]) => [name, kind]),
    }),
  );
