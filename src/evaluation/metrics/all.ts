import { ParamError } from '../../base/errors.ts';
import { didYouMean, printable } from '../../base/text.ts';
import type { Metric } from '../definition.ts';
import { accuracy } from './accuracy.ts';
import { balancedAccuracy } from './balanced-accuracy.ts';
import { brier } from './brier.ts';
import { ece } from './ece.ts';
import { f1 } from './f1.ts';
import { gainAt10 } from './gain-at-10.ts';
import { gainAt20 } from './gain-at-20.ts';
import { liftAt10 } from './lift-at-10.ts';
import { liftAt20 } from './lift-at-20.ts';
import { logLoss } from './log-loss.ts';
import { mcc } from './mcc.ts';
import { prAuc } from './pr-auc.ts';
import { precision } from './precision.ts';
import { recall } from './recall.ts';
import { rocAuc } from './roc-auc.ts';

/** The nine metrics of the hold-out, in the order in which a reader meets them. Others rely on the shape: it is frozen. */
export const coreMetrics = [rocAuc, prAuc, logLoss, brier, ece, accuracy, precision, recall, f1] as const;

/** What is told beside the nine. */
export const furtherMetrics = [balancedAccuracy, mcc, liftAt10, liftAt20, gainAt10, gainAt20] as const;

/** Every definition of this folder. */
export const allMetrics: readonly Metric[] = [...coreMetrics, ...furtherMetrics];

/** The definition of an id; throws `catalogue.unknown` with the nearest id. */
export function metricById(id: string): Metric {
  const found = allMetrics.find((metric) => metric.id === id);
  if (found) return found;
  const known = allMetrics.map((metric) => metric.id);
  throw new ParamError(
    'catalogue.unknown',
    `metric ${printable(id)} is not known${didYouMean(id, known)}; known: ${known.join(', ')}`,
    { id },
  );
}
