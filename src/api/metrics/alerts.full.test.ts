/** The rules and the dashboard of `deploy/` against Prometheus' own checker and against what a server tells. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bareServer, nobody } from '../testing/bare.ts';
import { supervisorMetrics } from '../workers/supervisor-metrics.ts';
import { createMetrics } from './metrics.ts';

const folder = fileURLToPath(new URL('../../../deploy/', import.meta.url));
const promtool = process.env.PROMTOOL ?? 'promtool';

function run(...args: string[]): void {
  const { status, stdout, stderr, error } = spawnSync(promtool, args, {
    cwd: `${folder}prometheus`,
    encoding: 'utf8',
  });
  assert.ok(!error, `promtool is not here: sh tools/install-prometheus.sh (${error?.message})`);
  assert.equal(status, 0, `${stdout}${stderr}`);
}

test('promtool: configuration and rules are valid, and alerts fire when they should and only then', () => {
  run('check', 'config', 'prometheus.yml');
  run('test', 'rules', 'rules.test.yml');
});

test('promtool: what a server tells is in the format of Prometheus', async () => {
  await using server = await bareServer([]);
  const told = await server.context.metrics.text();
  const { status, stderr, stdout } = spawnSync(promtool, ['check', 'metrics'], {
    input: told,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr + stdout);
});

test('rules and dashboard ask for metrics and labels that a server has, and every rule has a test', async () => {
  const metrics = createMetrics({ routes: ['predict'], waiting: () => 0, served: nobody });
  metrics.watch({ write: async () => ({ repeated: new Set() }), close: async () => {} });
  const told = await metrics.text();
  metrics.stop();
  const ofWorkers = supervisorMetrics({ workers: 2, restarts: 0, writerRestarts: 0 });
  const known = new Set([
    ...[...told.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!),
    ...ofWorkers.map(({ name }) => name),
  ]);
  const rules = readFileSync(`${folder}prometheus/rules.yml`, 'utf8');
  const recorded = new Set([...rules.matchAll(/record: (\S+)/g)].map(([, name]) => name!));
  const dashboard = readFileSync(`${folder}grafana/dashboard.json`, 'utf8');
  const asked = [
    ...`${rules}${dashboard}`.matchAll(/\b(?:holdfast|nodejs|process)_[a-z0-9_]+|holdfast:[a-z_:0-9]+/g),
  ].map(([name]) => name);
  assert.ok(new Set(asked).size >= 14);
  for (const name of asked) {
    const base = name.replace(/_(bucket|sum|count)$/, '');
    assert.ok(known.has(name) || known.has(base) || recorded.has(name), name);
  }
  const tests = readFileSync(`${folder}prometheus/rules.test.yml`, 'utf8');
  for (const [, alert] of rules.matchAll(/alert: (\S+)/g)) {
    const fired = new RegExp(`alertname: ${alert}\\n\\s+exp_alerts`);
    assert.match(tests, fired, `${alert} never fires in a test`);
  }
});
