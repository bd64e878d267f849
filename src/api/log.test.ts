import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stoppedClock } from '../base/clock.ts';
import { UnavailableError } from '../base/errors.ts';
import { type LogLevel, logLevelOf, serverLog } from './log.ts';
import { bareRoute, bareServer } from './testing/bare.ts';

function kept(level: LogLevel) {
  const lines: string[] = [];
  const log = serverLog(level, stoppedClock(0), { write: (line) => void lines.push(line) });
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test('log: a line a request with route, status and time, and nothing of what was sent', async () => {
  const { log, lines, parsed } = kept('info');
  await using server = await bareServer([bareRoute()], { log });
  const secrets = { authorization: 'Bearer hf_secret-1', 'user-agent': 'secret-2' };
  await fetch(`${server.url}/bare?customer=secret-3`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...secrets },
    body: '{"name":"secret-4"}',
  });
  await fetch(`${server.url}/secret-5`);
  const [first, second] = parsed();
  const { ms, requestId, ...rest } = first!;
  assert.deepEqual(rest, {
    ...{ level: 'info', time: '1970-01-01T00:00:00.000Z', msg: 'answered' },
    ...{ route: 'bare', method: 'POST', status: 200, keyId: null },
  });
  assert.ok(typeof ms === 'number' && ms > 0 && ms < 60_000);
  assert.match(requestId as string, /^[0-9a-f-]{36}$/);
  assert.deepEqual([second!.route, second!.status], [null, 404]);
  assert.doesNotMatch(lines.join(''), /secret/);
});

test('log: at warn only what went wrong; a defect with its places, never its text', () => {
  const { log, lines, parsed } = kept('warn');
  log.answered({ requestId: 'r', route: 'bare', method: 'GET', status: 200, ms: 1, keyId: null });
  log.event('started', {});
  log.failed('r1', 500, new TypeError('value secret-1 is wrong'));
  log.failed('r2', 503, new UnavailableError('store.unavailable', 'database: it does not answer'));
  const [defect, unavailable] = parsed();
  assert.equal(lines.length, 2);
  assert.deepEqual([defect!.level, defect!.requestId, defect!.code], ['error', 'r1', 'internal.defect']);
  assert.match(JSON.stringify(defect!.stack), /TypeError.*log\.test\.ts/);
  assert.deepEqual([unavailable!.level, unavailable!.reason], ['warn', 'database: it does not answer']);
  assert.doesNotMatch(lines.join(''), /secret-1/);
});

test('log: why requests fail by the thousand is told once a second and code, with how many were not', () => {
  let now = 0;
  const lines: string[] = [];
  const clock = { ...stoppedClock(), now: () => now };
  const log = serverLog('warn', clock, { write: (line) => void lines.push(line) });
  const away = new UnavailableError('store.unavailable', 'database: away');
  const fail = (): void => log.failed('r', 503, away);
  for (let i = 0; i < 500; i++) fail();
  log.failed('r', 503, new UnavailableError('store.full', 'database: full'));
  for (const at of [1000, 1500, -5000]) {
    now = at;
    fail();
  }
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)).map(({ code, untold }) => [code, untold]),
    [
      ['store.unavailable', undefined],
      ['store.full', undefined],
      ['store.unavailable', 499],
      ['store.unavailable', 1],
    ],
  );
});

test('log: the level comes from HOLDFAST_LOG_LEVEL, warn by default, and a wrong one is told', () => {
  assert.equal(logLevelOf({}), 'warn');
  assert.equal(logLevelOf({ HOLDFAST_LOG_LEVEL: 'debug' }), 'debug');
  assert.throws(() => logLevelOf({ HOLDFAST_LOG_LEVEL: 'loud' }), {
    code: 'usage.argument',
    message: /HOLDFAST_LOG_LEVEL must be one of .*got loud/,
  });
});
