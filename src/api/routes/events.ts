/** What happens, as it happens: a stream that a client can leave and take up again without missing anything. */
import { Readable } from 'node:stream';
import { isoTime } from '../../registry/version-json.ts';
import type { EventBatch } from '../../serving/events/event-feed.ts';
import { parsePositions } from '../../serving/events/positions.ts';
import { eventSources } from '../../serving/events/sources/all.ts';
import { FieldsError } from '../problem.ts';
import { defineRoute } from '../route.ts';

const types = eventSources.flatMap((source) => source.types);
const names: readonly string[] = types.map(({ type }) => type);
const id = /^[a-z]\d+(-[a-z]\d+)*$/;

/** Clients that heard nothing for so long are to know that the stream lives. */
const heartbeatMs = 15_000;
/** Who takes nothing for so long is gone; the next stream goes on where this one ended. */
const idleMs = 120_000;
/** After how long a client comes back. */
const retryMs = 1000;

interface Query {
  readonly after?: string;
  readonly types?: string;
  readonly model?: string;
}

export const events = defineRoute({
  id: 'events',
  method: 'GET',
  url: '/v1/events',
  scope: 'read',
  summary: 'What happens, as it happens',
  description: [
    'Server-sent events. Without `last-event-id` or `after` the stream begins now; with the id of the last event that was',
    'heard it goes on behind exactly this event, at any server of the same database. Types:',
    ...types.map(({ type, about }) => `\`${type}\`: ${about}`),
  ].join(' '),
  produces: 'text/event-stream',
  schema: {
    querystring: {
      type: 'object',
      properties: {
        after: {
          type: 'string',
          minLength: 1,
          maxLength: 200,
          'x-told': { pattern: id.source },
          examples: ['r12-p345-j7'],
          description: 'Id of the last event that was heard; the header `last-event-id` goes before it.',
        },
        types: {
          type: 'string',
          maxLength: 300,
          examples: [names[0]],
          description: 'Only these, joined by commas.',
        },
        model: {
          type: 'string',
          minLength: 1,
          maxLength: 200,
          description: 'Only what is about this model: its name, label or id.',
        },
      },
      additionalProperties: false,
    },
    response: {
      200: {
        type: 'string',
        examples: [
          `id: r12-p345-j7\nevent: deployment.switched\ndata: {"at":"2026-11-21T20:30:00.000Z","name":"telco","slot":"live","version":2,"before":1,"rolledBack":false,"by":"api"}\n\n`,
        ],
        description: 'A stream of events until the client or the server ends it.',
      },
    },
  },
  async handle({ request, reply }, { events: feed }) {
    const { after = null, types: wanted, model } = request.query as Query;
    const heard = request.headers['last-event-id'] ?? after;
    const positions = heard === null || heard === '' ? null : parsePositions(String(heard));
    const only = wanted?.split(',').map((word) => word.trim());
    const problems = [
      ...(positions === undefined ? [{ path: '/after', message: 'must be the id of an event' }] : []),
      ...(only?.every((type) => names.includes(type)) === false
        ? [{ path: '/types', message: `must be some of ${names.join(', ')}, joined by commas` }]
        : []),
    ];
    if (positions === undefined || problems.length > 0) throw new FieldsError(problems);
    reply.type('text/event-stream').header('cache-control', 'no-store').header('x-accel-buffering', 'no');
    // Asked by HEAD what it would be: nothing that would have to be ended.
    if (request.method === 'HEAD') return '';
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    request.raw.socket.setTimeout(idleMs);
    const batches = await feed.listen(positions, gone.signal);
    const isWanted = ({ type, models }: EventBatch['events'][number]): boolean =>
      (!only || only.includes(type)) && (model === undefined || models.includes(model));
    return Readable.from(textOf(batches, isWanted), { objectMode: false, highWaterMark: 16 * 1024 });
  },
});

async function* textOf(
  batches: AsyncIterable<EventBatch>,
  isWanted: (event: EventBatch['events'][number]) => boolean,
): AsyncGenerator<string> {
  // An id without data is remembered by clients and told to nobody: a stream that breaks before its first event is
  // taken up where it began.
  yield `retry: ${retryMs}\n`;
  let writtenMs = Number.NEGATIVE_INFINITY;
  for await (const { events: found, id } of batches) {
    const told = found.filter(isWanted).map(({ id, type, at, data }) => {
      const text = JSON.stringify({ at: isoTime(at), ...data });
      return `id: ${id}\nevent: ${type}\ndata: ${text}\n\n`;
    });
    const isQuiet = told.length === 0;
    if (isQuiet && performance.now() - writtenMs < heartbeatMs) continue;
    writtenMs = performance.now();
    yield isQuiet ? `: still here\nid: ${id}\n\n` : told.join('');
  }
}
