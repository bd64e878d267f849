/**
 * The last fit of a search that looks by itself (`auto`): its winner once more, on training and validation rows together.
 *
 * What the validation part is for (threshold, certainty, the gap) was learned before, from the scores of a fit that had not seen it; those are
 * a few numbers, and they stay, as does the map of calibration. What is saved, scored, explained and judged on the hold-out is
 * the fit of this page, which knows a fifth more customers. Other methods keep the fit that the validation part was asked about.
 */
import type { Random } from '../../base/random.ts';
import type { Note } from '../../learn/context.ts';
import { withSameMap } from '../../models/calibrated.ts';
import { searchMethodById } from '../../selection/methods/all.ts';
import type { Dataset } from '../../table/dataset.ts';
import { makeContext } from '../context.ts';
import type { WorkPorts } from '../ports.ts';
import type { CalibratedModel } from './calibrate-model.ts';
import { fitRecipe } from './fit-recipe.ts';
import type { TrainSpec } from './spec.ts';

/** `data`: training and validation rows (`development-data.ts`). */
export async function refitModel(
  spec: Pick<TrainSpec, 'train'>,
  selected: CalibratedModel,
  data: Dataset,
  random: Random,
  notes: Note[],
  ports: WorkPorts,
): Promise<CalibratedModel> {
  if (!searchMethodById(spec.train.search.method).combines) return selected;
  const stream = random.fork('refit');
  const { recipe, known, search } = selected;
  const uncalibrated = await fitRecipe(recipe, data, known, makeContext(ports, stream, notes), notes);
  return {
    ...selected,
    uncalibrated,
    fitted: selected.calibration ? withSameMap(selected.fitted, uncalibrated) : uncalibrated,
    search: { ...search, refitRows: data.table.rowCount },
  };
}
