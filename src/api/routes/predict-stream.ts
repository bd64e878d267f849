/** As many customers as one likes, a line of JSON each; answered line by line. */
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { hasCode } from '../../base/errors.ts';
import type { RawCustomer } from '../../serving/customer-reader.ts';
import type { Place } from '../../serving/deployments/live-deployment.ts';
import type { PredictionService } from '../../serving/prediction-service.ts';
import type { PredictionRequest } from '../../serving/score-requests.ts';
import { answerBody, liveModelOf, modelOf, placeOf } from '../answer.ts';
import { refuseIdempotencyKey } from '../idempotency-key.ts';
import { parsedJson } from '../limits/json-body.ts';
import { type Line, readLines } from '../ndjson-lines.ts';
import { FieldsError, HttpRefusal, type Problem, problemOf } from '../problem.ts';
import { type ApiContext, defineRoute, type RouteCall } from '../route.ts';
import { answerRows, type RowGroup } from '../score-rows.ts';

const mediaType = 'application/x-ndjson';
const longestLineBytes = 1024 * 1024;
/** Lines scored and logged together. */
const mostTogether = 500;
const deepestCustomer = 4;
/** Who neither sends nor takes anything for so long is gone: Node ends the connection. */
const idleMs = 120_000;

export const predictStream = defineRoute({
  id: 'predict-stream',
  method: 'POST',
  url: '/v1/predict/stream',
  scope: 'score',
  summary: 'How likely customers are to leave, line by line',
  description: `Each line of the body (${mediaType}) is one raw customer; each line of the answer is a prediction, or \
\`{ index, problem }\` for a line that is wrong, in the order of the body. \`index\` counts lines from 0. A line is answered \
when its prediction is in the log. Read the answer while you send: the server reads no faster than its answers are taken.`,
  body: { types: [mediaType, 'application/jsonl', 'application/ndjson'], read: 'stream' },
  produces: mediaType,
  schema: {
    response: { 200: { type: 'string', description: 'Lines of JSON.' } },
  },
  async handle(call, context) {
    refuseIdempotencyKey(call.request);
    const body = call.request.body;
    if (!(body instanceof Readable)) {
      throw new FieldsError([{ path: '', message: `must be lines of JSON, sent as ${mediaType}` }]);
    }
    liveModelOf(context);
    call.request.raw.socket.setTimeout(idleMs);
    call.reply.type(mediaType);
    return Readable.from(answerLines(call, context, body), { objectMode: false, highWaterMark: 64 * 1024 });
  },
});

async function* answerLines(call: RouteCall, context: ApiContext, body: Readable): AsyncGenerator<string> {
  const isGone = (): boolean => call.reply.raw.destroyed;
  try {
    for await (const lines of readLines(body, longestLineBytes)) {
      for (let from = 0; from < lines.length; from += mostTogether) {
        const { answer, isLast } = await answerTogether(
          lines.slice(from, from + mostTogether),
          call,
          context,
          isGone,
        );
        yield answer;
        if (isLast || isGone()) return;
      }
    }
  } catch (error) {
    // The client went away in the middle of a line; nobody is left to be told.
    if (!isGone() && !body.destroyed) throw error;
  }
}

/** Answers of some lines as text. `isLast`: the server takes nothing more. */
async function answerTogether(
  lines: readonly Line[],
  { requestId, keyId }: RouteCall,
  context: ApiContext,
  isGone: () => boolean,
): Promise<{ readonly answer: string; readonly isLast: boolean }> {
  const texts: string[] = new Array(lines.length);
  const refuse = (at: number, told: Problem): void => {
    texts[at] = JSON.stringify({ index: lines[at]!.index, problem: told });
  };
  const places: { readonly at: number; readonly place: Place; readonly customer: RawCustomer }[] = [];
  for (const [at, { content }] of lines.entries()) {
    try {
      const customer = customerOf(content);
      const place = placeOf(context, customer, 'refuse');
      const problems = place.model.reader.problems(customer, 'refuse');
      if (problems.length > 0) throw new FieldsError(problems);
      places.push({ at, place, customer: customer as RawCustomer });
    } catch (error) {
      refuse(at, problemOf(error, requestId));
    }
  }
  const indices = lines.map(({ index }) => index);
  const predictions = { predictParts: patient(context.predictions, isGone) };
  let isLast = false;
  const groups = [...Map.groupBy(places, ({ place }) => place.model).values()];
  await Promise.all(
    groups.map(async (members) => {
      const group: RowGroup = {
        ...members[0]!.place,
        rows: members.map(({ at }) => at),
        customers: members.map(({ customer }) => customer),
      };
      const call = { requestId, keyId, arrivedMs: performance.now() };
      try {
        const scored = await answerRows(call, { predictions }, [group], indices);
        for (const at of group.rows) {
          const { id, answer, model } = scored[at]!;
          const index = indices[at]!;
          texts[at] = JSON.stringify({
            requestId,
            index,
            ...answerBody(id, answer),
            model: modelOf(model),
          });
        }
      } catch (error) {
        isLast ||= hasCode(error, 'serving.stopping');
        for (const at of group.rows) refuse(at, problemOf(error, requestId));
      }
    }),
  );
  return { answer: `${texts.join('\n')}\n`, isLast };
}

function customerOf(content: Uint8Array | null): unknown {
  if (content === null)
    throw new HttpRefusal(
      413,
      'request.too-large',
      `the line is longer than ${longestLineBytes} bytes; a customer is far shorter`,
    );
  return parsedJson(content, 'the line', JSON.parse, {
    depth: deepestCustomer,
    orElse: 'the line is not valid JSON in UTF-8',
  });
}

const patienceMs = 30_000;
const betweenTriesMs = 50;

/** A stream waits while others fill the queue: its lines are read no faster than they can be answered. */
function patient(service: PredictionService, isGone: () => boolean): PredictionService['predictParts'] {
  return async (parts: readonly PredictionRequest[]) => {
    const until = performance.now() + patienceMs;
    for (;;) {
      try {
        return await service.predictParts(parts);
      } catch (error) {
        const isBusy = hasCode(error, 'serving.busy');
        if (!isBusy || isGone() || performance.now() >= until) throw error;
        await wait(betweenTriesMs);
      }
    }
  };
}
