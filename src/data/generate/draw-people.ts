/**
 * Draws the customers of a kind of business, row by row, each from a stream of its own.
 *
 * A stream is named by the row, so the first rows of a large table are those of a small one, and a customer can be drawn
 * again instead of being kept. With drift a row may hold a stranger: the customer of another stream of the same row.
 * O(rows); kept are five numbers a row.
 */
import type { Random } from '../../base/random.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import { solveIntercept } from './causal.ts';
import type { Value } from './column-builder.ts';
import type { DriftPlan } from './drift/definition.ts';
import type { CustomerModel, DriftOrder, GenerateSize } from './model.ts';
import { newestSnapshot, newestSnapshots, type Snapshot, snapshotMs } from './snapshot.ts';

export interface DrawnPeople<Customer> {
  readonly luck: Float64Array;
  /** Log-odds of leaving without an offer. */
  readonly logOdds: Float64Array;
  /** What the first offer adds to them. */
  readonly offerShift: Float64Array;
  /** How far the drift has come for the row: 0 before it, at most its size. */
  readonly driftSize: Float64Array;
  snapshotAt(row: number): Snapshot;
  customerAt(row: number): Customer;
}

interface Candidate<Customer> {
  readonly luck: number;
  readonly customer: Customer;
}

type CustomerRecord = Readonly<Record<string, Value>>;

/** `record` is handed each customer, with drift some rows twice; what it is handed last counts. */
export function drawPeople<Customer extends CustomerRecord>(
  model: CustomerModel<Customer>,
  { rows, churnRate, snapshots: snapshotCount = 1, drift }: GenerateSize,
  plan: DriftPlan | null,
  random: Random,
  record: (row: number, customer: Customer) => void,
): DrawnPeople<Customer> {
  const snapshots = newestSnapshots(snapshotCount);
  const snapshotAt = (row: number): Snapshot =>
    snapshotCount === 1 ? newestSnapshot : snapshots[random.fork('snapshot', row).integer(snapshotCount)]!;
  const candidateAt = (row: number, attempt: number): Candidate<Customer> => {
    const own = random.fork('customer', row);
    const stream = attempt === 0 ? own : own.fork('stranger', attempt);
    // The first draw, so that a change of the model doesn't change who is lucky.
    const luck = stream.uniform();
    return { luck, customer: model.draw(stream, snapshotAt(row)) };
  };

  const luck = new Float64Array(rows);
  const scores = new Float64Array(rows);
  const offerShift = new Float64Array(rows);
  const keep = (row: number, { luck: own, customer }: Candidate<Customer>): void => {
    luck[row] = own;
    scores[row] = scoreOf(model, customer);
    offerShift[row] = model.offers[0].shift(customer);
    record(row, customer);
  };
  const driftSize = new Float64Array(rows);
  /** What the concept of the drift adds to the log-odds, were the whole table drifted. */
  const concept = plan?.changesConcept ? new Float64Array(rows) : null;
  for (let row = 0; row < rows; row++) {
    const candidate = candidateAt(row, 0);
    keep(row, candidate);
    if (drift) driftSize[row] = sizeAt(drift, snapshotMs(snapshotAt(row)));
    if (drift && concept) concept[row] = drift.size * model.drift.concept.shift(candidate.customer);
  }
  const intercept = solveIntercept(scores, churnRate);

  const riskOf = ({ customer }: Candidate<Customer>): number => sigmoid(intercept + scoreOf(model, customer));
  const chosen = new Int32Array(plan?.choose ? rows : 0);
  for (const row of chosen.keys()) {
    if (driftSize[row] === 0) continue;
    const candidates = memoised((attempt) => candidateAt(row, attempt));
    const attempt = plan!.choose!(
      {
        valueOf: (number, column) => candidates(number).customer[column] ?? null,
        isChurned: (number) => candidates(number).luck < riskOf(candidates(number)),
      },
      driftSize[row]!,
      random.fork('drift', row),
    );
    chosen[row] = attempt;
    if (attempt > 0) keep(row, candidates(attempt));
  }

  const logOdds = scores.map((score) => intercept + score);
  if (concept) changeConcept(logOdds, scores, concept, driftSize, churnRate);
  else if (plan?.riskOfChosen) raiseRisk(logOdds, luck, driftSize, plan.riskOfChosen);
  return {
    luck,
    logOdds,
    offerShift,
    driftSize,
    snapshotAt,
    customerAt: (row) => candidateAt(row, chosen[row] ?? 0).customer,
  };
}

/** Drifted rows leave for other reasons; an intercept of their own holds the rate. Changes `logOdds`. */
function changeConcept(
  logOdds: Float64Array,
  scores: Float64Array,
  concept: Float64Array,
  driftSize: Float64Array,
  churnRate: number,
): void {
  const changed = scores.map((score, row) => score + concept[row]!);
  const intercept = solveIntercept(changed, churnRate);
  for (let row = 0; row < logOdds.length; row++)
    if (driftSize[row]! > 0) logOdds[row] = intercept + changed[row]!;
}

/**
 * Drifted rows were chosen by their outcome: raises their log-odds to what is true of those chosen. Whoever leaves keeps doing so:
 * luck below the old probability becomes luck below the new one, evenly spread on each side, so that it is a uniform
 * number again. Changes `logOdds` and `luck`.
 */
function raiseRisk(
  logOdds: Float64Array,
  luck: Float64Array,
  driftSize: Float64Array,
  riskOfChosen: (size: number) => number,
): void {
  for (let row = 0; row < logOdds.length; row++) {
    if (driftSize[row] === 0) continue;
    const from = sigmoid(logOdds[row]!);
    logOdds[row]! += riskOfChosen(driftSize[row]!);
    const to = sigmoid(logOdds[row]!);
    const own = luck[row]!;
    // Rounding must not carry a leaver over the line.
    luck[row] =
      own < from
        ? Math.min((own / from) * to, to * (1 - 2 ** -52))
        : to + ((own - from) / (1 - from)) * (1 - to);
  }
}

const scoreOf = <Customer extends CustomerRecord>(
  { effects }: CustomerModel<Customer>,
  customer: Customer,
): number => effects.reduce((sum, { coefficient, of }) => sum + coefficient * of(customer), 0);

const newestMs = snapshotMs(newestSnapshot);

/** A gradual drift has come as far as its days have: none on its first, all at the newest snapshot. */
function sizeAt({ definition, fromMs, size }: DriftOrder, atMs: number): number {
  if (atMs < fromMs) return 0;
  return definition.isGradual ? (size * (atMs - fromMs)) / (newestMs - fromMs) : size;
}

function memoised<T>(make: (number: number) => T): (number: number) => T {
  const made = new Map<number, T>();
  return (number) => {
    const known = made.get(number) ?? make(number);
    made.set(number, known);
    return known;
  };
}
