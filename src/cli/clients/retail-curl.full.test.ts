/**
 * The retail document's commands, cut out of the document and run as they stand, against a model of its own table. Where
 * port 8000 is taken by another program the number alone is changed.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { sharedData } from '../../../tools/shared-data.ts';
import { servedPlace, trainReady } from '../testing/served-place.ts';

const table = sharedData('storedata_total.xlsx');
const document = sharedData('../requirements/2-retail.md');
const skip =
  table && document
    ? false
    : 'the document and its table stand beside the project only where it is developed';

/** Each with its comment lines left behind, and lines that go on joined to it. */
function curlCommands(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, block]) => block!);
  return blocks.flatMap((block) => block.split(/\n(?=curl |#)/).filter((part) => part.startsWith('curl ')));
}

/** The status first, then the body. */
function runInShell(command: string): Promise<{ status: number; body: string }> {
  const asked = command
    .trimEnd()
    .replace(/^curl /, `curl --silent --max-time 60 --write-out '\\n%{http_code}' `);
  return new Promise((resolve, reject) => {
    execFile('bash', ['-c', asked], (error, stdout) => {
      if (error) return reject(error);
      const at = stdout.lastIndexOf('\n');
      resolve({ status: Number(stdout.slice(at + 1)), body: stdout.slice(0, at) });
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

test('the curl commands of the retail document answer 200 on a model of its table with all columns kept', {
  skip,
}, async (t) => {
  const commands = curlCommands(readFileSync(document!, 'utf8'));
  assert.deepEqual(
    commands.map((command) => /http:\/\/localhost:8000(\/\w+)/.exec(command)?.[1]),
    ['/health', '/predict', '/metrics'],
  );
  const port = (await isFree(8000)) ? 8000 : 0;
  await using served = await servedPlace({
    prepare: trainReady(
      'store-three-families.yaml',
      table!,
      'logistic-regression: { l2: 1, classWeight: balanced }',
    ),
    port,
  });
  if (served.port !== 8000) t.diagnostic(`port 8000 is taken: asked at ${served.port}`);
  const ran: Awaited<ReturnType<typeof runInShell>>[] = [];
  for (const command of commands)
    ran.push(await runInShell(command.replace('localhost:8000', `localhost:${served.port}`)));
  assert.deepEqual(
    ran.map(({ status }) => status),
    [200, 200, 200],
    ran[1]!.body,
  );
  const [health, predicted, metrics] = ran.map(({ body }) => body);
  assert.deepEqual(JSON.parse(health!), { status: 'alive' });
  const answer = JSON.parse(predicted!) as Record<string, unknown>;
  assert.ok((answer.churnProbability as number) > 0 && (answer.churnProbability as number) < 1);
  assert.equal(typeof answer.churn, 'boolean');
  assert.match(metrics!, /holdfast_[a-z_]*\{[^}]*route="predict"[^}]*\} 1\n/);
  // The whole of it is in the log.
  const page = (await (await fetch(`${served.url}/v1/predictions`)).json()) as {
    predictions: { requestId: string; churnProbability: number }[];
  };
  assert.deepEqual(
    page.predictions.map(({ requestId, churnProbability }) => [requestId, churnProbability]),
    [[answer.requestId, answer.churnProbability]],
  );
});
