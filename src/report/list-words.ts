/**
 * What a retention manager asks of the list: who leaves, why, how good it is, what it is worth, what it can't say. Page and
 * Markdown share the answers.
 *
 * How good: counted on the hold-out, with Wilson's interval for so many customers called. Of models that kept no such
 * counts it is read off the gain curve.
 */

import { type MetricValue, wilsonInterval, withInterval } from '../evaluation/interval.ts';
import { bestPoint, listPercents } from '../evaluation/list-figures.ts';
import { callValue } from '../evaluation/profit.ts';
import type { PartialDependence } from '../explain/partial-dependence.ts';
import { sayQuantity } from '../explain/reasons.ts';
import { perCustomers, profitBy } from './charts/profit.ts';
import { count, money, ofHundred, percent, range } from './format.ts';
import { cellText, groupName, groupRate, numbersOf, textFor } from './overview-words.ts';
import { decisionsOf, levelName, notCaused, reachedWithin, strongestColumns } from './plain-words.ts';
import type { TrainingFacts } from './training-facts.ts';

/** The first so many of a list, by score. */
export interface CallList {
  readonly words: string;
  readonly isThreshold: boolean;
  /** Of all customers. */
  readonly share: number;
  /** Of the hold-out. */
  readonly called: number;
  /** The share of the called who left. */
  readonly leave: MetricValue;
  /** The share of all leavers among them. */
  readonly reached: number;
  /** Expected, for `perCustomers` customers; null without a profit section. */
  readonly profit: number | null;
}

/** With fewer customers called nothing can be said. */
const fewestCalled = 10;

/** The lists of some lengths and that of the threshold, shortest first. */
export function callLists(facts: TrainingFacts): CallList[] {
  const { rows, churned, flagged, found } = decisionsOf(facts.confusion);
  const lists = listPercents.map((percents) => ({ share: percents / 100, percents, isThreshold: false }));
  const own = { share: flagged / rows, percents: (100 * flagged) / rows, isThreshold: true };
  return [...lists, ...(flagged > 0 ? [own] : [])]
    .filter(({ share }) => share * rows >= fewestCalled)
    .sort((a, b) => a.share - b.share)
    .map(({ share, percents, isThreshold }) => {
      const called = share * rows;
      const reached = isThreshold ? found / churned : reachedWithin(facts, percents);
      const leave = Math.min(1, (reached * churned) / called);
      return {
        words: isThreshold ? `all flagged, ${percent(share, 0)}` : `the first ${percent(share, 0)}`,
        isThreshold,
        share,
        called,
        leave: withInterval(leave, wilsonInterval(leave, called)),
        reached,
        profit: isThreshold ? ownProfit(facts) : profitWithin(facts, percents),
      };
    });
}

/** Of the first `percents` of the list. */
function profitWithin({ curves, list }: TrainingFacts, percents: number): number | null {
  if (!curves.profit) return null;
  const counted = list?.lists.find(({ percent: one }) => one === percents)?.profit;
  return perCustomers * (counted ?? profitBy(curves.profit, percents / 100));
}

/** Of all flagged. */
function ownProfit({ curves, further, confusion }: TrainingFacts): number | null {
  if (!curves.profit) return null;
  const { rows, flagged } = decisionsOf(confusion);
  return perCustomers * (further?.profitAtThreshold?.value ?? profitBy(curves.profit, flagged / rows));
}

/** The list that the first sentence is about. */
const firstList = (facts: TrainingFacts): CallList | undefined =>
  callLists(facts).find(({ share, isThreshold }) => !isThreshold && share >= 0.1);

/** "Of 100 customers called from the top of the list about 78 would have left." */
export function listSentence(facts: TrainingFacts): string {
  const list = firstList(facts);
  return list
    ? `Of 100 customers called from the top of the list ${about(list.leave.value)} would have left.`
    : 'Too few customers were judged to say how good a list is.';
}

export function listDetail(facts: TrainingFacts): string {
  const list = firstList(facts);
  const { churnRate } = decisionsOf(facts.confusion);
  if (!list) return '';
  return `That is ${list.words} of all customers by score (95% interval ${range(list.leave, ofHundred)}); of 100 picked at random ${about(churnRate)} would have left. Going further down the list reaches more leavers, and bothers more who would have stayed.`;
}

const about = (share: number): string => `${/\D/.test(ofHundred(share)) ? '' : 'about '}${ofHundred(share)}`;

/** Groups smaller than this are no advice. */
const fewestShare = 0.05;
const mostColumns = 4;

/** For the columns that matter most and are not personal, the kind of customer that left most often: "Contract: Month-to-month: 43 of 100 left". */
export function whoLeaves(facts: TrainingFacts): string[] {
  const { overview } = facts;
  if (!overview) return [];
  const all = overview.churned / overview.rows;
  return strongestColumns(facts, 8)
    .filter((name) => !facts.personal?.includes(name))
    .flatMap((name) => {
      const column = overview.columns.find((one) => one.column === name);
      const groups = (column?.groups ?? [])
        .filter(({ rows, levels }) => levels === undefined && rows >= fewestShare * overview.rows)
        .map((group) => ({ group, rate: groupRate(group) }))
        .sort((a, b) => b.rate.value - a.rate.value);
      const [most] = groups;
      const least = groups.at(-1);
      if (!most || !least || most.rate.low <= all || least.rate.high >= most.rate.low) return [];
      const unit = textFor(facts.units, name);
      const write = numbersOf(column!);
      return [
        `${name}: ${ofHundred(most.rate.value)} of 100 customers with ${groupName(most.group, unit, write)} left, ${ofHundred(least.rate.value)} of 100 with ${groupName(least.group, unit, write)}.`,
      ];
    })
    .slice(0, mostColumns);
}

