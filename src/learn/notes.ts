/**
 * What a training run may tell beside its result, besides findings on the data: each code and what it means to the reader.
 * A code is never given another meaning: scripts match on it.
 */
export const noteCatalogue: Readonly<Record<string, string>> = {
  'calibration.no-gain':
    'The map from scores to probabilities that the project file asks for makes them worse; train.calibrate: auto would leave it out.',
  'calibration.reversed':
    'Higher scores left less often on the rows that the map was learned from, so it turns the order around. Set train.calibrate: none and look at the split.',
  'column.left-out':
    'A column of the contract is not learned from: dates and free text serve as parts of made columns alone.',
  'column.unknown': 'The table has columns that the contract does not name. They are ignored.',
  'clean.*':
    'What a repair of the project file did, by its name: how many rows it took out, filled or changed.',
  'data.read': 'How the file was read where more than one way was possible.',
  'days-since.future':
    'Dates lie after the day that is counted from, so their distance is below 0. Check the reference date.',
  'days-since.reference': 'The day that dates are counted from, where the project file names none.',
  'drop-constant.dropped': 'Columns of a single value were left out.',
  'drop-correlated.dropped': 'Columns were left out that say nearly the same as an earlier one.',
  'importance.bounded':
    'Importance was measured for the columns that move scores most, not for all of so many.',
  'impute.all-missing':
    'A column has no value at all in the rows that were learned from; a fixed value stands in.',
  'iqr-clip.all-missing':
    'A column has no value at all in the rows that were learned from, so it has no bounds.',
  'iqr-clip.degenerate':
    'Clipping would have made a column constant, so it was left alone; whenDegenerate: clip clips all the same.',
  'model.large':
    'A forest takes more memory and file than a model should; set maxDepth, raise minLeaf or grow fewer trees.',
  'model.no-early-stopping':
    'There were too few rows to hold some back, so the model learned to its last round.',
  'model.not-converged':
    'The model had not found its end when its rounds were used up; more rounds or scaled columns may help.',
  'model.separable':
    'Some rows are told apart for certain, so the sizes of weights mean little: set l2 above 0, and look for a column that was written after the customer left.',
  'model.unregistered': 'The model is kept, but the registry did not take it; the sentence says why.',
  'one-hot.no-levels': 'A category has no value at all in the rows that were learned from and is left out.',
  'one-hot.rare': 'Levels that hardly anyone has share one column.',
  'scale.all-missing': 'A column has no value at all in the rows that were learned from and is not scaled.',
  'search.cut': 'The budget ended the search before it was done, or left no time for a larger ensemble.',
  'search.diverged':
    'The weights of some candidates grew beyond all bounds; they were given up, the others went on.',
  'search.not-repeated':
    'An interrupted search could not be gone on with, since its fits came out otherwise here; it began anew.',
  'search.on-share':
    'The budget ended before a candidate had learned from all rows of its folds: all were compared on a part of them.',
  'split.left-out': 'Rows lie in the gap before a part and are in none.',
  'stability.diverged':
    'The chosen model could not be cross-validated once more: its weights grew beyond all bounds on a fold. It stays chosen.',
};
