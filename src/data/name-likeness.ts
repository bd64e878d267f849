/**
 * How alike two column names are, from 0 (nothing in common) to 1 (the same but for case, signs, order and plural).
 *
 * Words are compared in pairs, each once: `MonthlyCharges` and `charge_monthly` are the same words, `num_orders` and
 * `order count` nearly so, `cust` and `amt` are short for customer and amount. The likeness is twice the sum of the pairs
 * over the number of words of both; or, where words run together, 1 less the share of letters to change. O(words^2).
 */
import { editDistance } from '../base/text.ts';
import { wordsOf } from './names.ts';

/** Groups of words that mean the same in names of columns. */
const synonyms: readonly (readonly string[])[] = [
  ['number', 'num', 'nr', 'no', 'count', 'cnt', 'n', 'anzahl'],
  ['average', 'avg', 'mean'],
  ['quantity', 'qty'],
  ['amount', 'amt', 'sum', 'total', 'tot', 'value', 'val'],
  ['percent', 'pct', 'percentage', 'share', 'ratio', 'rate'],
  ['customer', 'client', 'cust', 'user', 'subscriber', 'member', 'account'],
  ['id', 'key', 'identifier', 'uuid', 'guid'],
  ['date', 'day', 'dt', 'at', 'time', 'ts', 'timestamp'],
  ['gender', 'sex'],
  ['tenure', 'duration', 'length'],
  ['charge', 'fee', 'price', 'cost', 'charges', 'fees'],
  ['month', 'mth', 'mon', 'monthly'],
  ['year', 'yr', 'yearly', 'annual'],
  ['type', 'kind', 'category', 'cat'],
  ['phone', 'telephone', 'tel', 'mobile'],
];
const meaningOf = new Map(synonyms.flatMap((group, i) => group.map((word) => [word, i] as const)));

const synonymLikeness = 0.8;
const shortLikeness = 0.85;
/** Below it two words have nothing to do with each other. */
const leastWordLikeness = 0.75;

export function nameLikeness(a: string, b: string): number {
  const [first, second] = [wordsOf(a), wordsOf(b)];
  const [joinedA, joinedB] = [first.join(''), second.join('')];
  if (joinedA === joinedB) return 1;
  const longest = Math.max(joinedA.length, joinedB.length, 1);
  const byLetters = 1 - editDistance(joinedA, joinedB, longest) / longest;
  const pairs = first.flatMap((x, i) => second.map((y, j) => ({ i, j, likeness: wordLikeness(x, y) })));
  pairs.sort((x, y) => y.likeness - x.likeness || x.i - y.i || x.j - y.j);
  const taken = [new Set<number>(), new Set<number>()] as const;
  let sum = 0;
  for (const { i, j, likeness } of pairs) {
    if (likeness < leastWordLikeness || taken[0].has(i) || taken[1].has(j)) continue;
    taken[0].add(i);
    taken[1].add(j);
    sum += likeness;
  }
  const byWords = (2 * sum) / Math.max(1, first.length + second.length);
  return Math.max(byWords, byLetters);
}

function wordLikeness(a: string, b: string): number {
  const [x, y] = [singular(a), singular(b)];
  if (x === y) return 1;
  const meaning = meaningOf.get(a) ?? meaningOf.get(x);
  if (meaning !== undefined && meaning === (meaningOf.get(b) ?? meaningOf.get(y))) return synonymLikeness;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  if (isShortFor(short, long)) return shortLikeness;
  return 1 - editDistance(x, y, long.length) / long.length;
}

const singular = (word: string): string =>
  word.length > 3 && word.endsWith('ies')
    ? `${word.slice(0, -3)}y`
    : word.length > 3 && word.endsWith('s') && !word.endsWith('ss')
      ? word.slice(0, -1)
      : word;

/** `cust` and `mthly`: letters of the whole word in their order, from its first on. */
function isShortFor(short: string, long: string): boolean {
  if (short.length < 2 || short[0] !== long[0] || (short.length < 3 && long.length > 6)) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at++;
  return at === short.length;
}
