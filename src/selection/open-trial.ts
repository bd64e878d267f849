/** A trial under way: the folds that it was tried on so far, their out-of-fold scores, and how it ends. */
import { atShareOfIterations } from './at-share.ts';
import type { Candidate, Outcome, Resource, Trial, TrialRequest } from './search-method.ts';

/** One fit as it is written down. */
export interface RecordedFit {
  readonly candidate: Candidate;
  readonly share: number;
  readonly fold: number;
  /** Null where it diverged. */
  readonly value: number | null;
  /** CPU seconds. */
  readonly seconds: number;
}

export interface SearchedTrial extends Trial {
  /** P(churn) of each row from the fit that did not see it; null where folds were taken from the record or are not kept. */
  readonly outOfFold: Float64Array | null;
}

export interface OpenTrial {
  readonly request: TrialRequest;
  readonly number: number;
  /** What is fitted: the candidate, on fewer iterations where the share is of those. */
  readonly fitted: Candidate;
  readonly rowShare: number;
  readonly values: (number | undefined)[];
  readonly outOfFold: Float64Array;
  seconds: number;
  /** Folds that it was tried on, those that it diverged on too. */
  tried: number;
  isDiverged: boolean;
  fromRecord: number;
  /** Null while it goes on. */
  outcome: Outcome | null;
}

export function openTrial(
  request: TrialRequest,
  number: number,
  of: { readonly folds: number; readonly rows: number; readonly resource: Resource },
): OpenTrial {
  const { candidate, share } = request;
  const isOfRows = of.resource === 'rows';
  return {
    request,
    number,
    fitted: isOfRows ? candidate : atShareOfIterations(candidate, share),
    rowShare: isOfRows ? share : 1,
    values: new Array<undefined>(of.folds).fill(undefined),
    outOfFold: new Float64Array(of.rows).fill(Number.NaN),
    seconds: 0,
    tried: 0,
    isDiverged: false,
    fromRecord: 0,
    outcome: null,
  };
}

export function takeFold(
  trial: OpenTrial,
  { fold, value, seconds }: Pick<RecordedFit, 'fold' | 'value' | 'seconds'>,
): void {
  if (value === null) trial.isDiverged = true;
  else trial.values[fold] = value;
  trial.seconds += seconds;
  trial.tried++;
}

/** How it ended by itself; undefined where it goes on. */
export function settled({ isDiverged, values }: OpenTrial): Outcome | undefined {
  if (isDiverged) return 'diverged';
  return values.every((value) => value !== undefined) ? 'whole' : undefined;
}

/** The values from the first fold up to the first that is missing: at a cut the later ones may be there by chance. */
export function foldsOf({ values }: OpenTrial): number[] {
  const missing = values.indexOf(undefined);
  return values.slice(0, missing < 0 ? undefined : missing) as number[];
}

/** `keepsShares`: whether scores of a trial on a share of the resource are kept too. */
export function closeTrial(trial: OpenTrial, keepsShares: boolean): SearchedTrial {
  const { request, number, seconds, fromRecord, outOfFold } = trial;
  // A trial that has seen all folds when the end comes is whole.
  const outcome = trial.outcome ?? settled(trial) ?? 'cut';
  const isKept = outcome === 'whole' && (request.share === 1 || keepsShares) && fromRecord === 0;
  return {
    ...request,
    number,
    folds: foldsOf(trial),
    outcome,
    seconds,
    outOfFold: isKept ? outOfFold : null,
  };
}
