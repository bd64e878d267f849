/** `holdfast train FILE`: from the project file to a judged, saved model. */
import { exitCode } from '../../base/errors.ts';
import type { LeaderboardRow } from '../../selection/leaderboard.ts';
import type { TrainSummary } from '../../tasks/train/summary.ts';
import { defineCommand } from '../command.ts';
import { fixed, formatParams, formatTable, withInterval } from '../format.ts';
import { numberOption } from '../parse.ts';
import { withApp } from '../with-app.ts';

export const train = defineCommand({
  id: 'train',
  group: 'Make a model',
  summary: 'train, choose, judge and save a model',
  args: [{ name: '[file]', about: 'the project file (holdfast.yaml)' }],
  options: [{ flags: '--seed <n>', about: 'another seed than the file says' }],
  examples: ['holdfast train', 'holdfast train telco/holdfast.yaml --seed 7 --json'],
  async run(call) {
    const seed = numberOption(call, 'seed', { min: 0, max: 4294967295, whole: true });
    const file = call.args[0] ?? 'holdfast.yaml';
    const { readProject, trainSpecOf } = await import('../../project-file.ts');
    const spec = trainSpecOf(await readProject(file), file, seed);
    const { trainModel } = await import('../../tasks/train.ts');
    const summary = await withApp(call, (app) => trainModel(spec, app));
    call.output.result(trainText(summary), summary);
    return summary.gate.passed ? exitCode.done : exitCode.answerIsNo;
  },
});

/** What a person reads at the end of a training run. */
export function trainText(summary: TrainSummary): string {
  const { holdout, threshold, gate, model } = summary;
  const rows = summary.leaderboard.map((row) => [
    row.chosen ? '*' : '',
    String(row.rank),
    row.model,
    formatParams(varyingParams(row, summary.leaderboard)),
    fixed(row.mean),
    fixed(row.sd),
    fixed(row.seconds, 2),
  ]);
  const metric = summary.leaderboard[0]!.metric;
  const lines = [
    `Candidates by ${metric}, cross-validated (* chosen):`,
    formatTable(['', '#', 'model', 'parameters', 'mean', 'sd', 'CPU s'], rows, [1, 4, 5, 6]),
    '',
    `Hold-out, ${holdout.rows} customers the model never saw, with 95% intervals:`,
    `  ROC-AUC ${withInterval(holdout.rocAuc)}   PR-AUC ${withInterval(holdout.prAuc)}   F1 ${withInterval(holdout.f1)}`,
    `  precision ${withInterval(holdout.precision)}   recall ${withInterval(holdout.recall)}   accuracy ${withInterval(holdout.accuracy)}`,
    `  log loss ${withInterval(holdout.logLoss)}   Brier ${withInterval(holdout.brier)}   ECE ${withInterval(holdout.ece)}`,
    `Called churn from a probability of ${fixed(threshold.value, 3)} (by ${threshold.by}).`,
    `Gate: ${gate.passed ? 'passed' : 'refused'}`,
    ...gate.checks.map((check) => `  ${check.passed ? 'yes' : 'NO '}  ${check.reason}`),
    ...(summary.findings.length > 0
      ? ['Notes:', ...summary.findings.map(({ message }) => `  ${message}`)]
      : []),
    '',
    `Model  ${model.name} ${model.label}  ${model.file}`,
    `Report ${summary.report}`,
    gate.passed
      ? `Next: holdfast score latest new-customers.csv scored.csv`
      : 'The model is kept, but is not "latest".',
  ];
  return lines.join('\n');
}

/** The parameters in which a candidate differs from others of its family: what the grid varied. */
function varyingParams(
  { model, params }: LeaderboardRow,
  rows: readonly LeaderboardRow[],
): Record<string, unknown> {
  const family = rows
    .filter((row) => row.model === model)
    .map((row) => row.params as Record<string, unknown>);
  return Object.fromEntries(
    Object.entries(params as Record<string, unknown>).filter(([name, value]) =>
      family.some((other) => JSON.stringify(other[name]) !== JSON.stringify(value)),
    ),
  );
}
