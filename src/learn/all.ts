/** The composites of the grammar itself. */
import { columnRouter } from './column-router.ts';
import { pipeline } from './pipeline.ts';

export const allLearnClassifiers = [pipeline] as const;
export const allLearnTransformers = [columnRouter] as const;
