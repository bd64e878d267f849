/** Every suite of this room: each engine passes all of them. */
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { aliasSuite } from './aliases.ts';
import { approvalSuite } from './approvals.ts';
import { promotionSuite } from './promotion.ts';
import { registerSuite } from './register.ts';
import { resolveSuite } from './resolve.ts';
import { transferSuite } from './transfer.ts';
import { verifySuite } from './verify.ts';

export function registrySuites(databases: TestDatabases): void {
  for (const suite of [
    registerSuite,
    aliasSuite,
    promotionSuite,
    approvalSuite,
    resolveSuite,
    transferSuite,
    verifySuite,
  ])
    suite(databases);
}
