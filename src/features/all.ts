import type { AnyTransformer } from '../learn/catalogue.ts';
import { booleanToNumber } from './boolean-to-number.ts';
import { impute } from './impute.ts';
import { iqrClip } from './iqr-clip.ts';
import { minMaxScale } from './min-max-scale.ts';
import { oneHot } from './one-hot.ts';
import { robustScale } from './robust-scale.ts';
import { standardScale } from './standard-scale.ts';

/** Every definition of this room, in the order in which a reader meets them. */
export const allFeatures: readonly AnyTransformer[] = [
  booleanToNumber,
  impute,
  iqrClip,
  standardScale,
  minMaxScale,
  robustScale,
  oneHot,
];
