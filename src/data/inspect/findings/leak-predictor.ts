/**
 * `leak.predictor`: a column that is itself the score of a model, often of one that has seen the outcome.
 *
 * Named like a score (probability, propensity, prediction, Naive_Bayes...), between 0 and 1 or 0 and 100, and with a
 * ROC-AUC of 0.8 or more by itself; or, whatever its name, fractions between 0 and 1 whose means per bin follow the
 * churn rates within 0.05 on average while the ROC-AUC is 0.8 or more.
 */
import { printable } from '../../../base/text.ts';
import { wordsOf } from '../../names.ts';
import { defineFinding, type InspectedColumn, type Inspection } from '../definition.ts';

const scoreWords =
  /^(score|scores|scored|probability|probabilities|prob|proba|pred|predicted|prediction|predictions|predictor|propensity|likelihood|risk|bayes|classifier|logit|xgb|xgboost|lgbm|lightgbm|catboost|svm|forest|model|regression|posterior)$/;
const leastAuc = 0.8;
const blockAuc = 0.88;
const leastValues = 50;
const calibrationError = 0.05;

export const leakPredictor = defineFinding({
  code: 'leak.predictor',
  title: 'A column that is a model’s score',
  severity: 'block',
  about: 'A score of another model hides where its knowledge comes from, mostly from the outcome itself.',
  look(inspection) {
    return inspection.columns.flatMap((column) => {
      const { name, facts } = column;
      if (column.column.kind !== 'number' || facts.auc < leastAuc) return [];
      const isShare = facts.min! >= 0 && facts.max! <= 1;
      const isNamed =
        wordsOf(name).some((word) => scoreWords.test(word)) && facts.min! >= 0 && facts.max! <= 100;
      const isCalibrated =
        isShare && facts.distinct >= leastValues && errorOf(inspection, column) <= calibrationError;
      if (!isNamed && !isCalibrated) return [];
      const why = isNamed
        ? 'named and ranged like the score of a model'
        : 'its values are churn probabilities';
      return [
        {
          column: name,
          severity: isNamed || facts.auc >= blockAuc ? ('block' as const) : ('warn' as const),
          message: `${printable(name)}: ${why}, with a ROC-AUC of ${facts.auc.toFixed(3)} alone; leave it out (use: none) unless that model never saw an outcome`,
          evidence: { auc: facts.auc, named: isNamed, calibrated: isCalibrated },
        },
      ];
    });
  },
});

/** Mean distance of the means of ten classes of values from their churn rates. */
function errorOf({ labels }: Inspection, { column }: InspectedColumn): number {
  if (column.kind !== 'number') return 1;
  const rows = new Float64Array(10);
  const offs = new Float64Array(10);
  column.values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    const bin = Math.min(9, Math.floor(value * 10));
    rows[bin]!++;
    offs[bin]! += value - labels[row]!;
  });
  let total = 0;
  let off = 0;
  for (let bin = 0; bin < 10; bin++) {
    total += rows[bin]!;
    off += Math.abs(offs[bin]!);
  }
  return total === 0 ? 1 : off / total;
}
