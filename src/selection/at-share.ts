/** A candidate on a share of its trees or epochs, for trials that are to cost less. */
import type { Plain } from '../base/plain.ts';
import type { Candidate } from './search-method.ts';

/** The parameters that say how long a model learns. */
const iterations = ['trees', 'maxEpochs'];

/** At least one; a model that has no such parameter stays what it is. */
export function atShareOfIterations(candidate: Candidate, share: number): Candidate {
  const params = candidate.params as Readonly<Record<string, Plain>>;
  const name = iterations.find((one) => typeof params[one] === 'number');
  if (name === undefined || share === 1) return candidate;
  return {
    ...candidate,
    params: { ...params, [name]: Math.max(1, Math.round((params[name] as number) * share)) },
  };
}
