/** One outcome as a client sends it, checked. Problems name fields and rules, never values. */
import { didYouMean, printable } from '../../base/text.ts';
import { parseIsoTime } from '../../table/rows.ts';
import type { FieldProblem } from '../customer-reader.ts';
import { longestId, withoutControls } from '../customer-schema.ts';

/** Either `customerId` or `requestId` is there. */
export interface SentOutcome {
  readonly customerId: string | null;
  readonly requestId: string | null;
  /** Of the customer within the request; null where it has only one. */
  readonly index: number | null;
  /** True: left at `happenedAt`. False: was still there then. */
  readonly churned: boolean;
  /** Epoch milliseconds. */
  readonly happenedAt: number;
  readonly knownAt: number;
}

export const outcomeFields = [
  'customerId',
  'requestId',
  'index',
  'churned',
  'happenedAt',
  'knownAt',
] as const;
type Field = (typeof outcomeFields)[number];

export const requestIdPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
const isRequestId = new RegExp(requestIdPattern);
const isPlain = new RegExp(withoutControls);
export const mostIndex = 1_000_000_000;

/** The outcome, or what is wrong with it; paths are JSON pointers into it. `now`: what a moment left out is. */
export function readOutcome(sent: unknown, now: number): SentOutcome | readonly FieldProblem[] {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
    return [{ path: '', message: 'must be an object' }];
  const problems: FieldProblem[] = [];
  const refuse = (field: string, message: string): void => {
    problems.push({ path: `/${field}`, message });
  };
  for (const name of Object.keys(sent)) {
    if (!(outcomeFields as readonly string[]).includes(name))
      refuse(pointer(printable(name)), `is not a field of an outcome${didYouMean(name, outcomeFields)}`);
  }
  const fieldOf = (field: Field): unknown =>
    Object.hasOwn(sent, field) ? (sent as Readonly<Record<string, unknown>>)[field] : undefined;
  const momentOf = (field: Field): number => {
    const value = fieldOf(field);
    if (value === undefined) return now;
    const moment = typeof value === 'string' ? parseIsoTime(value) : Number.NaN;
    if (Number.isNaN(moment)) refuse(field, 'must be an ISO date or time such as 2026-01-31T00:00:00Z');
    else if (moment > now) refuse(field, 'must not lie in the future');
    return moment;
  };
  const [customerId, requestId, index, churned] = [
    fieldOf('customerId'),
    fieldOf('requestId'),
    fieldOf('index'),
    fieldOf('churned'),
  ];
  if ((customerId === undefined) === (requestId === undefined))
    refuse('customerId', 'or requestId must be there, and not both');
  if (customerId !== undefined && !isName(customerId))
    refuse('customerId', `must be a text of 1 to ${longestId} characters without control characters`);
  if (requestId !== undefined && !(typeof requestId === 'string' && isRequestId.test(requestId)))
    refuse('requestId', 'must be the requestId of an answer');
  if (index !== undefined && requestId === undefined) refuse('index', 'must stand beside a requestId');
  else if (index !== undefined && !isIndex(index)) refuse('index', 'must be a whole number from 0');
  if (typeof churned !== 'boolean') refuse('churned', 'must be true or false');
  const happenedAt = momentOf('happenedAt');
  const knownAt = momentOf('knownAt');
  if (happenedAt <= now && knownAt < happenedAt) refuse('knownAt', 'must not lie before happenedAt');
  if (problems.length > 0) return problems;
  return {
    customerId: (customerId as string | undefined) ?? null,
    requestId: (requestId as string | undefined) ?? null,
    index: (index as number | undefined) ?? null,
    churned: churned as boolean,
    happenedAt,
    knownAt,
  };
}

const isName = (value: unknown): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= longestId && isPlain.test(value);

const isIndex = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= mostIndex;

const pointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
