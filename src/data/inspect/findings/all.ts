/** Every finding, leaks first. */
import type { FindingDefinition } from '../definition.ts';
import { constant } from './constant.ts';
import { derivedColumn } from './derived-column.ts';
import { duplicateId } from './duplicate-id.ts';
import { duplicateRow } from './duplicate-row.ts';
import { idColumn } from './id-column.ts';
import { leakAfterOutcome } from './leak-after-outcome.ts';
import { leakPredictor } from './leak-predictor.ts';
import { leakSingleColumn } from './leak-single-column.ts';
import { malformed } from './malformed.ts';
import { missingHigh } from './missing-high.ts';
import { missingTogether } from './missing-together.ts';
import { orderLabel } from './order-label.ts';
import { rareLevels } from './rare-levels.ts';
import { recencyLabel } from './recency-label.ts';
import { smallClass } from './small-class.ts';
import { targetOtherOutcomes } from './target-other-outcomes.ts';
import { targetSpelling } from './target-spelling.ts';
import { textNumber } from './text-number.ts';
import { timeExcel1904 } from './time-excel-1904.ts';
import { timeFuture } from './time-future.ts';
import { timeOrder } from './time-order.ts';
import { timeSentinel } from './time-sentinel.ts';
import { weakColumns } from './weak-columns.ts';
import { zeroInflated } from './zero-inflated.ts';

export const allFindings: readonly FindingDefinition[] = [
  targetSpelling,
  targetOtherOutcomes,
  leakSingleColumn,
  leakAfterOutcome,
  leakPredictor,
  recencyLabel,
  malformed,
  duplicateId,
  duplicateRow,
  idColumn,
  timeExcel1904,
  timeSentinel,
  timeFuture,
  timeOrder,
  textNumber,
  missingHigh,
  missingTogether,
  zeroInflated,
  constant,
  rareLevels,
  derivedColumn,
  weakColumns,
  smallClass,
  orderLabel,
];
