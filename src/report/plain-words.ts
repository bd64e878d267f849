/**
 * What a training run found, in sentences that a retention manager can repeat: the page and the card share them.
 *
 * Shares are told as so many of a hundred, which more people read right than percentages
 * (Gigerenzer and Hoffrage 1995). Every claim is about the hold-out.
 */
import type { Confusion } from '../evaluation/confusion.ts';
import type { GainPoint } from '../evaluation/curves.ts';
import type { Threshold } from '../evaluation/threshold.ts';
import { count, countOf, decimal, listed, ofHundred, percent, range } from './format.ts';
import { isBackTest, judgedRows } from './selection-words.ts';
import type { TrainingFacts } from './training-facts.ts';

/** The four counts of the hold-out, added up as sentences need them. */
export interface Decisions {
  readonly rows: number;
  readonly churned: number;
  readonly flagged: number;
  readonly found: number;
  readonly churnRate: number;
}

export function decisionsOf({
  truePositives,
  falsePositives,
  falseNegatives,
  trueNegatives,
}: Confusion): Decisions {
  const churned = truePositives + falseNegatives;
  const rows = churned + falsePositives + trueNegatives;
  return {
    rows,
    churned,
    flagged: truePositives + falsePositives,
    found: truePositives,
    churnRate: churned / rows,
  };
}

/**
 * How good the model is, in one short sentence: the words of Hosmer and Lemeshow's scale, by the lower end of the interval,
 * so that no more is said than was shown. One that is too good is told so.
 */
export function headlineOf({ holdout: { rocAuc } }: Pick<TrainingFacts, 'holdout'>): string {
  if (rocAuc.low <= 0.5) return 'Not shown to be better than chance.';
  if (rocAuc.value >= 0.97)
    return 'Almost faultless: look for a column that is known only after a customer has left.';
  if (rocAuc.low < 0.7) return 'Tells leavers from stayers a little better than chance.';
  if (rocAuc.low < 0.8) return 'Tells leavers from stayers fairly well.';
  if (rocAuc.low < 0.9) return 'Tells leavers from stayers well.';
  return 'Tells leavers from stayers very well.';
}

/** Fewer customers than this make every figure rough. */
const fewCustomers = 200;

/** The headline, explained. */
export function rankingSentence({
  holdout: { rocAuc, rows },
  parting,
}: Pick<TrainingFacts, 'holdout' | 'parting'>): string {
  const pairs = `Shown one customer who left and one who stayed, the model gives the leaver the higher score in about ${ofHundred(rocAuc.value)} of 100 such pairs (95% interval ${range(rocAuc, ofHundred)}); a coin would in 50.`;
  const few =
    rows < fewCustomers
      ? ` Only ${judgedRows(rows, { parting })} judged it: take every figure here as rough, and judge it again on more.`
      : '';
  return `${pairs}${rocAuc.low <= 0.5 ? ' The interval includes the coin.' : ''}${few}`;
}

/** A figure of the verdict: a share that can be drawn as so many dots of a hundred. */
export interface Hundred {
  readonly share: number;
  /** "of 100 flagged customers leave" */
  readonly words: string;
  readonly sentence: string;
  readonly more: string;
}

/** Precision, recall and the work they cost, at the threshold. */
export function hundredsOf(
  facts: Pick<TrainingFacts, 'confusion' | 'holdout' | 'parting'>,
): readonly Hundred[] {
  const { rows, churned, flagged, found, churnRate } = decisionsOf(facts.confusion);
  const { precision, recall } = facts.holdout;
  const about = (share: number): string => (/\D/.test(ofHundred(share)) ? '' : 'about ') + ofHundred(share);
  const work: Hundred = {
    share: flagged / rows,
    words: 'of 100 customers are flagged',
    sentence: `It flags ${about(flagged / rows)} of 100 customers.`,
    more: `${count(flagged)} of the ${judgedRows(rows, facts)} in the hold-out.`,
  };
  if (flagged === 0)
    return [{ ...work, sentence: 'At this threshold it flags nobody.', more: 'So it finds no leaver.' }];
  return [
    {
      share: precision.value,
      words: 'of 100 flagged customers leave',
      sentence: `Of 100 customers it flags, ${about(precision.value)} leave.`,
      more: `95% interval ${range(precision, ofHundred)}. Of 100 picked at random ${about(churnRate)} leave.`,
    },
    {
      share: recall.value,
      words: 'of 100 leavers are found',
      sentence: `It finds ${about(recall.value)} of 100 leavers.`,
      more: `95% interval ${range(recall, ofHundred)}. In the hold-out ${count(found)} of ${count(churned)}.`,
    },
    flagged < rows ? work : { ...work, more: 'Everybody: at this threshold it makes no choice.' },
  ];
}

