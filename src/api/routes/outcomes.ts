/** What became of customers: the truth that predictions are held against. */
import { isUtf8 } from 'node:buffer';
import type { FieldProblem } from '../../serving/customer-reader.ts';
import { longestId, withoutControls } from '../../serving/customer-schema.ts';
import { onceId } from '../../serving/once-id.ts';
import { readOutcomeCsv } from '../../serving/outcomes/outcome-csv.ts';
import { readOutcome, requestIdPattern, type SentOutcome } from '../../serving/outcomes/read-outcome.ts';
import { recordOutcomes } from '../../serving/outcomes/record-outcomes.ts';
import { fromText } from '../../serving/outcomes/text-outcome.ts';
import { idempotencyKeyOf, tellReplayed } from '../idempotency-key.ts';
import { FieldsError, HttpRefusal } from '../problem.ts';
import { defineRoute } from '../route.ts';

export const mostOutcomes = 10_000;
const mostProblems = 100;
const csvType = 'text/csv';

const moment = (description: string) => ({
  type: 'string',
  anyOf: [{ format: 'date' }, { format: 'date-time' }],
  description,
});
const said = {
  churned: { type: 'boolean', description: 'true: left at happenedAt. false: was still a customer then.' },
  happenedAt: moment('A day is its first moment in UTC. Now when left out; never in the future.'),
  knownAt: moment('When the company knew of it; now when left out, and not before happenedAt.'),
};
const outcome = {
  oneOf: [
    {
      type: 'object',
      description: 'Of a customer: it belongs to the predictions whose horizon it settles.',
      properties: {
        customerId: { type: 'string', minLength: 1, maxLength: longestId, pattern: withoutControls },
        ...said,
      },
      required: ['customerId', 'churned'],
      additionalProperties: false,
    },
    {
      type: 'object',
      description: 'Of one prediction.',
      properties: {
        requestId: { type: 'string', pattern: requestIdPattern, description: 'Of the answer.' },
        index: {
          type: 'integer',
          minimum: 0,
          description: 'Of the customer within that request; needed where it had several.',
        },
        ...said,
      },
      required: ['requestId', 'churned'],
      additionalProperties: false,
    },
  ],
};
const example = { customerId: 'customer-1', churned: true, happenedAt: '2026-01-31' };
const count = (description: string) => ({ type: 'integer', minimum: 0, description });

export const outcomes = defineRoute({
  id: 'outcomes',
  method: 'POST',
  url: '/v1/outcomes',
  // Not `score`: outcomes decide which model is good, and keys that score stand in many programs.
  scope: 'operate',
  summary: 'Who left and who stayed',
  description: `One outcome, or up to ${mostOutcomes} as \`{ "outcomes": [...] }\` or as ${csvType} with a header \
such as customerId,churned,happenedAt. All are taken or none. Nothing is overwritten: of several outcomes of a customer and \
moment the last is valid. Problems of a CSV name its line.`,
  isRepeatable: true,
  body: {
    types: [csvType],
    besidesJson: true,
    read: (body) => ({ csv: textOf(body) }),
    example: 'customerId,churned,happenedAt\ncustomer-1,true,2026-01-31\n',
  },
  schema: {
    body: {
      type: 'object',
      'x-told': {
        anyOf: [
          outcome,
          {
            type: 'object',
            properties: {
              outcomes: { type: 'array', minItems: 1, maxItems: mostOutcomes, items: outcome },
            },
            required: ['outcomes'],
            additionalProperties: false,
          },
        ],
      },
      examples: [example],
    },
    response: {
      200: {
        type: 'object',
        properties: {
          accepted: count('Outcomes of the request.'),
          matched: count('Of these, how many are the truth about a prediction in the log.'),
          waiting: count('The others: no prediction in the log waited for them.'),
          unchanged: count('Of the accepted, those that were known already.'),
        },
        required: ['accepted', 'matched', 'waiting', 'unchanged'],
      },
    },
  },
  async handle({ request, reply, keyId }, { database, clock, horizons, metrics }) {
    const key = idempotencyKeyOf(request);
    const now = clock.now();
    const { body } = request;
    const isCsv = (request.headers['content-type'] ?? '').toLowerCase().startsWith(csvType);
    const sent = isCsv ? csvOutcomes((body as { readonly csv: string }).csv) : jsonOutcomes(body as object);
    const problems: FieldProblem[] = [];
    const read: SentOutcome[] = [];
    for (const [at, one] of sent.list.entries()) {
      const found = readOutcome(one, now);
      if (!isProblems(found)) read.push(found);
      else problems.push(...found.slice(0, mostProblems).map((problem) => sent.locate(at, problem)));
      if (problems.length >= mostProblems) break;
    }
    if (problems.length > 0) throw new FieldsError(problems);
    const once = key === null ? undefined : { requestId: onceId('outcomes', keyId, key), key };
    const recorded = await recordOutcomes(database, read, {
      ...{ source: 'api', keyId, now, horizons },
      ...(once && { once: { ...once, body: JSON.stringify(sent.list) } }),
    });
    if (isProblems(recorded))
      throw new FieldsError(
        recorded.slice(0, mostProblems).map(({ at, ...problem }) => sent.locate(at, problem)),
      );
    metrics.recorded(recorded.written);
    if (recorded.isReplayed) tellReplayed(reply);
    return recorded.counts;
  },
});

interface Sent {
  readonly list: readonly unknown[];
  locate(at: number, problem: FieldProblem): FieldProblem;
}

const isProblems = <Value extends object, Item>(value: Value | readonly Item[]): value is readonly Item[] =>
  Array.isArray(value);

function textOf(body: Uint8Array): string {
  if (!isUtf8(body)) throw new HttpRefusal(400, 'request.syntax', 'the body is not UTF-8');
  return new TextDecoder().decode(body);
}

function csvOutcomes(csv: string): Sent {
  const lines = readOutcomeCsv(csv);
  const problem = lines.find((line): line is FieldProblem => 'message' in line);
  if (problem) throw new FieldsError([problem]);
  const rows = lines.filter((line) => 'cells' in line);
  refuseNumber(rows.length, 'line 1');
  return {
    list: rows.map(({ cells }) => fromText(cells)),
    locate: (at, { path, message }) => ({ path: `/line ${rows[at]!.line}${path}`, message }),
  };
}

function jsonOutcomes(body: object): Sent {
  if (!Object.hasOwn(body, 'outcomes')) return { list: [body], locate: (_, problem) => problem };
  const { outcomes: list, ...others } = body as { readonly outcomes: unknown };
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new FieldsError([{ path: '/outcomes', message: 'must stand alone in the body' }]);
  if (!Array.isArray(list)) throw new FieldsError([{ path: '/outcomes', message: 'must be a list' }]);
  refuseNumber(list.length, 'outcomes');
  return {
    list,
    locate: (at, { path, message }) => ({ path: `/outcomes/${at}${path}`, message }),
  };
}

function refuseNumber(outcomes: number, place: string): void {
  if (outcomes >= 1 && outcomes <= mostOutcomes) return;
  const message = `must be followed by 1 to ${mostOutcomes} outcomes`;
  throw new FieldsError([
    {
      path: `/${place}`,
      message: place === 'outcomes' ? `must hold 1 to ${mostOutcomes} outcomes` : message,
    },
  ]);
}
