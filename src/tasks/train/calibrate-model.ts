/**
 * From a fitted pipeline to one whose probabilities hold: a map learned on the validation part is put over it.
 *
 * `auto` puts a sigmoid there when it lowers the cross-validated log loss of the validation part by more than one standard
 * error (`models/calibration/choose-method.ts`). The threshold is then chosen on the same rows: both are a matter of a
 * few numbers, and the hold-out, which neither has seen, judges them. What is saved, scored and explained is the
 * calibrated model; out-of-fold scores go through the same map, so that they can be compared with scores to come. Where the
 * search looks by itself (`auto`) the map is part of what it looks for: it is learned on the out-of-fold scores, several times
 * as many rows, and where the metric asks for probabilities isotonic steps are compared too.
 */
import type { Random } from '../../base/random.ts';
import type { Note } from '../../learn/context.ts';
import type { FittedClassifier } from '../../learn/definition.ts';
import { score } from '../../learn/fit.ts';
import { type CalibratedState, calibrateFitted } from '../../models/calibrated.ts';
import { compareLoss, helpfulMethod } from '../../models/calibration/choose-method.ts';
import { applyMap, type CalibrationMethod } from '../../models/calibration/map.ts';
import { searchMethodById } from '../../selection/methods/all.ts';
import { addNote } from '../context.ts';
import type { WorkPorts } from '../ports.ts';
import type { Parts } from './prepare.ts';
import type { SelectedModel } from './select-model.ts';
import type { TrainSpec } from './spec.ts';

/** What the manifest says of calibration. */
export type Calibration = {
  readonly method: CalibrationMethod;
  /** `auto` when the rule chose it, else `project file`. */
  readonly chosenBy: 'auto' | 'project file';
  /** Rows it was learned on. */
  readonly rows: number;
  /** `folds` where these are training rows, scored by fits that did not see them; else they are the validation part. */
  readonly learnedOn?: 'folds';
  /** Slope and offset in log-odds of a sigmoid; null for isotonic steps. */
  readonly slope: number | null;
  readonly offset: number | null;
  /** Log loss of these rows before and after, cross-validated; null where rows are too few. */
  readonly logLoss: {
    readonly before: number;
    readonly after: number;
    readonly standardError: number;
  } | null;
};

export interface CalibratedModel extends SelectedModel {
  /** The pipeline without the map. */
  readonly uncalibrated: FittedClassifier;
  readonly calibration: Calibration | null;
}

export function calibrateModel(
  spec: TrainSpec,
  selected: SelectedModel,
  { training, validation }: Pick<Parts, 'training' | 'validation'>,
  random: Random,
  notes: Note[],
  ports: WorkPorts,
): CalibratedModel {
  const asked = spec.train.calibrate;
  const { fitted } = selected;
  const plain = { ...selected, uncalibrated: fitted, calibration: null };
  if (asked === 'none') return plain;
  const isSearched = asked === 'auto' && searchMethodById(spec.train.search.method).combines;
  const { scores, labels } = isSearched
    ? knownRows(selected.outOfFold, training.labels)
    : { scores: score(fitted, validation.table, ports.catalogue), labels: validation.labels };
  const stream = random.fork('calibration');
  const compared: CalibrationMethod[] =
    isSearched && !ranks.has(spec.train.metric) ? ['sigmoid', 'isotonic'] : ['sigmoid'];
  const method = asked === 'auto' ? helpfulMethod(compared, scores, labels, stream) : asked;
  if (method === undefined) return plain;
  const calibrated = calibrateFitted(fitted, method, scores, labels, isSearched ? 'folds' : 'rows set aside');
  const { map } = calibrated.state as CalibratedState;
  const logLoss = compareLoss(method, scores, labels, stream) ?? null;
  if (map.method === 'sigmoid' && map.slope <= 0) {
    addNote(notes, {
      code: 'calibration.reversed',
      message:
        'calibration: higher scores left less often on the validation part, so the map turns the order around; set train.calibrate: none',
    });
  }
  if (logLoss && logLoss.after > logLoss.before) {
    addNote(notes, {
      code: 'calibration.no-gain',
      message: `calibration: ${method} raises the cross-validated log loss of the validation part; train.calibrate: auto would leave it out`,
    });
  }
  const { slope, offset } = map.method === 'sigmoid' ? map : { slope: null, offset: null };
  return {
    ...selected,
    fitted: calibrated,
    uncalibrated: fitted,
    outOfFold: applyMap(map, selected.outOfFold),
    calibration: {
      method,
      chosenBy: asked === 'auto' ? 'auto' : 'project file',
      rows: labels.length,
      ...(isSearched && { learnedOn: 'folds' as const }),
      slope,
      offset,
      logLoss,
    },
  };
}

/** Metrics that ask for an order alone. */
const ranks: ReadonlySet<string> = new Set(['roc-auc', 'pr-auc']);

/** The training rows that some fold validates. */
function knownRows(outOfFold: Float64Array, labels: Uint8Array) {
  const rows = Int32Array.from(labels.keys()).filter((row) => !Number.isNaN(outOfFold[row]!));
  return {
    scores: Float64Array.from(rows, (row) => outOfFold[row]!),
    labels: Uint8Array.from(rows, (row) => labels[row]!),
  };
}