/** Share of the leavers among the first `percents` of the list: of every score where that is kept, else off the curve. */
export const reachedWithin = (
  { curves, list }: Pick<TrainingFacts, 'curves' | 'list'>,
  percents: number,
): number =>
  list?.lists.find(({ percent: one }) => one === percents)?.reached ?? reachedBy(curves.gain, percents / 100);

/** Share of the churners among the `contacted` share of customers with the highest scores, between two points in a straight line. */
export function reachedBy(gain: readonly GainPoint[], contacted: number): number {
  const after = gain.findIndex((point) => point.contacted >= contacted);
  const right = gain[after];
  if (!right) return Number.NaN;
  const left = gain[after - 1];
  if (!left || right.contacted === left.contacted) return right.reached;
  const part = (contacted - left.contacted) / (right.contacted - left.contacted);
  return left.reached + part * (right.reached - left.reached);
}

export function firstTenthSentence(facts: Pick<TrainingFacts, 'curves' | 'list'>): string {
  const reached = reachedWithin(facts, 10);
  const times = 10 * reached;
  const compared =
    Math.abs(times - 1) < 0.05
      ? 'as many as 10% picked at random'
      : `${decimal(times, 1)} times as many as 10% picked at random`;
  return `The 10% of customers with the highest scores hold ${percent(reached, 0)} of all leavers, ${compared}.`;
}

/** The columns whose importance stands out from its own spread; at most `most`. */
export const strongestColumns = (
  { importance }: Pick<TrainingFacts, 'importance'>,
  most = 3,
): readonly string[] =>
  importance
    .filter(({ value, sd }) => value > sd)
    .slice(0, most)
    .map(({ column }) => column);

export const notCaused =
  'This is association, not cause: changing such a column for a customer need not keep the customer.';

/** How the threshold was found: "It ...". */
const thresholdRules: Readonly<Record<Threshold['by'], string>> = {
  f1: 'gave the best balance of finding leavers and not bothering stayers (the highest F1) on the validation part',
  fixed: 'was set by a person in the project file',
  cost: 'made mistakes cost least on the validation part, at the costs of the project file',
  capacity: 'lets through as many customers as the project file allows, those with the highest scores',
  'expected-profit': 'earned most on the validation part, by the profit section of the project file',
};

/** The same in a few words, to stand behind the figure. */
export const thresholdInShort: Readonly<Record<Threshold['by'], string>> = {
  f1: 'highest F1',
  fixed: 'set in the project file',
  cost: 'lowest cost of mistakes',
  capacity: 'as many as the project file allows',
  'expected-profit': 'highest expected profit',
};

export function thresholdSentences({ threshold }: Pick<TrainingFacts, 'threshold'>): string {
  return `A customer whose churn probability is ${percent(threshold.value)} or more is flagged as a likely leaver. This threshold ${thresholdRules[threshold.by]}. A lower one finds more leavers and flags more people who would have stayed; a higher one does the opposite.`;
}

export function sizesSentence({
  parts,
  parting,
  threshold,
  calibration,
  search,
}: Pick<TrainingFacts, 'parts' | 'parting' | 'threshold' | 'calibration' | 'search'>): string {
  const { training, validation, holdout } = parts;
  const refitRows = search?.refitRows;
  const set = [
    ...(isCalibratedThere(calibration) ? ['scores calibrated'] : []),
    ...(isSetByData(threshold) ? ['threshold set'] : []),
  ];
  const ofThem = refitRows === undefined ? '' : ' of them before it saw those';
  const between = set.length === 0 ? ' and' : `, ${listed(set)} on ${count(validation.rows)}${ofThem}, and`;
  const apart = parting?.by === 'time' ? 'later than all it learned from' : 'that it had never seen';
  const what = isBackTest({ parting }) ? ' (a customer at a cutoff)' : '';
  return `Learned from ${judgedRows(refitRows ?? training.rows, { parting })}${what}${between} judged once on ${count(holdout.rows)} ${apart} (the hold-out), of whom ${percent(holdout.churnRate)} left.`;
}

