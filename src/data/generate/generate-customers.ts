/**
 * Makes a table of customers who never lived, for demos, tests and trying things out, and the truth about them.
 *
 * The same options give the same customers on every machine. 100,000 rows take about a second.
 *
 * @example
 * generateCustomers({ rows: 5000, seed: 42 }).table // 24 columns, `churned` the last
 */
import { z } from 'zod';
import { type HoldfastError, ParamError } from '../../base/errors.ts';
import { createRandom } from '../../base/random.ts';
import { firstProblem } from '../../base/schema.ts';
import { allGenerators } from './all.ts';
import { allDrifts } from './drift/all.ts';
import type { DriftOrder, GeneratedCustomers } from './model.ts';
import { dayMs, dayText, newestSnapshots, snapshotMs } from './snapshot.ts';

const kinds = allGenerators.map(({ id }) => id) as [string, ...string[]];
const driftKinds = allDrifts.map(({ id }) => id) as [string, ...string[]];

export const generateOptions = z.strictObject({
  kind: z.enum(kinds).default('subscription').describe('Kind of business.'),
  rows: z.int().min(1).max(1_000_000).default(5000).describe('How many customers.'),
  seed: z.int().min(0).max(4294967295).default(42).describe('The same seed makes the same customers.'),
  churnRate: z.number().min(0.01).max(0.9).default(0.24).describe('Mean probability of leaving.'),
  snapshots: z
    .int()
    .min(1)
    .max(60)
    .optional()
    .describe('Month ends over which the customers are spread, the newest 2026-06-30; 1, with drift 12.'),
  drift: z.enum(driftKinds).optional().describe('What changes from a day on.'),
  driftFrom: z.iso
    .date()
    .optional()
    .describe('First day of the drift; in the middle of the snapshots unless given.'),
  driftSize: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe('How strong the drift is, up to 1, which it is unless given.'),
});
export type GenerateOptions = z.input<typeof generateOptions>;

export function generateCustomers(options: GenerateOptions = {}): GeneratedCustomers {
  const parsed = generateOptions.safeParse(options);
  if (!parsed.success) {
    const { path, sentence } = firstProblem(generateOptions, options, parsed.error);
    throw refused(path, sentence);
  }
  const { kind, rows, seed, churnRate } = parsed.data;
  const snapshots = parsed.data.snapshots ?? (parsed.data.drift === undefined ? 1 : 12);
  const drift = driftOrder(parsed.data, snapshots);
  const generator = allGenerators.find(({ id }) => id === kind)!;
  return generator.generate(
    { rows, seed, churnRate, snapshots, drift },
    createRandom(seed).fork('generate').fork(kind),
  );
}

function driftOrder(
  { drift, driftFrom, driftSize }: z.output<typeof generateOptions>,
  snapshots: number,
): DriftOrder | undefined {
  if (drift === undefined) {
    const needless =
      driftFrom !== undefined ? 'driftFrom' : driftSize !== undefined ? 'driftSize' : undefined;
    if (needless === undefined) return undefined;
    throw refused(needless, `${needless} needs drift; name a kind: ${driftKinds.join(', ')}`);
  }
  if (snapshots === 1)
    throw refused('snapshots', 'snapshots must be at least 2 with drift, got 1; there must be a before');
  const days = newestSnapshots(snapshots).map(snapshotMs);
  const oldest = days[0]!;
  const newest = days.at(-1)!;
  const fromMs =
    driftFrom === undefined ? days[Math.floor(snapshots / 2) - 1]! + dayMs : Date.parse(driftFrom);
  if (fromMs <= oldest || fromMs > newest) {
    const range = `after ${dayText(oldest)}, the oldest snapshot, and not after ${dayText(newest)}, the newest`;
    throw refused(
      'driftFrom',
      `driftFrom must be ${range}, got ${driftFrom}; change it or make more snapshots`,
    );
  }
  const definition = allDrifts.find(({ id }) => id === drift)!;
  if (definition.isGradual && fromMs === newest)
    throw refused(
      'driftFrom',
      `driftFrom must be before ${dayText(newest)} for ${drift}, which takes time to come`,
    );
  return { definition, fromMs, size: driftSize ?? 1 };
}

const refused = (param: string, sentence: string): HoldfastError =>
  new ParamError('generate.option', `generate: ${sentence}`, { who: 'generate', param });
