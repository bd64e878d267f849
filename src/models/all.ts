import type { AnyClassifier } from '../learn/catalogue.ts';

/** Every definition of this room, in the order in which a reader meets them. */
export const allModels: readonly AnyClassifier[] = [];
