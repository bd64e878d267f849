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

export const pageParameters = {
  limit: {
    type: 'string',
    pattern: '^[1-9][0-9]{0,3}$',
    examples: ['100'],
    description: `Entries of a page, 1 to ${mostLimit}; ${defaultLimit} by default.`,
  },
  after: { type: 'string', maxLength: 100, description: 'The `next` of the page before.' },
} as const;

export function readPage(
  query: { readonly limit?: string; readonly after?: string },
  problems: FieldProblem[],
): PageQuery {
  const limit = query.limit === undefined ? defaultLimit : Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > mostLimit)
    problems.push({ path: '/limit', message: `must be a whole number from 1 to ${mostLimit}` });
  const after = query.after === undefined ? null : cursorPlace(query.after);
  if (after === undefined) problems.push({ path: '/after', message: 'must be the next of an earlier page' });
  return { limit, after: after ?? null };
}

const mark = 'p1:';

/** Opaque to clients, who are to hand it back as it is. */
export const cursorAt = (place: number): string => Buffer.from(`${mark}${place}`).toString('base64url');

function cursorPlace(cursor: string): number | undefined {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const place = Number(text.slice(mark.length));
  const isOurs = text.startsWith(mark) && Number.isSafeInteger(place) && place >= 0;
  return isOurs && cursorAt(place) === cursor ? place : undefined;
}
