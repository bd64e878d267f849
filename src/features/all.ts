import type { AnyTransformer } from '../learn/catalogue.ts';

/** Every definition of this room, in the order in which a reader meets them. */
export const allFeatures: readonly AnyTransformer[] = [];
