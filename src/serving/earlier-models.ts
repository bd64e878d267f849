/**
 * Models that answered before, by their id: to repeat what they said, and to ask how far ahead they looked.
 *
 * Those that answer now are in memory; others are loaded from the registry with every check, the last few are kept.
 */
import { HoldfastError } from '../base/errors.ts';
import { lastAsked } from '../base/last-asked.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import { openVersion } from '../registry/open-version.ts';
import { listVersions } from '../registry/versions.ts';
import type { ArtifactStore } from '../store/artifacts/artifact-store.ts';
import type { Database } from '../store/database/database.ts';
import { type LiveModel, liveModel } from './live-model.ts';
import type { ServedModels } from './served-models.ts';

/** Null for a model that is no more: never registered, or its file is lost or damaged. */
export type EarlierModels = (modelId: string) => Promise<LiveModel | null>;

export interface EarlierModelsPorts {
  readonly database: Database;
  readonly artifacts: ArtifactStore;
  readonly catalogue: Catalogue;
  readonly served: Pick<ServedModels, 'live' | 'follower'>;
}

const mostKept = 3;

export function earlierModels({ database, artifacts, catalogue, served }: EarlierModelsPorts): EarlierModels {
  const lastOnes = lastAsked<LiveModel | null>(mostKept, (model) => model !== null);
  const load = async (modelId: string): Promise<LiveModel | null> => {
    const [version] = await listVersions(database, { modelId });
    if (!version) return null;
    try {
      return liveModel(await openVersion(artifacts, version, catalogue), version.version, catalogue);
    } catch (error) {
      if (error instanceof HoldfastError && error.kind !== 'UnavailableError') return null;
      throw error;
    }
  };
  return (modelId) => {
    const { canary, shadow } = served.follower?.current ?? {};
    for (const model of [served.live(), canary?.model, shadow])
      if (model?.id === modelId) return Promise.resolve(model);
    return lastOnes(modelId, () => load(modelId));
  };
}
