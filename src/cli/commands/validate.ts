/** `holdfast validate DATA`: holds a table against the contract. */
import { basename } from 'node:path';
import { defaultProjectFile } from '../../base/default-project-file.ts';
import { exitCode, ParamError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import type { Contract } from '../../data/contract.ts';
import type { SeenColumns } from '../../tasks/validate-names.ts';
import { type CommandCall, defineCommand, requiredArg, textOption } from '../command.ts';
import { withApp } from '../with-app.ts';

export const validate = defineCommand({
  id: 'validate',
  group: 'Use a model',
  summary: 'hold a table against the contract',
  args: [{ name: '<data>', about: 'the table: CSV, JSON, Excel or Parquet' }],
  options: [
    { flags: '--project <file>', about: 'the project file with the contract (holdfast.yaml)' },
    {
      flags: '--model <model>',
      about: 'the contract of a model instead: champion, NAME@3, latest, a label or a .holdfast file',
    },
  ],
  examples: ['holdfast validate new.csv', 'holdfast validate new.csv --model latest --json'],
  async run(call) {
    const { validateTable } = await import('../../tasks/validate.ts');
    const { validateText } = await import('../texts/validate.ts');
    const data = requiredArg(call, 0);
    const { contract, seen } = await contractFor(call);
    call.output.progress.step(`Reading ${printable(basename(data))}`);
    const result = await validateTable(data, contract, seen);
    call.output.result(validateText(result), result);
    return result.valid ? exitCode.done : exitCode.answerIsNo;
  },
});

/** The contract, and what the training rows held where a model knows it. */
async function contractFor(
  call: CommandCall,
): Promise<{ readonly contract: Contract; readonly seen?: SeenColumns }> {
  const model = textOption(call, 'model');
  const project = textOption(call, 'project');
  if (model !== undefined && project !== undefined) {
    throw new ParamError(
      'usage.argument',
      'validate: --model and --project both name a contract; give one of them',
      { option: 'model' },
    );
  }
  if (model !== undefined)
    return withApp(call, async (app) => {
      const { manifest, reference } = await app.models.load(model);
      return { contract: manifest.contract, seen: reference.columns };
    });
  const { readProject } = await import('../../project-file.ts');
  return { contract: (await readProject(project ?? defaultProjectFile)).data };
}
