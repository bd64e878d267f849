/** May a version answer? Its gate must have passed it, and where four eyes are asked for, another must have approved. */
import { ConflictError } from '../base/errors.ts';
import { type ModelVersion, versionName } from './model-version.ts';

export interface Unfitness {
  readonly reason: 'gate' | 'approval';
  readonly sentence: string;
}

/** What speaks against putting a version to work, in sentences; nothing where it may answer. */
export function unfitness(version: ModelVersion, fourEyes = false): readonly Unfitness[] {
  const found: Unfitness[] = [];
  if (!version.passed) found.push({ reason: 'gate', sentence: 'its gate refused it' });
  if ((version.fourEyes || fourEyes) && !isApproved(version))
    found.push({
      reason: 'approval',
      sentence: `nobody but ${version.registeredBy}, who registered it, has approved it`,
    });
  return found;
}

/** Somebody else than who registered it has approved it. */
export const isApproved = ({ approvals, registeredBy }: ModelVersion): boolean =>
  approvals.some(({ actor }) => actor !== registeredBy);

/**
 * Throws `registry.refused` for a version that may not answer. `force` passes over a refused gate, never over a
 * missing approval: a rule that its subject can set aside is none.
 */
export function refuseUnfit(version: ModelVersion, fourEyes = false, force = false): void {
  const against = unfitness(version, fourEyes).filter(({ reason }) => reason === 'approval' || !force);
  if (against.length === 0) return;
  const needsApproval = against.some(({ reason }) => reason === 'approval');
  const next = needsApproval
    ? `let another person run holdfast models approve ${versionName(version)} --note TEXT`
    : 'train a better one, or use holdfast models promote --force --note TEXT';
  throw new ConflictError(
    'registry.refused',
    `${versionName(version)}: may not answer: ${against.map(({ sentence }) => sentence).join(', and ')}; ${next}`,
    { model: version.name, version: version.version, reasons: against.map(({ reason }) => reason) },
  );
}
