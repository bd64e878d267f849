/** Every suite of this room: each engine passes all of them. */
import type { TestDatabases } from '../test-databases.ts';
import { historySuite } from './history.ts';
import { keysSuite } from './keys.ts';
import { leaseSuite } from './lease.ts';
import { outboxSuite } from './outbox.ts';

export function storeSuites(databases: TestDatabases): void {
  for (const suite of [historySuite, leaseSuite, outboxSuite, keysSuite]) suite(databases);
}
