/** The customer of a request that looks closely at one: checked, with the model that answers it. */
import type { RawCustomer } from '../serving/customer-reader.ts';
import type { LiveModel } from '../serving/live-model.ts';
import { checkCustomers, placeOf } from './answer.ts';
import type { ApiContext } from './route.ts';

export interface OneCustomer {
  readonly model: LiveModel;
  readonly customer: RawCustomer;
}

/** `body.customer`, refused with its fields under `/customer`. */
export function customerIn(body: unknown, context: ApiContext): OneCustomer {
  const customers: readonly unknown[] = [(body as { readonly customer: unknown }).customer];
  const { model } = placeOf(context, customers[0], 'refuse');
  checkCustomers(model, customers, 'refuse', (_, { path, message }) => ({
    path: `/customer${path}`,
    message,
  }));
  return { model, customer: customers[0]! };
}

/** Explanations tell what goes with churn, not what makes it. */
export const caution = 'associated, not caused';
export const cautionSchema = { const: caution };
