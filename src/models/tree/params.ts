/** Parameters that a single tree and a forest share, each with its own default. */
import { z } from 'zod';
import type { SearchRange } from '../../base/schema.ts';
import type { TreeLimits } from '../../kernels/forest/tree-grower.ts';

export const maxDepthParam = (usual: number | null) =>
  z
    .int()
    .min(1)
    .max(64)
    .nullable()
    .default(usual)
    .describe('Most questions on the way to a leaf; null sets no limit.')
    .meta({ search: { type: 'integer', low: 2, high: 16 } satisfies SearchRange });

export const minSplitParam = (usual: number) =>
  z.int().min(2).max(1_000_000).default(usual).describe('Fewest training rows that may be cut in two.');

export const minLeafParam = (usual: number) =>
  z
    .int()
    .min(1)
    .max(1_000_000)
    .default(usual)
    .describe('Fewest training rows on either side of a cut.')
    .meta({ search: { type: 'integer', low: 1, high: 50 } satisfies SearchRange });

/** How many features a cut may choose from: the whole root of their number, all, or a share; at least one. */
export const featuresParam = z
  .union([z.enum(['sqrt', 'all']), z.number().gt(0).max(1)])
  .default('sqrt')
  .describe(
    'Columns drawn for each cut: sqrt (the root of their number), all, or a share above 0 and at most 1.',
  )
  .meta({ search: { type: 'choice', values: ['sqrt', 0.2, 0.4, 0.6] } satisfies SearchRange });

interface TreeSettings {
  readonly maxDepth: number | null;
  readonly minSplit: number;
  readonly minLeaf: number;
  readonly features: 'sqrt' | 'all' | number;
}

/** The limits of growth on a table with so many columns; shares and roots are cut off, as scikit-learn does. */
export function growthLimits(settings: TreeSettings, columns: number): TreeLimits {
  const { features } = settings;
  const share = features === 'all' ? columns : features === 'sqrt' ? Math.sqrt(columns) : features * columns;
  return {
    maxDepth: settings.maxDepth ?? Number.POSITIVE_INFINITY,
    minSplit: settings.minSplit,
    minLeaf: settings.minLeaf,
    featuresPerSplit: Math.max(1, Math.floor(share)),
  };
}
