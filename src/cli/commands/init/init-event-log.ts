/** `holdfast init LOG` without a target: writes a project for an event log, where the file looks like one. */
import { basename } from 'node:path';
import { exitCode, HoldfastError } from '../../../base/errors.ts';
import { countOf, printable } from '../../../base/text.ts';
import { type CommandCall, requiredArg } from '../../command.ts';
import { programName, shellWord, shownPath } from '../../format.ts';

/** Null where the file is no event log, or none that can be read: then a target is what is missing. */
export async function initEventLog(
  call: CommandCall,
  out: string,
  source: string,
  refuseExisting: () => void,
): Promise<number | null> {
  const { proposeEvents, writeEventProject } = await import('../../../tasks/propose-events.ts');
  const path = requiredArg(call, 0);
  call.output.progress.step(`Reading ${printable(basename(path))}`);
  const proposal = await proposeEvents(path).catch((error: unknown) => {
    if (error instanceof HoldfastError) return null;
    throw error;
  });
  if (proposal === null) return null;
  const { checkOutput } = await import('../../../tasks/check-output.ts');
  await checkOutput(out, { inputs: [path], project: true });
  refuseExisting();
  const { projectNameOf } = await import('../../../new-project.ts');
  const { writeWholeFile } = await import('../../../store/whole-file.ts');
  await writeWholeFile(out, writeEventProject(projectNameOf(path), source, proposal));
  const { rows, customers, log, cutoff, windowDays, horizonDays } = proposal;
  const said = [
    `${shownPath(out)}: an event log, ${countOf(rows, 'event')} of ${countOf(customers, 'customer')} (${printable(log.customer)} repeats, ${printable(log.time)} is a time)`,
    `  features from the ${windowDays} days before ${cutoff}; without an event in the ${horizonDays} days from then on a customer counts as gone`,
    '  if a column says who left, it is a customer table: give --target',
    `Read it, then: ${programName()} train ${shellWord(shownPath(out))}`,
  ];
  call.output.result(said.join('\n'), { out, ...proposal });
  return exitCode.done;
}
