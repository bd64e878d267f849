/** What was answered: the prediction log, page by page. */
import { isoTime } from '../../registry/version-json.ts';
import type { FieldProblem } from '../../serving/customer-reader.ts';
import { longestText, withoutControls } from '../../serving/customer-schema.ts';
import { readPredictions } from '../../serving/log/read-predictions.ts';
import { joinOutcomes, type Outcome } from '../../serving/outcomes/join-outcomes.ts';
import { isMature } from '../../serving/outcomes/read-labelled.ts';
import { manners } from '../../tasks/handling.ts';
import { cursorAt, type PagedList, pageParameters, readPage } from '../page-query.ts';
import { FieldsError } from '../problem.ts';
import { defineRoute } from '../route.ts';

const text = { type: 'string' };
/** A database server takes no zero byte in a text. */
const named = { ...text, minLength: 1, pattern: withoutControls };
const moments = [{ format: 'date' }, { format: 'date-time' }];
const textOrNull = { type: ['string', 'null'] };
const numberOrNull = { type: ['number', 'null'] };
const orders = ['oldest', 'newest'] as const;

interface Query {
  readonly limit?: string;
  readonly after?: string;
  readonly order?: (typeof orders)[number];
  readonly customer?: string;
  readonly model?: string;
  readonly since?: string;
}

export const predictions = defineRoute({
  id: 'predictions',
  method: 'GET',
  url: '/v1/predictions',
  scope: 'read',
  summary: 'What was answered',
  description:
    'Every prediction in the log, without the values of customers. Follow `next` until it is absent; a page holds what was \
written since the page before, in the same order. A `next` belongs to its order and filters.',
  problems: [409],
  schema: {
    querystring: {
      type: 'object',
      properties: {
        ...pageParameters,
        order: { enum: orders, description: 'Which come first; oldest by default.' },
        customer: { ...named, maxLength: longestText, description: 'Of one customer.' },
        model: { ...named, maxLength: 100, description: 'Of one model, by id or label.' },
        since: {
          ...text,
          maxLength: 40,
          'x-told': { anyOf: moments },
          examples: ['2026-01-31T00:00:00Z'],
          description: 'Not before.',
        },
      },
      additionalProperties: false,
    },
    response: {
      200: {
        type: 'object',
        properties: {
          predictions: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                requestId: text,
                index: { type: 'integer', description: 'Of the customer within the request, from 0.' },
                at: text,
                source: { enum: ['api', 'batch'] },
                model: {
                  type: 'object',
                  properties: { id: text, label: text },
                  required: ['id', 'label'],
                },
                slot: { enum: ['live', 'canary', 'shadow'] },
                id: textOrNull,
                churnProbability: numberOrNull,
                churn: { type: ['boolean', 'null'] },
                band: textOrNull,
                certainty: textOrNull,
                latencyMs: numberOrNull,
                status: { type: 'integer' },
                errorCode: textOrNull,
                keyId: textOrNull,
                handled: {
                  type: ['object', 'null'],
                  description:
                    'Columns that were imputed, missing and taken so, clipped, or of a level never seen before.',
                  properties: Object.fromEntries(
                    manners.map((manner) => [manner, { type: 'array', items: text }]),
                  ),
                },
                outcome: {
                  type: ['object', 'null'],
                  description: 'What became of the customer; null while nobody said.',
                  properties: { churned: { type: 'boolean' }, happenedAt: text, knownAt: text },
                  required: ['churned', 'happenedAt', 'knownAt'],
                },
                isMature: {
                  type: 'boolean',
                  description:
                    'The horizon of the model is over. Before that only leaving can be known, so rates come out too high.',
                },
              },
              required: [
                ...['requestId', 'index', 'at', 'source', 'model', 'slot', 'id', 'churnProbability'],
                ...['outcome', 'isMature'],
              ],
            },
          },
          next: { type: 'string', description: 'Hand it back as `after`; absent on the last page.' },
        },
        required: ['predictions'],
      },
    },
  },
  async handle({ request }, { database, clock, horizons }) {
    const query = request.query as Query;
    const problems: FieldProblem[] = [];
    const since = query.since === undefined ? undefined : momentOf(query.since);
    if (since !== undefined && Number.isNaN(since))
      problems.push({ path: '/since', message: 'must be an ISO date or time such as 2026-01-31T00:00:00Z' });
    const { order = 'oldest', customer = null, model = null } = query;
    const list: PagedList = { list: 'predictions', order, customer, model, since: since ?? null };
    const page = readPage(query, list, problems);
    if (problems.length > 0) throw new FieldsError(problems);
    const { entries, hasMore } = await readPredictions(
      database,
      {
        ...(query.customer !== undefined && { customerId: query.customer }),
        ...(query.model !== undefined && { model: query.model }),
        ...(since !== undefined && { since }),
      },
      { ...page, order },
    );
    const reach = await horizons(entries.map(({ modelId }) => modelId));
    const outcomes = await joinOutcomes(database, entries, reach);
    const now = clock.now();
    return {
      predictions: entries.map(
        ({ seq, at, modelId, modelLabel, customerId, score, index, requestId, ...rest }) => ({
          ...{ requestId, index, at: isoTime(at) },
          model: { id: modelId, label: modelLabel },
          id: customerId,
          churnProbability: score,
          ...rest,
          outcome: outcomeJson(outcomes.get(seq)),
          isMature: isMature(at, reach.get(modelId)!, now),
        }),
      ),
      ...(hasMore && { next: cursorAt(entries.at(-1)!.seq, list) }),
    };
  },
});

const outcomeJson = (outcome: Outcome | undefined) =>
  outcome
    ? {
        churned: outcome.churned,
        happenedAt: isoTime(outcome.happenedAt),
        knownAt: isoTime(outcome.knownAt),
      }
    : null;

const isoMoment = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/** A day is its first moment in UTC. */
const momentOf = (iso: string): number => (isoMoment.test(iso) ? Date.parse(iso) : Number.NaN);
