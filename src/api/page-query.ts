/**
 * Pages of a list: how many, and where the last page ended. Query texts are read here, never coerced.
 *
 * The cursor of a page holds a hash of the list, order and filters that it was made for: under others its place would
 * mean something else, and entries would be left out or told twice without a word.
 */
import { ConflictError } from '../base/errors.ts';
import { sha256 } from '../base/hash.ts';
import { canonicalJson, type Plain } from '../base/plain.ts';
import type { FieldProblem } from '../serving/customer-reader.ts';

export const defaultLimit = 100;
export const mostLimit = 1000;

/** What a page asks for, or what is wrong with it. */
export interface PageQuery {
  readonly limit: number;
  /** The last entry of the page before; null for the first page. */
  readonly after: number | null;
}

/** What is paged: the list, and the order and filters of the query as they were understood. */
export type PagedList = { readonly [name: string]: Plain };

const mark = 'p2.';
/** Places above have more digits than numbers are exact for. */
const cursorPattern = '^p2\\.(0|[1-9][0-9]{0,14})\\.[0-9a-f]{12}$';
const cursor = new RegExp(cursorPattern);

export const pageParameters = {
  limit: {
    type: 'string',
    'x-told': { pattern: '^([1-9][0-9]{0,2}|1000)$' },
    examples: ['100'],
    description: `Entries of a page, 1 to ${mostLimit}; ${defaultLimit} by default.`,
  },
  after: {
    type: 'string',
    maxLength: 100,
    'x-told': { pattern: cursorPattern },
    description: 'The `next` of the page before, with the same order and filters.',
  },
} as const;

/** Throws `request.cursor` where the page before was one of another list. */
export function readPage(
  query: { readonly limit?: string; readonly after?: string },
  list: PagedList,
  problems: FieldProblem[],
): PageQuery {
  const limit = query.limit === undefined ? defaultLimit : wholeNumber(query.limit);
  if (!(limit >= 1 && limit <= mostLimit))
    problems.push({ path: '/limit', message: `must be a whole number from 1 to ${mostLimit}` });
  const after = query.after === undefined ? null : cursorPlace(query.after);
  if (after === undefined) problems.push({ path: '/after', message: 'must be the next of an earlier page' });
  // What is wrong with a field is told first: it may be why the lists differ.
  if (problems.length === 0 && query.after !== undefined && query.after !== cursorAt(after!, list))
    throw otherList();
  return { limit, after: after ?? null };
}

/** Opaque to clients, who are to hand it back as it is. */
export const cursorAt = (place: number, list: PagedList): string =>
  `${mark}${place}.${sha256(canonicalJson(list)).slice(0, 12)}`;

const otherList = () =>
  new ConflictError(
    'request.cursor',
    'after is the next of a page with another order or filter; ask with those of that page, or leave after out to begin again',
  );

/** NaN where it is none; `1e2` and `+5` are none. */
const wholeNumber = (text: string): number => (/^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : Number.NaN);

const cursorPlace = (text: string): number | undefined =>
  cursor.test(text) ? Number(text.slice(mark.length, text.lastIndexOf('.'))) : undefined;
