/**
 * How much the one who asks can do himself: the telco customers sent to a server that answers without looking at them. Prints
 * one line. Far above 2,000 a second, or the comparison would measure its own clock.
 */
import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { freePort } from '../../src/store/testing/free-port.ts';
import { addToHistory } from './history.ts';
import { offerLoad } from './load.ts';
import { telcoRows } from './telco-rows.ts';

const port = await freePort();
const bare = `require('node:http').createServer((q, s) => { q.resume(); q.on('end', () => s.end('{}')); }).listen(${port}, '127.0.0.1', () => console.log('up'))`;
const child = spawn(process.execPath, ['-e', bare], { stdio: ['ignore', 'pipe', 'inherit'] });
await new Promise((resolve) => child.stdout.once('data', resolve));
try {
  const bodies = telcoRows().map((row) => JSON.stringify(row));
  const target = { host: '127.0.0.1', port, path: '/', bodies, connections: 50, seconds: 5 };
  await offerLoad({ ...target, rate: null, seconds: 2 }, () => {});
  const closed = await offerLoad({ ...target, rate: null }, () => {});
  const own = process.cpuUsage();
  const open = await offerLoad({ ...target, rate: 2000 }, () => {});
  const { user, system } = process.cpuUsage(own);
  const p95 = open.latenciesMs[Math.floor(0.95 * open.ok)]!;
  const line = `asker: load ${loadavg()[0]!.toFixed(1)}: ${(closed.ok / closed.seconds).toFixed(0)}/s over 50 connections from a server that only answers; at 2,000/s ${((user + system) / open.sent).toFixed(0)} us CPU a request of its own, p95 ${p95.toFixed(1)} ms, ${open.errors + closed.errors} errors`;
  console.log(line);
  addToHistory(line);
} finally {
  child.kill();
}
