/**
 * Looks at a table and proposes its contract: the first step of `init`, and what `inspect` says of each column.
 *
 * A proposal is made once for both: guesses from the profile, dates by the format that their values show, and without
 * the columns that an inspection blocks.
 */
import type { JsonScalar } from '../data/contract.ts';
import { type Inference, inferContract, leaveOut, withDates } from '../data/infer.ts';
import type { Finding } from '../data/inspect/definition.ts';
import { inspectSource, type SourceInspection, withoutOddOutcomes } from '../data/inspect/inspect-source.ts';
import { inspectTable } from '../data/inspect/inspect-table.ts';
import type { ColumnProfile } from '../data/profile.ts';
import type { Source } from '../data/source.ts';
import { openSource } from '../data/sources/open.ts';

export interface ProposalRequest {
  readonly path: string;
  /** How the project file will call the source. */
  readonly source: string;
  readonly target: string;
  readonly churned?: JsonScalar;
  readonly id?: string;
  /** Epoch milliseconds, for dates in the future; null where nobody may ask a clock. */
  readonly now?: number | null;
}

export interface Proposal extends Inference {
  readonly rows: number;
  readonly churnRate: number;
  /** What the reader guessed about the file, a sentence each. */
  readonly notes: readonly string[];
  /** What the inspection found. */
  readonly findings: readonly Finding[];
}

/** A proposal with what it was made from. */
export interface SourceProposal extends Proposal, SourceInspection {
  readonly profiles: readonly ColumnProfile[];
}

export async function proposeContract(request: ProposalRequest): Promise<Proposal> {
  const source = await openSource(request.path);
  try {
    const { contract, remarks, clean, cleanRemarks, rows, churnRate, notes, findings } =
      await proposeFromSource(source, request);
    return { contract, remarks, clean, cleanRemarks, rows, churnRate, notes, findings };
  } finally {
    await source.close();
  }
}

/** The proposal for a table that is open already. */
export async function proposeFromSource(source: Source, request: ProposalRequest): Promise<SourceProposal> {
  const { target, churned, id, now = null } = request;
  const profiles = withoutOddOutcomes(await source.profile(), target);
  const guessed = inferContract(profiles, {
    source: request.source,
    target,
    rowCount: source.rowCount,
    ...(churned === undefined ? {} : { churned }),
    ...(id === undefined ? {} : { id }),
  });
  const looked = await inspectSource(source, profiles, guessed.contract, now);
  const { inspection, dateFormats } = looked;
  const dates = [...dateFormats].map(([column, guess]) => ({
    column,
    ...guess,
    unreadable: inspection.unreadable.filter((cell) => cell.column === column).length,
  }));
  const findings = inspectTable(inspection);
  const inference = leaveOut(
    withDates(guessed, dates),
    findings.flatMap(({ column, message, code, severity }) =>
      column === null || severity !== 'block'
        ? []
        : [{ column, message: `left out [${code}]: ${withoutName(message)}` }],
    ),
  );
  return {
    ...inference,
    ...looked,
    profiles,
    findings,
    notes: source.notes,
    rows: inspection.rowCount,
    churnRate: inspection.churned / inspection.rowCount,
  };
}

/** A remark stands beside its column. */
const withoutName = (message: string): string => message.slice(message.indexOf(': ') + 2);
