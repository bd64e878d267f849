/** The model that an address of the Open Inference Protocol names: the one that answers now, no other. */
import { NotFoundError } from '../../base/errors.ts';
import { didYouMean, printable } from '../../base/text.ts';
import type { LiveModel } from '../../serving/live-model.ts';
import { liveModelOf } from '../answer.ts';
import type { ApiContext, RouteCall } from '../route.ts';

export function modelNamed({ request }: RouteCall, context: ApiContext): LiveModel {
  const { name } = request.params as { readonly name: string };
  const live = liveModelOf(context);
  if (live.name === name) return live;
  throw new NotFoundError(
    'model.not-found',
    `${printable(name)}: this server answers with ${live.name}${didYouMean(name, [live.name])}`,
    { model: printable(name) },
  );
}

/** Its number in the registry, or its label where it has none. */
export const versionText = ({ version, label }: LiveModel): string =>
  version === null ? label : String(version);

export const nameParameter = {
  type: 'object',
  properties: { name: { type: 'string', description: 'The name of the model that answers.' } },
  required: ['name'],
} as const;
