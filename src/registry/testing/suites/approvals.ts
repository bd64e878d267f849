import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError } from '../../../base/errors.ts';
import { readHistory } from '../../../store/history.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { approve } from '../../approve.ts';
import { missingApproval } from '../../missing-approval.ts';
import { promote } from '../../promote.ts';
import { anna, ben, memoryArtifacts, registerExample } from '../registered.ts';

const refused = (code: string) => (error: unknown) => error instanceof HoldfastError && error.code === code;

export function approvalSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: approve: who, when and why is kept and told; without a note it is refused`, () =>
    withDatabases(1, async (database) => {
      const one = await registerExample(database, memoryArtifacts());
      await assert.rejects(approve(database, one, undefined, ben), refused('usage.argument'));
      const approved = await approve(database, one, ' looks sound ', ben);
      assert.deepEqual(approved.approvals, [{ actor: ben.actor, at: ben.now, note: 'looks sound' }]);
      const told = (await readHistory(database)).at(-1)!;
      assert.deepEqual(
        [told.event, told.actor, told.details],
        ['model.approved', ben.actor, { note: 'looks sound' }],
      );
    }));

  test(`${engine}: approve: the same person again is answered as the first time, and nothing is added`, () =>
    withDatabases(2, async (database, other) => {
      const one = await registerExample(database, memoryArtifacts());
      const first = await approve(database, one, 'sound', ben);
      const entries = (await readHistory(database)).length;
      assert.deepEqual(await approve(database, one, 'again', { ...ben, now: ben.now + 1000 }), first);
      assert.equal((await readHistory(database)).length, entries);
      const both = await approve(database, one, 'seen too', anna);
      assert.deepEqual(
        both.approvals.map(({ actor, note }) => [actor, note]),
        [
          [ben.actor, 'sound'],
          [anna.actor, 'seen too'],
        ],
      );
      // At the same moment, from two processes.
      const two = await registerExample(database, memoryArtifacts());
      const done = await Promise.all([database, other].map((each) => approve(each, two, 'sound', ben)));
      assert.deepEqual(
        done.map(({ approvals }) => approvals.length),
        [1, 1],
      );
      const told = await readHistory(database, { subject: `model:telco:${two.version}` });
      assert.equal(told.filter(({ event }) => event === 'model.approved').length, 1);
    }));

  test(`${engine}: four eyes: who registered can't approve, force doesn't help, another's approval does`, () =>
    withDatabases(1, async (database) => {
      const one = await registerExample(database, memoryArtifacts(), { fourEyes: true });
      assert.equal(one.fourEyes, true);
      await assert.rejects(approve(database, one, 'mine', anna), refused('registry.refused'));
      await assert.rejects(promote(database, one, anna), refused('registry.refused'));
      await assert.rejects(
        promote(database, one, anna, { force: true, note: 'urgent' }),
        refused('registry.refused'),
      );
      await approve(database, one, 'seen', ben);
      assert.equal((await promote(database, one, anna)).forced, false);
    }));

  test(`${engine}: four eyes: a server that asks for it holds versions that don't, and own approvals don't count`, () =>
    withDatabases(1, async (database) => {
      const one = await registerExample(database, memoryArtifacts());
      await approve(database, one, 'mine, before the server asked', anna);
      const strict = { ...anna, fourEyes: true };
      await assert.rejects(approve(database, one, 'mine', strict), refused('registry.refused'));
      await assert.rejects(promote(database, one, strict), refused('registry.refused'));
      await approve(database, one, 'seen', { ...ben, fourEyes: true });
      await promote(database, one, strict);
    }));

  test(`${engine}: four eyes: a model opened as a file is looked up; its own rule, its version's and the server's count`, () =>
    withDatabases(1, async (database) => {
      const one = await registerExample(database, memoryArtifacts(), { fourEyes: true });
      const loose = await registerExample(database, memoryArtifacts());
      const missing = ({ modelId: id, label }: typeof one, project: object = {}, strict = false) =>
        missingApproval(database, { model: { id, label }, project }, strict);
      assert.equal(await missing(one), 'telco@1');
      assert.equal(await missing(loose), null);
      assert.equal(await missing(loose, {}, true), 'telco@2');
      assert.equal(await missing({ ...one, modelId: 'unknown' }), null);
      const rule = { registry: { fourEyes: true } };
      assert.equal(await missing({ ...one, modelId: 'unknown' }, rule), one.label);
      await approve(database, one, 'seen', ben);
      assert.equal(await missing(one, rule, true), null);
    }));

  test(`${engine}: four eyes: an approved version that its gate refused still needs force`, () =>
    withDatabases(1, async (database) => {
      const one = await registerExample(database, memoryArtifacts(), { fourEyes: true, passed: false });
      await approve(database, one, 'seen', ben);
      await assert.rejects(promote(database, one, anna), refused('registry.refused'));
      assert.equal((await promote(database, one, anna, { force: true, note: 'outage' })).forced, true);
    }));
}
