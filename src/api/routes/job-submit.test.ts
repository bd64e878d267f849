/** Asking for a job: what fits waits, what does not is refused with its field, and nothing leaves the project folder. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { allJobKinds } from '../jobs/kinds/all.ts';
import { type JobServer, jobServer } from '../testing/job-server.ts';

let server: JobServer;
before(async () => {
  server = await jobServer();
  writeFileSync(join(server.folder, 'customers.csv'), 'a,b\n1,2\n');
  writeFileSync(join(server.folder, 'holdfast.yaml'), 'version: 1\n');
  mkdirSync(join(server.folder, 'below'));
  writeFileSync(join(server.folder, 'below', 'more.csv'), 'a,b\n1,2\n');
  symlinkSync('/etc', join(server.folder, 'out-of-here'));
  symlinkSync('/etc/passwd', join(server.folder, 'link.csv'));
  symlinkSync('/nowhere/at-all.csv', join(server.folder, 'dangling.csv'));
});
after(() => server?.[Symbol.asyncDispose]());

interface Refused {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}
const submit = <Body = Refused>(kind: unknown, args: unknown) =>
  server.ask<Body>('POST', '/v1/jobs', { kind, args });

test('POST /v1/jobs: every kind takes its example, says where the job is, and fills in what was left out', async () => {
  for (const file of ['next-month.csv', 'new-customers.csv'])
    writeFileSync(join(server.folder, file), 'a,b\n1,2\n');
  for (const { id, example } of allJobKinds) {
    const { status, headers, body } = await submit<{ id: string; args: object; status: string }>(id, example);
    assert.equal(status, 202, `${id}: ${JSON.stringify(body)}`);
    assert.equal(headers.get('location'), `/v1/jobs/${body.id}`);
    assert.deepEqual(body.args, { ...body.args, ...example });
    assert.equal(body.status, 'queued');
  }
});

test('each invalid field is named, and only those of the kind that was asked for', async () => {
  const cases: [unknown, unknown, string[]][] = [
    ['score', { data: 'customers.csv', out: 'o.csv' }, ['/args']],
    ['score', { model: 'latest', data: 7, out: 'o.csv', reasons: 99 }, ['/args/data', '/args/reasons']],
    ['score', { model: 'latest', data: 'a\u0000b', out: 'o.csv' }, ['/args/data']],
    ['train', { seed: -1, surprise: 1 }, ['/args', '/args/seed']],
    ['evaluate', { model: 'latest', data: 'customers.csv', cutoff: '2026-02-30' }, ['/args/cutoff']],
    ['explain', { model: 'latest', data: 'customers.csv', row: 0, out: 'x.exe' }, ['/args/row', '/args/out']],
    ['format-disk', {}, ['/kind']],
    ['score', undefined, ['']],
  ];
  for (const [kind, args, paths] of cases) {
    const { status, body } = await submit(kind, args);
    const about = JSON.stringify(body);
    assert.deepEqual([status, body.code], [422, 'request.invalid'], about);
    assert.deepEqual([...new Set(body.errors!.map(({ path }) => path))].toSorted(), paths.toSorted(), about);
  }
});

test('what is wrong is one sentence: the kinds there are, the arguments that are missing', async () => {
  const kinds = allJobKinds.map(({ id }) => id).join(', ');
  for (const [kind, args, detail] of [
    ['nonsense', undefined, `kind must be one of ${kinds}`],
    [undefined, undefined, 'the body must hold kind'],
    ['score', undefined, 'the body must hold args, with model, data, out'],
    ['score', { model: 'latest', data: 'customers.csv' }, 'args must hold out'],
    ['score', 7, 'args must be a JSON object'],
    ['inspect', { data: '../secret.csv', target: 'b' }, /^\.\.\/secret\.csv: a job reads/],
  ] as const) {
    const { body } = await submit(kind, args);
    if (typeof detail === 'string') assert.equal(body.detail, detail);
    else assert.match(body.detail, detail);
  }
});

test('a kind whose arguments may all be left out needs none', async () => {
  const { status, body } = await submit<{ args: object }>('train', undefined);
  assert.deepEqual([status, body.args], [202, { project: 'holdfast.yaml' }], JSON.stringify(body));
});

test('a path that leaves the project folder, or leads out of it by a link, is refused before anything is read', async () => {
  const outside = [
    '../customers.csv',
    '/etc/passwd',
    'below/../../x.csv',
    'link.csv',
    'out-of-here/passwd',
    '.',
  ];
  for (const data of outside) {
    const { status, body } = await submit('inspect', { data, target: 'b' });
    assert.deepEqual([status, body.code], [422, 'job.path'], `${data}: ${JSON.stringify(body)}`);
  }
  const targets = [
    '../o.csv',
    '/tmp/o.csv',
    'out-of-here/o.csv',
    'dangling.csv',
    '.holdfast/o.csv',
    'new/../../o.csv',
  ];
  for (const out of targets) {
    const { status, body } = await submit('generate', { out, overwrite: true });
    assert.deepEqual([status, body.code], [422, 'job.path'], `${out}: ${JSON.stringify(body)}`);
  }
  for (const model of ['../m.holdfast', '/etc/m.holdfast', '.holdfast/models/m.holdfast']) {
    const { status, body } = await submit('report', { model, out: 'new' });
    assert.deepEqual([status, body.code], [422, 'job.path'], JSON.stringify(body));
  }
});

test('what is not there is not found, what is there is not replaced unless that is asked for', async () => {
  for (const data of ['missing.csv', 'below', 'customers.csv/more']) {
    const { status, body } = await submit('inspect', { data, target: 'b' });
    assert.ok(status === 404 || body.code === 'job.path', `${data}: ${JSON.stringify(body)}`);
  }
  const there = await submit('generate', { out: 'customers.csv' });
  assert.deepEqual([there.status, there.body.code], [409, 'job.exists']);
  const again = await submit<{ status: string }>('generate', { out: 'customers.csv', overwrite: true });
  assert.deepEqual([again.status, again.body.status], [202, 'queued']);
  assert.equal((await submit('inspect', { data: 'below/more.csv', target: 'b' })).status, 202);
});
