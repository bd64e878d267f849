/** Every definition of every room in one catalogue: what doors hand to code that must find one by id. */
import { allFeatures } from './features/all.ts';
import { allLearnClassifiers, allLearnTransformers } from './learn/all.ts';
import { type Catalogue, createCatalogue } from './learn/catalogue.ts';
import { allModels } from './models/all.ts';

export const catalogue: Catalogue = createCatalogue(
  [...allModels, ...allLearnClassifiers],
  [...allFeatures, ...allLearnTransformers],
);
