/** `holdfast validate DATA`: holds a table against the contract. */
import { exitCode } from '../../base/errors.ts';
import { countOf } from '../../base/text.ts';
import type { Contract } from '../../data/contract.ts';
import { type CommandCall, defineCommand, requiredArg, textOption } from '../command.ts';
import { formatTable } from '../format.ts';
import { withApp } from '../with-app.ts';

export const validate = defineCommand({
  id: 'validate',
  group: 'Use a model',
  summary: 'hold a table against the contract',
  args: [{ name: '<data>', about: 'the table, CSV or Parquet' }],
  options: [
    { flags: '--project <file>', about: 'the project file with the contract (holdfast.yaml)' },
    {
      flags: '--model <model>',
      about: 'the contract of a model instead: latest, a label or a .holdfast file',
    },
  ],
  examples: ['holdfast validate new.csv', 'holdfast validate new.csv --model latest --json'],
  async run(call) {
    const { validateTable } = await import('../../tasks/validate.ts');
    const result = await validateTable(requiredArg(call, 0), await contractFor(call));
    const lines = [
      result.valid
        ? `${countOf(result.rows, 'row')}, all as the contract says`
        : `${countOf(result.rows, 'row')}, the contract is broken:`,
      ...result.missingColumns.map(
        ({ column, nearest }) =>
          `  column ${column} is missing${nearest === null ? '' : `; ${nearest} looks like it`}`,
      ),
      ...(result.breaks.length > 0
        ? [
            formatTable(
              ['column', 'what', 'rows', 'first rows'],
              result.breaks.map((one) => [one.column, one.code, String(one.rows), one.first.join(', ')]),
              [2],
            ),
          ]
        : []),
      ...result.remarks.map((remark) => `  ${remark}`),
    ];
    call.output.result(lines.join('\n'), result);
    return result.valid ? exitCode.done : exitCode.answerIsNo;
  },
});

async function contractFor(call: CommandCall): Promise<Contract> {
  const model = textOption(call, 'model');
  if (model !== undefined)
    return withApp(call, async (app) => (await app.models.load(model)).manifest.contract);
  const { readProject } = await import('../../project-file.ts');
  return (await readProject(textOption(call, 'project') ?? 'holdfast.yaml')).data;
}
