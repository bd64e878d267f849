/** A registered version that an address names, and what its file tells. */
import { NotFoundError } from '../../base/errors.ts';
import { lastAsked } from '../../base/last-asked.ts';
import type { ModelVersion } from '../../registry/model-version.ts';
import { findVersion } from '../../registry/resolve.ts';
import type { TrainingFacts } from '../../report/training-facts.ts';
import type { Manifest } from '../../tasks/manifest.ts';
import { trainingFactsOf } from '../../tasks/train/figures.ts';
import type { ApiContext, RouteCall } from '../route.ts';

export const versionParameter = {
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 200, description: 'Id, label, NAME@3, champion or NAME@champion.' },
  },
  required: ['id'],
} as const;

/** `model.not-found`, `registry.ambiguous`. */
export const versionNamed = ({ request }: RouteCall, { database }: ApiContext): Promise<ModelVersion> =>
  findVersion(database, (request.params as { readonly id: string }).id);

export async function factsNamed(
  call: RouteCall,
  context: ApiContext,
): Promise<{ readonly version: ModelVersion; readonly facts: TrainingFacts }> {
  const version = await versionNamed(call, context);
  const facts = trainingFactsOf(await manifestOf(version, context));
  if (facts) return { version, facts };
  throw new NotFoundError(
    'report.no-figures',
    `${version.name}@${version.version} was saved before figures were kept; train it again to have them`,
    { model: version.name, version: version.version },
  );
}

/** Of each server the versions last asked for, by their model: a registered one never changes, and opening it takes every check. */
const opened = new WeakMap<ApiContext, ReturnType<typeof lastAsked<Manifest>>>();
const mostOpened = 20;

/** What answers now is in memory; another model is loaded once. */
function manifestOf(version: ModelVersion, context: ApiContext): Manifest | Promise<Manifest> {
  const live = context.served.live();
  if (live?.id === version.modelId) return live.loaded.manifest;
  const kept = opened.get(context) ?? lastAsked<Manifest>(mostOpened);
  opened.set(context, kept);
  return kept(version.modelId, async () => (await context.openModel(version)).manifest);
}

/** Names the version in an answer. */
export const namedIn = ({ modelId: id, name, version, label }: ModelVersion) => ({
  id,
  name,
  version,
  label,
});

export const namedSchema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    version: { type: 'integer' },
    label: { type: 'string' },
  },
  required: ['id', 'name', 'version', 'label'],
} as const;
