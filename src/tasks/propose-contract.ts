/**
 * Looks at a table and proposes its contract: the first step of `init`, and what `inspect` says of each column.
 *
 * A proposal is made once for both: guesses from the profile, dates by the format that their values show, and without
 * the columns that an inspection blocks.
 */
import { DataError } from '../base/errors.ts';
import { missingTokens, trimmed } from '../data/cells.ts';
import type { JsonScalar } from '../data/contract.ts';
import { type Inference, inferContract, leaveOut, withDates, withNumberTexts } from '../data/infer.ts';
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

/** Refuses a target whose churned value stands there in several spellings: what is learned would be wrong. */
export async function proposeContract(request: ProposalRequest): Promise<Proposal> {
  const source = await openSource(request.path);
  try {
    const { contract, remarks, clean, cleanRemarks, rows, churnRate, notes, findings } =
      await proposeFromSource(source, request);
    refuseSpellings(request, findings);
    return { contract, remarks, clean, cleanRemarks, rows, churnRate, notes, findings };
  } finally {
    await source.close();
  }
}

function refuseSpellings(request: ProposalRequest, findings: readonly Finding[]): void {
  const found = findings.find(({ code }) => code === 'target.spelling');
  if (!found) return;
  const { rows } = found.evidence as { readonly rows: number };
  throw new DataError('data.target-spelling', found.message, { column: request.target, rows });
}

/** The proposal for a table that is open already. */
export async function proposeFromSource(source: Source, request: ProposalRequest): Promise<SourceProposal> {
  const { target, churned, id, now = null } = request;
  const profiles = withoutOddOutcomes(await source.profile(), target);
  const emptyTargetRows = await rowsWithoutOutcome(source, profiles, target);
  const guessed = inferContract(profiles, {
    source: request.source,
    target,
    rowCount: source.rowCount,
    emptyTargetRows,
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
    withNumberTexts(withDates(guessed, dates), numberTexts(findings)),
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

/** How many rows without an outcome are named. */
const mostRows = 5;

/** The first rows that say nothing of the outcome, from 0; read only where the profile knows of some. */
async function rowsWithoutOutcome(
  source: Source,
  profiles: readonly ColumnProfile[],
  target: string,
): Promise<number[]> {
  const profile = profiles.find(({ name }) => name === target);
  if (!profile || profile.blank + profile.tokens === 0) return [];
  const { table } = await source.read([{ name: target, kind: 'text' }]);
  const [column] = table.columns;
  if (column?.kind !== 'text') return [];
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount && rows.length < mostRows; row++) {
    const text = column.values[row]!;
    if (text === null || missingTokens.includes(trimmed(text))) rows.push(row);
  }
  return rows;
}

/** Why text that holds numbers is left out, by column. */
function numberTexts(findings: readonly Finding[]): Map<string, string> {
  return new Map(
    findings.flatMap(({ code, column, evidence }) => {
      if (code !== 'text.number' || column === null) return [];
      const { isCurrency } = evidence as { readonly isCurrency: boolean };
      const why = isCurrency
        ? 'it looks like amounts with a currency sign; remove the sign and it is a number'
        : 'it looks like numbers with signs, units, separators or words between them; export it as plain numbers';
      return [[column, why] as const];
    }),
  );
}

/** A remark stands beside its column. */
const withoutName = (message: string): string => message.slice(message.indexOf(': ') + 2);
