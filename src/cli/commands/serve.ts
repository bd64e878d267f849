/** `holdfast serve`: a model behind an HTTP API whose answers are in the log. */
import { setFlagsFromString } from 'node:v8';
import type { RunningServer, ServeOptions } from '../../api/serve.ts';
import type { App } from '../../app.ts';
import { exitCode, ParamError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import { type CommandCall, defineCommand, textOption } from '../command.ts';
import { failureOf, failureText } from '../failure.ts';
import { withApp } from '../with-app.ts';

export const serve = defineCommand({
  id: 'serve',
  group: 'Use a model',
  summary: 'answer over HTTP, with every answer in the log',
  args: [],
  options: [
    { flags: '--host <address>', about: 'where to listen (default 127.0.0.1)' },
    { flags: '--port <n>', about: 'which port (default 8000; 0 for any free one)' },
    {
      flags: '--model <reference>',
      about: 'champion, NAME@champion, latest, a label, an id or a file (default champion)',
    },
    {
      flags: '--rate-limit <n>',
      about: 'requests a second that one key or address may make (default 5000; 0 for no bound)',
    },
    {
      flags: '--durability <kind>',
      about: 'full: answered when it is on the disk (default); fast: answered at once, written within 50 ms',
    },
    { flags: '--workers <n>', about: 'processes that answer, best one a core (default 1)' },
  ],
  examples: [
    'holdfast serve',
    'holdfast serve --port 9000 --model telco@latest',
    'holdfast serve --workers 4',
  ],
  async run(call) {
    const options = {
      host: textOption(call, 'host') ?? '127.0.0.1',
      port: portOption(call),
      model: textOption(call, 'model') ?? 'champion',
      durability: durabilityOption(call),
      ...rateOption(call),
    };
    const workers = workersOption(call);
    setFlagsFromString(smallYoungMemory);
    return withApp(call, async (app) => {
      const { logLevelOf } = await import('../../api/log.ts');
      const { idleAtStopMs } = await import('../../api/server-limits.ts');
      const server = await start(
        app,
        { ...options, idleAtStopMs, logLevel: logLevelOf(process.env) },
        workers,
      );
      using _reload = reloadOnHangUp(server, call.output.warn);
      for (const warning of server.warnings) call.output.warn(warning);
      call.output.warn(`Serving ${server.model.name} ${server.model.label} on ${server.url}; Ctrl-C to stop`);
      const stopped = Promise.withResolvers<void>();
      call.signal.addEventListener('abort', () => stopped.resolve());
      if (call.signal.aborted) stopped.resolve();
      try {
        await Promise.race([stopped.promise, ...(server.broken ? [server.broken] : [])]);
      } finally {
        await server.stop();
      }
      return exitCode.done;
    });
  },
});

type Running = Pick<RunningServer, 'url' | 'model' | 'warnings' | 'stop' | 'reload'> & {
  readonly broken?: Promise<never>;
};

/** One process, or several and their supervisor: each is loaded only where it is asked for. */
async function start(app: App, options: ServeOptions, workers: number): Promise<Running> {
  if (workers === 1) return (await import('../../api/serve.ts')).serve(app, options);
  const { serveWithWorkers } = await import('../../api/serve-workers.ts');
  return serveWithWorkers(app, { ...options, workers, v8Flags: [smallYoungMemory] });
}

/** SIGHUP, as servers have it: read anew what may have changed, without leaving anybody unanswered. */
function reloadOnHangUp({ reload }: Running, say: (line: string) => void): Disposable {
  const heard = (): void => {
    reload().then(
      () => say('Reloaded'),
      (error: unknown) => say(`Not reloaded, what answered before goes on: ${failureText(failureOf(error))}`),
    );
  };
  process.on('SIGHUP', heard);
  return { [Symbol.dispose]: () => void process.off('SIGHUP', heard) };
}

/**
 * What a request leaves behind is dead within milliseconds, so room for megabytes of it buys little time: measured at
 * 1,000 requests a second the process stays 60 MB smaller for 5 to 10% more CPU. V8 reads it whenever that room would grow.
 */
const smallYoungMemory = '--semi-space-growth-factor=1';

function workersOption(call: CommandCall): number {
  const text = textOption(call, 'workers') ?? '1';
  const workers = Number(text);
  if (/^\d+$/.test(text) && workers >= 1 && workers <= 64) return workers;
  throw new ParamError(
    'usage.argument',
    `serve: --workers must be a whole number from 1 to 64, got ${printable(text)}`,
    { option: 'workers' },
  );
}

function portOption(call: CommandCall): number {
  const text = textOption(call, 'port') ?? '8000';
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new ParamError(
    'usage.argument',
    `serve: --port must be a whole number from 0 to 65535, got ${printable(text)}`,
    {
      option: 'port',
    },
  );
}

function rateOption(call: CommandCall): { readonly ratePerSecond?: number } {
  const text = textOption(call, 'rateLimit');
  if (text === undefined) return {};
  if (/^\d{1,9}$/.test(text)) return { ratePerSecond: Number(text) };
  throw new ParamError(
    'usage.argument',
    `serve: --rate-limit must be a whole number of requests a second, 0 for no bound, got ${printable(text)}`,
    { option: 'rate-limit' },
  );
}

function durabilityOption(call: CommandCall): 'full' | 'fast' {
  const text = textOption(call, 'durability') ?? 'full';
  if (text === 'full' || text === 'fast') return text;
  throw new ParamError('usage.argument', `serve: --durability must be full or fast, got ${printable(text)}`, {
    option: 'durability',
  });
}
