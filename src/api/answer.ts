/** How an answer looks in every route that scores. */
import { UnavailableError } from '../base/errors.ts';
import type { FieldProblem, RawCustomer, UnknownFields } from '../serving/customer-reader.ts';
import type { JsonSchema } from '../serving/customer-schema.ts';
import type { Place } from '../serving/deployments/live-deployment.ts';
import type { Answer, LiveModel } from '../serving/live-model.ts';
import { FieldsError } from './problem.ts';
import type { ApiContext } from './route.ts';

export const modelSchema: JsonSchema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    version: { type: ['integer', 'null'], description: 'Its number in the registry.' },
    label: { type: 'string' },
  },
  required: ['name', 'version', 'label'],
  examples: [{ name: 'telco', version: 3, label: '20261121.1a2b3c4' }],
};

export const answerProperties = {
  id: { type: 'string', description: 'As it came; absent where the customer had none.' },
  churnProbability: { type: 'number', minimum: 0, maximum: 1, examples: [0.73] },
  churn: { type: 'boolean', description: "At the model's threshold." },
  band: { enum: ['high', 'medium', 'low'] },
  certainty: {
    enum: ['sure', 'unsure'],
    description: 'sure: the other outcome can be ruled out at the coverage of the model.',
  },
} as const;
export const answerRequired = ['churnProbability', 'churn', 'band', 'certainty'] as const;

export const modelOf = ({ name, version, label }: LiveModel) => ({ name, version, label });

export function answerBody(id: string | null, { churnProbability, churn, band, certainty }: Answer) {
  return { ...(id !== null && { id }), churnProbability, churn, band, certainty };
}

/** The model that answers all whom no canary does, or a refusal while none is deployed. */
export function liveModelOf({ served }: ApiContext): LiveModel {
  const live = served.live();
  if (live) return live;
  throw new UnavailableError('serving.no-model', 'serving: no model is deployed; promote one', {});
}

/**
 * Who answers a body's customer. Clients send what the champion's contract asks for: a canary that can't take what
 * the champion takes gives way to it and has failed, so that nobody is refused because of a trial.
 */
export function placeOf(context: ApiContext, body: unknown, unknown: UnknownFields): Place {
  const { served } = context;
  const live = liveModelOf(context);
  const place = served.placeFor(idIn(live, body)) ?? { model: live, slot: 'live' };
  const takes = ({ reader }: LiveModel): boolean => reader.problems(body, unknown).length === 0;
  if (place.slot === 'live' || takes(place.model) || !takes(live)) return place;
  served.watch?.failed(place.model.id);
  return { model: live, slot: 'live' };
}

/** What names the customer, before anything of it was checked. */
const idIn = ({ reader }: LiveModel, body: unknown): string | null =>
  typeof body === 'object' && body !== null ? reader.idOf(body as RawCustomer) : null;

/** Where in the body a problem of a customer is. */
export type Locate = (row: number, problem: FieldProblem) => FieldProblem;

/** For customers that stand in a list of the body. */
export const listedUnder =
  (pointer: string): Locate =>
  (row, { path, message }) => ({ path: `${pointer}/${row}${path}`, message });

/** Throws the problems of all customers with their places in the body. */
export function checkCustomers(
  { reader }: LiveModel,
  customers: readonly unknown[],
  unknown: UnknownFields,
  locate: Locate,
): asserts customers is readonly RawCustomer[] {
  const most = 100;
  const found: FieldProblem[] = [];
  for (let row = 0; row < customers.length && found.length < most; row++) {
    for (const problem of reader.problems(customers[row], unknown)) found.push(locate(row, problem));
  }
  if (found.length > 0) throw new FieldsError(found);
}
