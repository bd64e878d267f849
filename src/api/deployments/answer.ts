/** How a deployment looks over HTTP: what is in force, and what the process that answers makes of it. */
import { z } from 'zod';
import { HoldfastError } from '../../base/errors.ts';
import type { JsonSchema } from '../../serving/customer-schema.ts';
import { changeDeployment } from '../../serving/deployments/deployment.ts';
import { deploymentJson } from '../../serving/deployments/deployment-json.ts';
import { type DeploymentState, deploymentState } from '../../serving/deployments/deployment-state.ts';
import { watchLimits } from '../../serving/deployments/judge-slot.ts';
import type { LiveModel } from '../../serving/live-model.ts';
import { actingIn } from '../acting.ts';
import type { ApiContext, RouteCall } from '../route.ts';

/** The name in the address. */
export const nameOf = ({ request }: RouteCall): string => (request.params as { readonly name: string }).name;

/** With what a version is put to work: it must open here before anything is changed. */
export const openingIn = ({ database, openModel }: ApiContext) => ({ database, open: openModel });

/** The new state, which this process follows before it answers; others do within two seconds. */
export async function changedAnswer(context: ApiContext, name: string) {
  await context.served.follower?.refresh();
  return deploymentAnswer(context, name);
}

/** Ends a canary or a shadow; without one nothing is changed. */
export async function endedAnswer(call: RouteCall, context: ApiContext, slot: 'canary' | 'shadow') {
  const name = nameOf(call);
  // A name that nobody knows is told before anything is written about it.
  await deploymentAnswer(context, name);
  const change = { [slot]: null, ...noteIn(call) };
  await changeDeployment(context.database, name, change, actingIn(call, context));
  return changedAnswer(context, name);
}

export const deploymentAnswer = async (context: ApiContext, name: string) =>
  answerOf(context, await deploymentState(context.database, name));

export const answerOf = async ({ served, replayRemarks }: ApiContext, state: DeploymentState) => ({
  ...deploymentJson(state),
  remarks: await replayRemarks(
    [state.champion, state.canary, state.shadow].filter((slot) => slot !== null).map((slot) => slot.version),
  ),
  here: hereOf(served, state.name),
});

/** Null where this process answers with another model, or with one that stays. */
function hereOf({ follower, watch }: ApiContext['served'], name: string) {
  const current = follower?.current;
  if (!current || current.live.name !== name) return null;
  const slot = (model: LiveModel) => {
    const { answers = 0, errors = 0, p95Ms = 0 } = watch?.measures(model.id) ?? {};
    return { version: model.version, answers, errors, p95Ms };
  };
  const { failure } = follower;
  return {
    champion: slot(current.live),
    canary: current.canary && slot(current.canary.model),
    shadow: current.shadow && { version: current.shadow.version },
    failure: failure === null ? null : failure instanceof HoldfastError ? failure.code : 'internal.defect',
  };
}

export const nameParameter = {
  type: 'object',
  properties: {
    // No name holds the character that PostgreSQL can't take.
    name: {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      pattern: '^[^\\u0000]+$',
      description: 'Of the models.',
    },
  },
  required: ['name'],
} as const;

/** Of a version, as a body names it. */
export const versionNumber = { type: 'integer', minimum: 1, maximum: 999_999_999 } as const;

export const noteSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 2000,
  'x-told': {
    pattern:
      '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]*[^\\s\\ufeff\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f][^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]*$',
  },
  description: 'Why, for the history.',
} as const;

export const noteQuery = {
  type: 'object',
  properties: { note: noteSchema },
  additionalProperties: false,
} as const;

/** The note of a query, as the functions take it. */
export const noteIn = ({ request }: RouteCall): { readonly note?: string } =>
  request.query as { readonly note?: string };

const { properties: limitProperties } = z.toJSONSchema(watchLimits) as {
  readonly properties: Readonly<Record<string, JsonSchema>>;
};

