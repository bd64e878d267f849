/** How far ahead the predictions of models look, by the ids in the log. */
import type { EarlierModels } from '../earlier-models.ts';
import { defaultHorizonMs, horizonMsOf } from './section.ts';

/** Milliseconds by model id. Of a model that is no more: what a project has that says nothing. */
export type Horizons = (modelIds: Iterable<string>) => Promise<ReadonlyMap<string, number>>;

/** Each model is opened once. */
export function rememberHorizons(earlierModel: EarlierModels): Horizons {
  const known = new Map<string, number>();
  return async (modelIds) => {
    const found = new Map<string, number>();
    for (const id of new Set(modelIds)) {
      let horizonMs = known.get(id);
      if (horizonMs === undefined) {
        const model = await earlierModel(id);
        horizonMs = model ? horizonMsOf(model.loaded.manifest) : defaultHorizonMs;
        if (model) known.set(id, horizonMs);
      }
      found.set(id, horizonMs);
    }
    return found;
  };
}
