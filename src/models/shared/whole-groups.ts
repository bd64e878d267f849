/** Parting rows by whole groups, where that can be done. */
import { hasCode } from '../../base/errors.ts';

/** What `deal` gives; null where groups are too few or too large to be parted so. */
export function ifGroupsAllow<Parts>(deal: () => Parts): Parts | null {
  try {
    return deal();
  } catch (error) {
    if (hasCode(error, 'data.split', 'data.too-few')) return null;
    throw error;
  }
}