/** Those that are left out stay as they are. */
export const limitsSchema: JsonSchema = {
  type: 'object',
  description: 'When a canary or a new champion is sent back by itself; what is left out stays.',
  properties: Object.fromEntries(
    Object.entries(limitProperties).map(([name, { default: _, ...schema }]) => [name, schema]),
  ),
  additionalProperties: false,
};

const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });
const text = { type: 'string' };
const version = { type: 'integer', minimum: 1 };

const slotSchema = (more: Readonly<Record<string, JsonSchema>> = {}): JsonSchema => ({
  type: 'object',
  properties: { version, label: text, modelId: text, ...more },
  required: ['version', 'label', 'modelId', ...Object.keys(more)],
});

const windowSchema: JsonSchema = {
  type: 'object',
  properties: {
    version,
    answers: { type: 'integer', description: 'Within the window of the limits, by this process.' },
    errors: { type: 'integer' },
    p95Ms: { type: 'number' },
  },
  required: ['version', 'answers', 'errors', 'p95Ms'],
};

const label = '20261121.1a2b3c4';

export const deploymentSchema: JsonSchema = {
  type: 'object',
  properties: {
    name: text,
    champion: orNull(slotSchema({ since: text })),
    canary: orNull(
      slotSchema({ weight: { type: 'number', description: 'Share of the customers that it answers.' } }),
    ),
    shadow: orNull(slotSchema()),
    limits: { ...limitsSchema, description: 'When a canary or a new champion is sent back by itself.' },
    changed: orNull({
      type: 'object',
      description: 'When canary, shadow or limits were changed last.',
      properties: { at: text, actor: text, note: { type: ['string', 'null'] } },
      required: ['at', 'actor', 'note'],
    }),
    lastReturn: orNull({
      type: 'object',
      description: 'What was sent back by itself last.',
      properties: { what: { enum: ['canary', 'champion'] }, version, at: text, why: text },
      required: ['what', 'version', 'at', 'why'],
    }),
    remarks: {
      type: 'array',
      items: text,
      description:
        "What a person should know of these versions: whose scores can't be replayed from the log, and why.",
    },
    here: orNull({
      type: 'object',
      description:
        'What the process that answers makes of it; null where it answers with another model. `failure`: the code of what could not be loaded.',
      properties: {
        champion: windowSchema,
        canary: orNull(windowSchema),
        shadow: orNull({ type: 'object', properties: { version }, required: ['version'] }),
        failure: { type: ['string', 'null'] },
      },
      required: ['champion', 'canary', 'shadow', 'failure'],
    }),
  },
  required: ['name', 'champion', 'canary', 'shadow', 'limits', 'changed', 'lastReturn', 'remarks', 'here'],
  examples: [
    {
      name: 'telco',
      champion: {
        version: 2,
        label,
        modelId: '6f1e0b52-8a7c-4a4e-9c55-0d0f8f4d7a11',
        since: '2026-11-21T18:00:00.000Z',
      },
      canary: {
        version: 3,
        label: `${label}.2`,
        modelId: '0b6ad7f2-35ad-4a8c-8a43-6c4f9f1f2f3e',
        weight: 0.1,
      },
      shadow: null,
      limits: { windowSeconds: 60, atLeast: 100, errorRate: 0.02, p95Ms: 500, scoreShift: 0.25 },
      changed: { at: '2026-11-21T18:53:55.914Z', actor: '3f9a0c1d2e4b', note: 'March data' },
      lastReturn: null,
      remarks: [
        "telco@3: Its scores can't be replayed from the log, which leaves out gender; a version trained with `log: value` on it in the project file is logged whole.",
      ],
      here: {
        champion: { version: 2, answers: 5400, errors: 0, p95Ms: 9.7 },
        canary: { version: 3, answers: 611, errors: 0, p95Ms: 10.6 },
        shadow: null,
        failure: null,
      },
    },
  ],
};