/** What the score does when a column that is not personal changes and all else stays. */
export function whyWords({ dependence = [], units, personal = [] }: TrainingFacts): string[] {
  return dependence.flatMap((one) => {
    if (personal.includes(one.column)) return [];
    const told = dependenceSentence(one, textFor(units, one.column));
    return told === null ? [] : [told];
  });
}

/** Scores that differ by less say nothing to a person. */
const leastDifference = 0.01;

export function dependenceSentence(
  { column, kind, points }: PartialDependence,
  unit?: string,
): string | null {
  const known = points.filter(({ value }) => value !== null);
  const sorted = [...known].sort((a, b) => a.mean - b.mean);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  if (!lowest || !highest || highest.mean - lowest.mean < leastDifference) return null;
  const decimals = decimalsFor(known.map(({ value }) => Number(value)));
  const at = ({ value }: (typeof points)[number]): string => {
    if (typeof value === 'number') return `at ${sayQuantity(Number(value.toFixed(decimals)), unit)}`;
    return kind === 'time' ? `at ${cellText(String(value))}` : levelName(value);
  };
  return `${column}: the mean churn probability goes from ${percent(lowest.mean, 0)} (${at(lowest)}) to ${percent(highest.mean, 0)} (${at(highest)}).`;
}

/** Decimals with which values differ by a hundredth or more of their range: 0.1958 between 0 and 28 days is 0. */
function decimalsFor(values: readonly number[]): number {
  const range = Math.max(...values) - Math.min(...values);
  return range > 0 ? Math.min(20, Math.max(0, 1 - Math.floor(Math.log10(range)))) : 20;
}

/** What the list is worth, or how to have that said. */
export function worthSentences(facts: TrainingFacts): string[] {
  const { curves, list, profit, confusion, further } = facts;
  if (!curves.profit || !profit)
    return [
      'Not known: add a profit section (what the offer, a contact and a kept customer are worth) to the project file, and this page tells what the list earns and where to stop calling.',
    ];
  const { rows, flagged } = decisionsOf(confusion);
  const { offer, contact, lifetimeValue, acceptance } = profit;
  const accepts = acceptance.alpha / (acceptance.alpha + acceptance.beta);
  const best = list?.best ?? bestPoint(curves.profit);
  const { ofLeaver, ofStayer } = callValue(profit);
  const measured = further?.profitAtThreshold;
  const interval = measured
    ? ` (95% interval ${money(perCustomers * measured.low)} to ${money(perCustomers * measured.high)})`
    : '';
  return [
    `For every ${count(perCustomers)} customers, calling those above the threshold (${percent(flagged / rows, 0)}) is expected to earn ${money(ownProfit(facts)!)}${interval}; calling everybody ${money(perCustomers * curves.profit.at(-1)!.profit)}.`,
    ...unprovenSentences(facts),
    best.profit > 0
      ? `On these customers most was earned by calling the first ${percent(best.contacted, 0)}: ${money(perCustomers * best.profit)}. The best place is found after the fact, so expect a little less.`
      : 'On these customers no list of any length would have paid: the offer or the contact costs too much for what a kept customer brings.',
    `Reckoned with: offer ${money(offer)}, contact ${money(contact)}, a kept customer ${money(lifetimeValue)}, and ${ofHundred(accepts)} of 100 leavers staying for the offer. A call to a leaver brings ${money(ofLeaver)} on average, one to a stayer ${money(ofStayer)}. These figures are the project file’s, not measured: the money is no better than they are.`,
  ];
}

/** What a threshold that was set to earn most did not show: that it earns anything, or more than a shorter list. */
function unprovenSentences(facts: TrainingFacts): string[] {
  const measured = facts.further?.profitAtThreshold;
  if (facts.threshold.by !== 'expected-profit' || decisionsOf(facts.confusion).flagged === 0) return [];
  const lists = callLists(facts);
  const own = lists.find(({ isThreshold }) => isThreshold);
  const [best] = lists
    .filter(({ share, profit }) => own && share < own.share && profit !== null)
    .sort((a, b) => b.profit! - a.profit!);
  return [
    ...(measured && measured.low <= 0
      ? [
          `This list is not proven to earn anything: the interval ${measured.high >= 0 ? 'includes zero' : 'lies below zero'}. Judge it on more customers before money is spent on it.`,
        ]
      : []),
    ...(own && best && own.profit! <= best.profit!
      ? [
          `All flagged are not proven to earn more than a shorter list: ${best.words} would have earned ${money(best.profit!)}, with fewer calls.`,
        ]
      : []),
  ];
}

/** What nobody should read into the list. */
export function cannotSay(facts: TrainingFacts): string[] {
  const { certainty } = facts;
  const weak = certainty ? [certaintySentence(certainty)] : [];
  return [
    `Why a single customer leaves, or what would keep them. ${notCaused}`,
    'Whether calling helps: the list finds who is likely to leave, not who would stay for an offer. Leave a part of the list, picked at random, without a call, and compare.',
    'What will be: the figures come from customers of the past. When prices, products or competitors change, judge it again.',
    ...weak,
  ];
}

/** For how many customers the score alone decides nothing. */
export function certaintySentence({
  measured,
}: Pick<NonNullable<TrainingFacts['certainty']>, 'measured'>): string {
  const { sure, both, neither } = measured;
  const middle = both >= neither ? 'both outcomes are likely' : 'neither outcome is usual at such a score';
  if (sure.value >= 1)
    return 'What a single customer will do: even a sure score is a probability, no promise.';
  return `What a single customer will do: for ${ofHundred(1 - sure.value)} of 100 customers ${middle}. Their scores rank them, but promise nothing.`;
}
