import type { AnyTransformer } from '../learn/catalogue.ts';
import { booleanToNumber } from './boolean-to-number.ts';
import { datePart } from './date-part.ts';
import { daysBetween } from './days-between.ts';
import { daysSince } from './days-since.ts';
import { difference } from './difference.ts';
import { dropConstant } from './drop-constant.ts';
import { dropCorrelated } from './drop-correlated.ts';
import { impute } from './impute.ts';
import { iqrClip } from './iqr-clip.ts';
import { minMaxScale } from './min-max-scale.ts';
import { oneHot } from './one-hot.ts';
import { ordinalEncode } from './ordinal-encode.ts';
import { pca } from './pca.ts';
import { product } from './product.ts';
import { ratio } from './ratio.ts';
import { robustScale } from './robust-scale.ts';
import { standardScale } from './standard-scale.ts';
import { targetEncode } from './target-encode.ts';
import { topK } from './top-k.ts';

/** Every definition of this room, in the order in which a reader meets them. */
export const allFeatures: readonly AnyTransformer[] = [
  ratio,
  difference,
  product,
  daysSince,
  daysBetween,
  datePart,
  booleanToNumber,
  impute,
  iqrClip,
  standardScale,
  minMaxScale,
  robustScale,
  oneHot,
  ordinalEncode,
  targetEncode,
  dropConstant,
  dropCorrelated,
  topK,
  pca,
];
