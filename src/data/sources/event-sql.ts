/**
 * The plan of event features as DuckDB SQL, over a table with the columns customer (a code), time (epoch
 * milliseconds), worth (NULL when missing) and ord (the code of an order).
 *
 * A sum of floating numbers depends on their order, so values are added in ascending order: the same rows give the
 * same bits however the log is sorted and however many threads there are.
 */
import type { Expression, Span, Take } from '../events/plan.ts';
import { dayMs } from '../events/section.ts';

const day = `floor(time / ${dayMs})`;

const aggregates: Readonly<Record<Take, string>> = {
  events: 'count(*)',
  orders: 'count(distinct ord)',
  days: `count(distinct ${day})`,
  first: 'min(time)',
  last: 'max(time)',
  'first-day': `min(${day})`,
  'last-day': `max(${day})`,
  sum: 'sum(worth order by worth)',
};

/** Half-open: an event at `to` is outside. */
export const withinSql = ({ from, to }: Span): string => `time >= ${from} and time < ${to}`;

/** An expression over the aggregates of one customer, DOUBLE or NULL. */
export function expressionSql(expression: Expression<Span>, cutoff: number): string {
  if ('constant' in expression)
    return `${expression.constant === 'cutoff' ? cutoff : expression.constant}::double`;
  if ('take' in expression) {
    const sql = `(${aggregates[expression.take]} filter (${withinSql(expression.of)}))::double`;
    // Of no rows a sum is NULL, and nothing bought is worth 0.
    return expression.take === 'sum' ? `coalesce(${sql}, 0)` : sql;
  }
  const left = expressionSql(expression.left, cutoff);
  const right = expressionSql(expression.right, cutoff);
  return expression.op === '/' ? `(${left} / nullif(${right}, 0))` : `(${left} ${expression.op} ${right})`;
}
