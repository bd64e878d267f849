/** Looks at a table and proposes its contract: the first step of `init`. */

import type { JsonScalar } from '../data/contract.ts';
import { type Inference, inferContract, leaveOut, withDates } from '../data/infer.ts';
import { inspectSource, withoutOddOutcomes } from '../data/inspect/inspect-source.ts';
import { inspectTable } from '../data/inspect/inspect-table.ts';
import { openSource } from '../data/sources/open.ts';

export interface ProposalRequest {
  readonly path: string;
  /** How the project file will call the source. */
  readonly source: string;
  readonly target: string;
  readonly churned?: JsonScalar;
  readonly id?: string;
}

export interface Proposal extends Inference {
  readonly rows: number;
  readonly churnRate: number;
}

export async function proposeContract({
  path,
  source: name,
  target,
  churned,
  id,
}: ProposalRequest): Promise<Proposal> {
  const source = await openSource(path);
  try {
    const profiles = withoutOddOutcomes(await source.profile(), target);
    const guessed = inferContract(profiles, {
      source: name,
      target,
      rowCount: source.rowCount,
      ...(churned === undefined ? {} : { churned }),
      ...(id === undefined ? {} : { id }),
    });
    const { inspection, dateFormats } = await inspectSource(source, profiles, guessed.contract, null);
    const dates = [...dateFormats].map(([column, guess]) => ({
      column,
      ...guess,
      unreadable: inspection.unreadable.filter((cell) => cell.column === column).length,
    }));
    const blocked = inspectTable(inspection).filter(({ severity }) => severity === 'block');
    const inference = leaveOut(
      withDates(guessed, dates),
      blocked.flatMap(({ column, message, code }) =>
        column === null ? [] : [{ column, message: `left out [${code}]: ${withoutName(message)}` }],
      ),
    );
    const { column, churned: meaning } = inference.contract.target;
    const levels = profiles.find((profile) => profile.name === column)?.levels ?? [];
    const churnedRows = levels.find(({ level }) => String(level) === String(meaning))?.count ?? 0;
    return { ...inference, rows: source.rowCount, churnRate: churnedRows / source.rowCount };
  } finally {
    await source.close();
  }
}

/** A remark stands beside its column. */
const withoutName = (message: string): string => message.slice(message.indexOf(': ') + 2);
