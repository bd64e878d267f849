import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError } from '../../../base/errors.ts';
import { readHistory, verifyHistory } from '../../../store/history.ts';
import { exampleCatalogue } from '../../../store/testing/example-model.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { readZip, writeZip } from '../../../store/zip.ts';
import { approve } from '../../approve.ts';
import { describeVersion } from '../../describe.ts';
import { openVersion } from '../../open-version.ts';
import { promote } from '../../promote.ts';
import { exportVersion, importVersion } from '../../transfer.ts';
import { getVersion, listVersions } from '../../versions.ts';
import { anna, at, ben, memoryArtifacts, registerExample } from '../registered.ts';

export function transferSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: export and import: the model and its words arrive, its rights don't, its history is kept`, () =>
    withDatabases(1, async (from) =>
      withDatabases(1, async (to) => {
        const here = memoryArtifacts();
        const there = memoryArtifacts();
        const one = await registerExample(from, here, { by: ben });
        await approve(from, one, 'sound', anna);
        await promote(from, one, anna);
        await describeVersion(from, one, { description: 'Spring', tags: { team: 'x' } }, anna);
        const bytes = await exportVersion(from, here, await getVersion(from, one));
        assert.deepEqual(bytes, await exportVersion(from, here, await getVersion(from, one)));
        await registerExample(to, there);
        const file = { who: 'telco.zip', bytes };
        const { version, isNew } = await importVersion(to, there, file, exampleCatalogue, at(5, anna));
        assert.equal(isNew, true);
        assert.deepEqual(
          [version.version, version.stage, version.aliases, version.approvals, version.registeredBy],
          [2, 'None', [], [], anna.actor],
        );
        assert.deepEqual([version.description, version.tags], ['Spring', { team: 'x' }]);
        assert.equal((await openVersion(there, version, exampleCatalogue)).manifest.model.id, one.modelId);
        const told = (await readHistory(to)).find(({ event }) => event === 'model.imported')!;
        const kept = JSON.parse(
          new TextDecoder().decode(await there.read(told.details.historySha256 as string)),
        ) as { event: string }[];
        assert.equal(kept.length, told.details.historyEntries);
        assert.ok(kept.some(({ event }) => event === 'model.approved'));
        assert.equal((await importVersion(to, there, file, exampleCatalogue, anna)).isNew, false);
        assert.equal((await verifyHistory(to)).brokenAt, null);
      }),
    ));

  test(`${engine}: import: a file whose parts don't belong together is refused and nothing is registered`, () =>
    withDatabases(1, async (from) =>
      withDatabases(1, async (to) => {
        const here = memoryArtifacts();
        const one = await registerExample(from, here);
        const other = await registerExample(from, here);
        const parts = await readZip('x', await exportVersion(from, here, one));
        const otherParts = await readZip('x', await exportVersion(from, here, other));
        const text = (name: string) => new TextDecoder().decode(parts[name]);
        const utf8 = (content: string) => new TextEncoder().encode(content);
        const cases: [string, Record<string, Uint8Array>][] = [
          ['another model', { ...parts, 'model.holdfast': otherParts['model.holdfast']! }],
          ['another entry', { ...parts, 'entry.json': otherParts['entry.json']! }],
          [
            'another entry with its hash',
            {
              ...parts,
              'entry.json': otherParts['entry.json']!,
              'entry.sha256': otherParts['entry.sha256']!,
            },
          ],
          [
            'a changed history',
            { ...parts, 'history.json': utf8(text('history.json').replace('cli:anna', 'cli:ben')) },
          ],
          ['no history', { 'model.holdfast': parts['model.holdfast']!, 'entry.json': parts['entry.json']! }],
          ['no zip', {}],
        ];
        for (const [what, changed] of cases) {
          const bytes = what === 'no zip' ? utf8('nothing') : await writeZip(changed);
          const there = memoryArtifacts();
          await assert.rejects(
            importVersion(to, there, { who: 'x.zip', bytes }, exampleCatalogue, anna),
            (error) => error instanceof HoldfastError && error.code === 'model.damaged',
            what,
          );
          assert.deepEqual(await there.list(), [], what);
        }
        assert.deepEqual(await listVersions(to), []);
      }),
    ));

  test(`${engine}: import: a history rewritten with new part hashes is refused by its own hashes`, () =>
    withDatabases(1, async (from) =>
      withDatabases(1, async (to) => {
        const here = memoryArtifacts();
        const one = await registerExample(from, here);
        const parts = await readZip('x', await exportVersion(from, here, one));
        const { sha256 } = await import('../../../base/hash.ts');
        const decode = (name: string) => new TextDecoder().decode(parts[name]);
        const history = new TextEncoder().encode(decode('history.json').replace('cli:anna', 'cli:ben'));
        const entry = new TextEncoder().encode(
          decode('entry.json').replace(sha256(parts['history.json']!), sha256(history)),
        );
        const bytes = await writeZip({
          'model.holdfast': parts['model.holdfast']!,
          'history.json': history,
          'entry.json': entry,
          'entry.sha256': new TextEncoder().encode(sha256(entry)),
        });
        await assert.rejects(
          importVersion(to, memoryArtifacts(), { who: 'x.zip', bytes }, exampleCatalogue, anna),
          /its history doesn't hold at entry 1/,
        );
      }),
    ));
}
