/** What `train` answers, frozen: other tools read it (see shapes.full.test.ts). */
import type { Plain } from '../../base/plain.ts';
import type { GateResult } from '../../evaluation/gate.ts';
import type { CoreMetrics } from '../../evaluation/measure.ts';
import type { Threshold } from '../../evaluation/threshold.ts';
import type { Decisions } from '../../report/plain-words.ts';
import type { LeaderboardRow } from '../../selection/leaderboard.ts';
import type { SearchFacts } from '../../selection/search-history.ts';
import type { Stability } from './cross-validate-winner.ts';
import type { Parting } from './parting.ts';

/** Something found in the data or met while learning. */
export interface Finding {
  readonly code: string;
  readonly severity: 'block' | 'warn' | 'note';
  readonly column: string | null;
  readonly message: string;
  readonly evidence: Plain;
}

export interface TrainSummary {
  readonly model: {
    readonly id: string;
    readonly label: string;
    readonly name: string;
    readonly file: string;
  };
  readonly best: { readonly model: string; readonly params: Plain };
  readonly leaderboard: readonly LeaderboardRow[];
  /** Every trial in the order it was tried, those that ended early too. */
  readonly search: SearchFacts;
  /** The winner once more, on training and validation rows together; none where it diverged on those folds. */
  readonly stability?: Stability;
  /** How the rows were parted, and how many are in no part. */
  readonly parts: Parting;
  readonly holdout: { readonly rows: number } & CoreMetrics;
  readonly threshold: Threshold;
  /** What that threshold does to the hold-out. */
  readonly decisions: Decisions;
  readonly gate: GateResult;
  readonly findings: readonly Finding[];
  /** Wall seconds of the whole run. */
  readonly seconds: number;
  /** Path of the HTML report. */
  readonly report: string;
  /** The version that the model became; null where it could not be registered, or there is no registry. */
  readonly registered: { readonly name: string; readonly version: number } | null;
}
