/** Pages of a list: how many, and where the last page ended. Query texts are read here, never coerced. */
import type { FieldProblem } from '../serving/customer-reader.ts';

export const defaultLimit = 100;
export const mostLimit = 1000;

/** What a page asks for, or what is wrong with it. */
export interface PageQuery {
  readonly limit: number;
  /** The last entry of the page before; null for the first page. */
  readonly after: number | null;
}

const mark = 'p1.';
/** Places above have more digits than numbers are exact for. */
const cursorPattern = '^p1\\.(0|[1-9][0-9]{0,14})$';
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
    description: 'The `next` of the page before.',
  },
} as const;

export function readPage(
  query: { readonly limit?: string; readonly after?: string },
  problems: FieldProblem[],
): PageQuery {
  const limit = query.limit === undefined ? defaultLimit : wholeNumber(query.limit);
  if (!(limit >= 1 && limit <= mostLimit))
    problems.push({ path: '/limit', message: `must be a whole number from 1 to ${mostLimit}` });
  const after = query.after === undefined ? null : cursorPlace(query.after);
  if (after === undefined) problems.push({ path: '/after', message: 'must be the next of an earlier page' });
  return { limit, after: after ?? null };
}

/** Opaque to clients, who are to hand it back as it is. */
export const cursorAt = (place: number): string => `${mark}${place}`;

/** NaN where it is none; `1e2` and `+5` are none. */
const wholeNumber = (text: string): number => (/^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : Number.NaN);

const cursorPlace = (text: string): number | undefined =>
  cursor.test(text) ? Number(text.slice(mark.length)) : undefined;
