/** One customer of a served workspace, as the routes that explain are asked about. */
import type { RawCustomer } from '../../serving/customer-reader.ts';
import type { ServedWorkspace } from './served.ts';

/** A refusal that names fields. */
export interface Refused {
  readonly code: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

/** What the model says of one customer. */
export const scoreOf = ({ liveModel }: ServedWorkspace, customer: RawCustomer) =>
  liveModel.answer([customer])[0]!;

/** Somebody whom the model calls. */
export const calledCustomer = (workspace: ServedWorkspace): RawCustomer =>
  workspace.customers.find((one) => scoreOf(workspace, one).churn)!;
