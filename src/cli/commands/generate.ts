/** `holdfast generate OUT`: synthetic customers from a stated causal model. */
import { exitCode } from '../../base/errors.ts';
import { countOf } from '../../base/text.ts';
import type { GeneratedFiles, GenerateRequest } from '../../tasks/generate.ts';
import { type CommandCall, defineCommand, requiredArg, textOption } from '../command.ts';
import { percent, programName, shellWord, shownPath } from '../format.ts';
import { dayOption, numberOption } from '../parse.ts';

export const generate = defineCommand({
  id: 'generate',
  group: 'Make a model',
  summary: 'make synthetic customers to try things on',
  args: [{ name: '<out>', about: 'the file to write, CSV or Parquet by its name' }],
  options: [
    { flags: '--kind <business>', about: 'subscription, retail or bank (subscription)' },
    { flags: '--rows <n>', about: 'how many customers (5000)' },
    { flags: '--seed <n>', about: 'the same seed makes the same customers (42)' },
    { flags: '--churn-rate <share>', about: 'share expected to leave (0.24)' },
    { flags: '--truth <file>', about: 'where the truth goes (NAME.truth.EXT)' },
    { flags: '--with <files>', about: 'more about them: events,feedback,interactions,offers' },
    { flags: '--snapshots <n>', about: 'month ends over which they are spread (1; 12 with --drift)' },
    {
      flags: '--drift <kind>',
      about:
        'covariate-shift, gradual-shift, prior-shift, concept-change, missing-column, unit-change or new-level',
    },
    { flags: '--drift-from <day>', about: 'first day of the drift (the middle of the snapshots)' },
    { flags: '--drift-size <share>', about: 'how strong the drift is, up to 1 (1)' },
  ],
  examples: [
    'holdfast generate customers.csv',
    'holdfast generate customers.parquet --rows 100000 --churn-rate 0.1',
    'holdfast generate shop.csv --kind retail --with events,feedback,offers',
    'holdfast generate later.csv --drift unit-change --drift-from 2026-03-01',
  ],
  async run(call) {
    const { generateFile } = await import('../../tasks/generate.ts');
    const request = requestOf(call);
    const { progress } = call.output;
    progress.step(`Making ${countOf(request.rows ?? 0, 'customer')}`);
    const made = await generateFile(request, { progress, signal: call.signal });
    call.output.result(linesOf(made).join('\n'), made);
    return exitCode.done;
  },
});

function requestOf(call: CommandCall): GenerateRequest {
  const truth = textOption(call, 'truth');
  const companions = textOption(call, 'with');
  const snapshots = numberOption(call, 'snapshots', { min: 1, max: 60, whole: true });
  const drift = textOption(call, 'drift');
  const driftFrom = dayOption(call, 'driftFrom');
  const driftSize = numberOption(call, 'driftSize', { min: 0.01, max: 1, whole: false });
  return {
    out: requiredArg(call, 0),
    kind: textOption(call, 'kind') ?? 'subscription',
    rows: numberOption(call, 'rows', { min: 1, max: 1_000_000, whole: true }) ?? 5000,
    seed: numberOption(call, 'seed', { min: 0, max: 4294967295, whole: true }) ?? 42,
    churnRate: numberOption(call, 'churnRate', { min: 0.01, max: 0.9, whole: false }) ?? 0.24,
    ...(truth !== undefined && { truth }),
    ...(companions !== undefined && { companions: companions.split(',').map((word) => word.trim()) }),
    ...(snapshots !== undefined && { snapshots }),
    ...(drift !== undefined && { drift }),
    ...(driftFrom !== undefined && { driftFrom }),
    ...(driftSize !== undefined && { driftSize }),
  };
}

function linesOf(made: GeneratedFiles): string[] {
  const { out, truthFile, rows, churnRate, target, companions, driftFile } = made;
  return [
    `${shownPath(out)}: ${countOf(rows, 'customer')}, ${percent(churnRate)} churned (${target})`,
    `${shownPath(truthFile)}: the true risk of each, for checking; a model must not learn from it`,
    ...(driftFile === null ? [] : [`${shownPath(driftFile)}: what drifted, from when and how much`]),
    ...companions.flatMap((one) => [
      `${shownPath(one.file)}: ${countOf(one.rows, 'row')}. ${one.title}`,
      ...(one.truthFile === null ? [] : [`${shownPath(one.truthFile)}: the truth about ${one.id}`]),
    ]),
    `Next: ${programName()} init ${shellWord(shownPath(out))} --target ${target}`,
  ];
}
