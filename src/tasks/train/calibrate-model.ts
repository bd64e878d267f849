/**
 * From a fitted pipeline to one whose probabilities hold: a map learned on the validation part is put over it.
 *
 * `auto` puts a sigmoid there when it lowers the cross-validated log loss of the validation part by more than one standard
 * error (`models/calibration/choose-method.ts`). The threshold is then chosen on the same rows: both are a matter of a
 * few numbers, and the hold-out, which neither has seen, judges them. What is saved, scored and explained is the
 * calibrated model; out-of-fold scores go through the same map, so that they can be compared with scores to come.
 */
import type { Random } from '../../base/random.ts';
import type { Note } from '../../learn/context.ts';
import type { FittedClassifier } from '../../learn/definition.ts';
import { score } from '../../learn/fit.ts';
import { type CalibratedState, calibrateFitted } from '../../models/calibrated.ts';
import { compareLoss, sigmoidHelps } from '../../models/calibration/choose-method.ts';
import { applyMap, type CalibrationMethod } from '../../models/calibration/map.ts';
import type { Dataset } from '../../table/dataset.ts';
import { addNote } from '../context.ts';
import type { WorkPorts } from '../ports.ts';
import type { SelectedModel } from './select-model.ts';
import type { TrainSpec } from './spec.ts';

/** What the manifest says of calibration. */
export type Calibration = {
  readonly method: CalibrationMethod;
  /** `auto` when the rule chose it, else `project file`. */
  readonly chosenBy: 'auto' | 'project file';
  /** Validation rows it was learned on. */
  readonly rows: number;
  /** Slope and offset in log-odds of a sigmoid; null for isotonic steps. */
  readonly slope: number | null;
  readonly offset: number | null;
  /** Log loss of the validation part before and after, cross-validated; null where rows are too few. */
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
  validation: Dataset,
  random: Random,
  notes: Note[],
  ports: WorkPorts,
): CalibratedModel {
  const asked = spec.train.calibrate;
  const { fitted } = selected;
  const plain = { ...selected, uncalibrated: fitted, calibration: null };
  if (asked === 'none') return plain;
  const scores = score(fitted, validation.table, ports.catalogue);
  const { labels } = validation;
  const stream = random.fork('calibration');
  if (asked === 'auto' && !sigmoidHelps(scores, labels, stream)) return plain;
  const method = asked === 'auto' ? 'sigmoid' : asked;
  const calibrated = calibrateFitted(fitted, method, scores, labels);
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
      slope,
      offset,
      logLoss,
    },
  };
}
