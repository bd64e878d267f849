/** Looks at a table and proposes its contract: the first step of `init`. */

import type { JsonScalar } from '../data/contract.ts';
import { type Inference, inferContract } from '../data/infer.ts';
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
    const profiles = await source.profile();
    const inference = inferContract(profiles, {
      source: name,
      target,
      rowCount: source.rowCount,
      ...(churned === undefined ? {} : { churned }),
      ...(id === undefined ? {} : { id }),
    });
    const { column, churned: meaning } = inference.contract.target;
    const levels = profiles.find((profile) => profile.name === column)?.levels ?? [];
    const churnedRows = levels.find(({ level }) => String(level) === String(meaning))?.count ?? 0;
    return { ...inference, rows: source.rowCount, churnRate: churnedRows / source.rowCount };
  } finally {
    await source.close();
  }
}
