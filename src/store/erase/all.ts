/** The places of this room where customers may be named. */
import type { ErasePlace } from './erase-place.ts';
import { outboxPlace } from './outbox.ts';

export const storeErasePlaces: readonly ErasePlace[] = [outboxPlace];
