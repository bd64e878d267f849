/** A real toxiproxy: a way to a server that can be made slow, cut or silent while the test runs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';

/** See toxiproxy's own list of toxics. */
export type Toxic =
  | { readonly type: 'latency'; readonly attributes: { readonly latency: number; readonly jitter?: number } }
  | { readonly type: 'reset_peer'; readonly attributes: { readonly timeout: number } }
  /** `timeout: 0`: no byte passes and nothing is closed. */
  | { readonly type: 'timeout'; readonly attributes: { readonly timeout: number } }
  /** Kilobytes a second. */
  | { readonly type: 'bandwidth'; readonly attributes: { readonly rate: number } };

export interface BrokenWay extends AsyncDisposable {
  readonly port: number;
  /** Both ways, for connections that are open and for new ones. */
  poison(toxic: Toxic): Promise<void>;
  /** Open connections are closed, new ones refused. */
  cut(): Promise<void>;
  /** As if nothing had been; what was lost on the way stays lost. */
  heal(): Promise<void>;
}

/** `port`: of a server on this machine. */
export async function brokenWay(port: number): Promise<BrokenWay> {
  const control = await freePort();
  const child: ChildProcess = spawn(program(), ['-host', '127.0.0.1', '-port', String(control)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let said = '';
  child.stderr!.on('data', (part: Buffer) => {
    said = `${said}${part}`.slice(-2000);
  });
  const ask = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const response = await fetch(`http://127.0.0.1:${control}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`toxiproxy: ${method} ${path} gave ${response.status}: ${text}`);
    return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
  };
  for (let waitedMs = 0; !(await ask('GET', '/version').catch(() => null)); waitedMs += 20) {
    if (child.exitCode !== null || waitedMs > 30_000) throw new Error(`toxiproxy did not start: ${said}`);
    await pause(20);
  }
  const way = { name: 'way', listen: '127.0.0.1:0', upstream: `127.0.0.1:${port}`, enabled: true };
  const listen = String((await ask('POST', '/proxies', way)).listen);
  return {
    port: Number(listen.slice(listen.lastIndexOf(':') + 1)),
    async poison(toxic) {
      for (const stream of ['upstream', 'downstream'])
        await ask('POST', '/proxies/way/toxics', { ...toxic, stream, toxicity: 1 });
    },
    cut: async () => void (await ask('POST', '/proxies/way', { enabled: false })),
    heal: async () => void (await ask('POST', '/reset')),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function program(): string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const found = [process.env.TOXIPROXY, join(cache, 'holdfast/toxiproxy-v2.12.0/server')].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (found === undefined)
    throw new Error('no toxiproxy on this machine; run: sh tools/install-toxiproxy.sh');
  return found;
}
