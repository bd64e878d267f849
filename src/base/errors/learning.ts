/** Learning, judging, explaining, and the models that come of it. */
import { entry } from './entry.ts';

export const learningErrors = {
  'learn.no-rows': entry(
    'DataError',
    'A model or step was to be fitted on no rows.',
    'Fit on at least one row.',
  ),
  'learn.one-class': entry(
    'DataError',
    'A model was to be fitted on rows of one outcome only.',
    'Fit on rows of both outcomes.',
  ),
  'learn.weights': entry(
    'DataError',
    'Row weights are negative, not finite, all zero, or so small or large that sums have no room for them.',
    'Give each row a weight of 0 or more; divide very small or large ones by their mean.',
  ),
  'learn.diverged': entry(
    'DataError',
    'A model grew beyond all bounds while it was fitted.',
    'Bring the columns to one scale, or lower the learning rate.',
  ),
  'evaluate.training-rows': entry(
    'ConflictError',
    'The data holds customers that the model was trained on.',
    'Use customers the model has not seen, or --allow-training-rows.',
  ),
  'explain.no-customer': entry(
    'NotFoundError',
    'No row of the table is the customer who was to be explained.',
    'Give an id that the table holds, or a row number with --row.',
  ),
  'explain.many-columns': entry(
    'UnavailableError',
    'A tree of the model asks about more different columns in a row than contributions are worked out for.',
    'Train with fewer leaves or a maxDepth.',
  ),
  'report.no-figures': entry(
    'NotFoundError',
    'The model was saved before figures were kept: it has its page and card, and nothing to write another report from.',
    'Take the page with --format html, or train the model again.',
  ),
  'model.not-found': entry(
    'NotFoundError',
    'There is no such model.',
    'Train one, or give the path of a .holdfast file.',
  ),
  'model.damaged': entry(
    'ModelFileError',
    'The model file is truncated, altered or not a model file.',
    'Copy it again from where it was made.',
  ),
  'model.newer': entry('ModelFileError', 'The model file was made by a newer Holdfast.', 'Update Holdfast.'),
  'model.golden': entry(
    'ModelFileError',
    'The model does not reproduce its own golden scores.',
    'Do not use it; train again and report this.',
  ),
  'kernels.memory': entry(
    'UnavailableError',
    'Learning or scoring needs more memory than there is.',
    'Lower what the sentence names, or close other programs.',
  ),
  'kernels.wide': entry(
    'UnavailableError',
    "Wide kernels were asked for, and this machine or Node can't have them.",
    'Unset HOLDFAST_WIDE_KERNELS: training takes the usual kernels.',
  ),
  'compare.no-rows': entry(
    'DataError',
    'Too few customers are left that neither model has learned from.',
    'Use customers that both models have not seen.',
  ),
  'search.over': entry(
    'UnavailableError',
    'A fit was given up because the budget of the search was used up; a search goes on with what was finished.',
    'Give train.search.budget more time.',
  ),
  'generate.option': entry(
    'ParamError',
    'The synthetic customers asked for cannot be made.',
    'Use a value in the range that the message states.',
  ),
} as const;
