/**
 * Which slot answers a customer. The same customer gets the same slot as long as the canary and its share stay,
 * and keeps the canary when the share grows; another canary draws other customers. Who has no id is drawn anew.
 */
import { sha256 } from '../../base/hash.ts';

export type Slot = 'live' | 'canary';

export interface CanaryShare {
  readonly modelId: string;
  /** Above 0 and below 1. */
  readonly share: number;
}

/** `draw` gives a number in [0, 1) for a customer without an id. */
export function chooseSlot(canary: CanaryShare | null, customerId: string | null, draw: () => number): Slot {
  if (canary === null) return 'live';
  const place = customerId === null ? draw() : placeOf(canary.modelId, customerId);
  return place < canary.share ? 'canary' : 'live';
}

/** Where a customer stands in [0, 1) for a canary: the first 48 bits of a hash of both. */
const placeOf = (modelId: string, customerId: string): number =>
  Number.parseInt(sha256(`${modelId}\n${customerId}`).slice(0, 12), 16) / 2 ** 48;