/** What the validation part was there for. */
export function validationUse({
  threshold,
  calibration,
}: Pick<TrainingFacts, 'threshold' | 'calibration'>): string {
  const uses = [
    ...(isCalibratedThere(calibration) ? ['calibrating the scores'] : []),
    ...(isSetByData(threshold) ? ['setting the threshold'] : []),
    'learning from which scores on an outcome is certain',
    'measuring the gap (accuracy on the training part less accuracy here: how much was learned by heart)',
  ];
  return listed(uses);
}

/** Whether the map was learned on the validation part. */
const isCalibratedThere = (calibration: TrainingFacts['calibration']): boolean =>
  Boolean(calibration) && calibration?.learnedOn !== 'folds';

const isSetByData = ({ by }: Threshold): boolean => by !== 'fixed';

/** Whether a map was put over the scores, and what it did. */
export function calibrationSentence({
  calibration,
  parting,
}: Pick<TrainingFacts, 'calibration' | 'parting'>): string {
  if (!calibration) return 'The scores are the model’s own: no calibration was put over them.';
  const { method, chosenBy, rows, logLoss, learnedOn } = calibration;
  const on =
    learnedOn === 'folds'
      ? `the scores of ${judgedRows(rows, { parting })} of the training part by fits that had not seen them`
      : `${judgedRows(rows, { parting })} of the validation part`;
  const why = chosenBy === 'auto' ? 'because it helps' : 'as the project file asks';
  const effect =
    logLoss === null
      ? ''
      : `: cross-validated log loss there goes from ${decimal(logLoss.before, 4)} to ${decimal(logLoss.after, 4)}`;
  return `The scores are calibrated, ${why}: ${method === 'isotonic' ? 'isotonic steps' : `a ${method}`} learned on ${on} turns them into probabilities${effect}.`;
}

export function gateSentence({ gate }: Pick<TrainingFacts, 'gate'>): string {
  const failed = gate.checks.filter((check) => !check.passed);
  const total = gate.checks.length;
  if (total === 0) return 'The project file sets no conditions, so the gate let it pass unexamined.';
  if (gate.passed)
    return total === 1 ? 'The one condition of the gate holds.' : `All ${total} conditions of the gate hold.`;
  return `${failed.length} of ${countOf(total, 'condition')} of the gate ${failed.length === 1 ? 'does' : 'do'} not hold: ${failed.map((check) => check.reason).join('; ')}. It is kept, but it is not put to work.`;
}

/** Groups whose ROC-AUC lies below that of all customers with its whole interval. */
export const weakSegments = ({ segments, holdout }: Pick<TrainingFacts, 'segments' | 'holdout'>) =>
  segments.filter(({ metrics }) => metrics.rocAuc.high < holdout.rocAuc.value);

export const levelName = (level: string | boolean | null): string =>
  level === null ? '(missing)' : level === '' ? '(empty)' : String(level);

export function segmentsSentence(facts: Pick<TrainingFacts, 'segments' | 'holdout'>): string {
  if (facts.segments.length === 0)
    return 'No group could be judged on its own: that takes a column with levels, and at least 50 customers of the hold-out with both outcomes in a level.';
  const weak = weakSegments(facts).map(({ column, level }) => `${column} = ${levelName(level)}`);
  if (weak.length === 0)
    return facts.segments.length === 1
      ? 'The one group that could be judged is not clearly ranked worse than all customers together.'
      : `None of the ${facts.segments.length} groups is clearly ranked worse than all customers together.`;
  const named = listed(weak.length > 6 ? [...weak.slice(0, 5), `${weak.length - 5} more`] : weak);
  return `ROC-AUC lies clearly below that of all customers for ${named}. That alone is no fault: inside a group that a strong column makes, customers are more alike and harder to rank; and one in forty groups would look so by chance. Ask whether the model serves such a group well enough before it decides anything about it.`;
}
