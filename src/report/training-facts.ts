/** Everything the report and the model card of a training run tell, as plain data: pages are functions of it. */
import type { TableOverview } from '../data/inspect/table-overview.ts';
import type { Bands } from '../evaluation/bands.ts';
import type { Conformal, ConformalMeasures } from '../evaluation/conformal.ts';
import type { Confusion } from '../evaluation/confusion.ts';
import type { CalibrationPoint, GainPoint, PrPoint, RocPoint } from '../evaluation/curves.ts';
import type { FairnessColumn } from '../evaluation/fairness.ts';
import type { GateResult } from '../evaluation/gate.ts';
import type { ListFigures } from '../evaluation/list-figures.ts';
import type { CoreMetrics, FurtherMetrics } from '../evaluation/measure.ts';
import type { ProfitPoint } from '../evaluation/profit.ts';
import type { ProfitSection } from '../evaluation/section.ts';
import type { SegmentMetrics } from '../evaluation/segments.ts';
import type { Threshold } from '../evaluation/threshold.ts';
import type { Importance } from '../explain/importance.ts';
import type { PartialDependence } from '../explain/partial-dependence.ts';
import type { Note } from '../learn/context.ts';
import type { LeaderboardRow } from '../selection/leaderboard.ts';
import type { SearchFacts } from '../selection/search-history.ts';
import type { SwarmFacts } from './charts/beeswarm.ts';

/** Rows of one part of the data, and the share of them that churned. */
export interface PartFacts {
  readonly rows: number;
  readonly churnRate: number;
}

/** How rows were parted. */
export interface PartingFacts {
  readonly by: string;
  /** After "parted". */
  readonly words: string;
  readonly group: string | null;
  readonly time: string | null;
  readonly gap: string | null;
  /** Rows within the gap before a part: in none. */
  readonly leftOut: number;
}

/** The winner cross-validated once more, on rows that it was not chosen by alone. */
export interface StabilityFacts {
  readonly metric: string;
  readonly rows: number;
  /** Of the rows of a fold, that were learned from; all where it is not said. */
  readonly share?: number | undefined;
  readonly mean: number;
  readonly sd: number;
  readonly folds: readonly number[];
}

/** The map from scores to probabilities that was learned on the validation part. */
export interface CalibrationFacts {
  /** `folds` where it was learned on training rows, by fits that had not seen them. */
  readonly learnedOn?: 'folds';
  readonly method: string;
  /** `auto` when the rule chose it, else `project file`. */
  readonly chosenBy: string;
  readonly rows: number;
  /** Cross-validated log loss of the validation part without and with it; null where rows are too few. */
  readonly logLoss: { readonly before: number; readonly after: number } | null;
}

export interface TrainingFacts {
  readonly model: {
    readonly id: string;
    readonly label: string;
    readonly name: string;
    readonly author: string | null;
    readonly description: string | null;
    /** One sentence a step about what the fitted pipeline learned. */
    readonly learned: string;
  };
  /** ISO time. */
  readonly created: string;
  readonly holdfastVersion: string;
  readonly seed: number;
  readonly source: { readonly name: string; readonly rows: number; readonly columns: number };
  readonly target: { readonly column: string; readonly churned: string };
  readonly parts: {
    readonly training: PartFacts;
    readonly validation: PartFacts;
    readonly holdout: PartFacts;
  };
  /** How rows were parted; left out where that is not known. */
  readonly parting?: PartingFacts;
  readonly leaderboard: readonly LeaderboardRow[];
  /** How the search went; models before it have none. */
  readonly search?: SearchFacts;
  /** The winner once more, on training and validation rows together. */
  readonly stability?: StabilityFacts;
  readonly holdout: { readonly rows: number } & CoreMetrics;
  /** Metrics beside the nine. */
  readonly further?: FurtherMetrics;
  readonly curves: {
    readonly roc: readonly RocPoint[];
    readonly pr: readonly PrPoint[];
    readonly calibration: readonly CalibrationPoint[];
    readonly gain: readonly GainPoint[];
    /** Only with a profit section. */
    readonly profit?: readonly ProfitPoint[];
  };
  /** Lists and bands read off every score; models before it have the thinned curves alone. */
  readonly list?: ListFigures;
  readonly confusion: Confusion;
  readonly threshold: Threshold;
  /** The map over the scores; null without one, left out where that is not known. */
  readonly calibration?: CalibrationFacts | null;
  readonly bands: Bands;
  readonly gate: GateResult;
  /** Fall of ROC-AUC on the hold-out when a column is shuffled, largest first. */
  readonly importance: readonly Importance[];
  /** What each column adds to the scores of a sample of the hold-out, for `charts/beeswarm.ts`. */
  readonly contributions?: SwarmFacts;
  /** Partial dependence of the strongest columns, on the hold-out, for `charts/dependence.ts`. */
  readonly dependence?: readonly PartialDependence[];
  /** Units of numbers, by column, as the contract has them. */
  readonly units?: Readonly<Record<string, string>>;
  /** What columns are, in a few words, as the contract has them. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** What was found in the table before anything was learned, and each of its columns; models before it have none. */
  readonly overview?: TableOverview;
  readonly segments: readonly SegmentMetrics[];
  /** Gaps between the groups of each personal column. */
  readonly fairness?: readonly FairnessColumn[];
  /** From which scores on an outcome is likely, and how often the likely ones held the true one. */
  readonly certainty?: { readonly limits: Conformal; readonly measured: ConformalMeasures };
  /** The figures of the campaign that money is counted by. */
  readonly profit?: ProfitSection;
  /** Columns of the contract that the model does not use, with the reason. */
  readonly leftOut: readonly { readonly column: string; readonly reason: string }[];
  /** Columns used by the model that the contract calls personal; left out where that is not known. */
  readonly personal?: readonly string[];
  readonly notes: readonly Note[];
  /** CPU seconds of all fits and wall seconds of the whole run. */
  readonly seconds: { readonly fits: number; readonly wall: number };
}
