/** Runs the server of a command until it is told to stop. */
import { setFlagsFromString } from 'node:v8';
import type { RunningServer, ServeOptions } from '../api/serve.ts';
import type { App } from '../app.ts';
import { exitCode } from '../base/errors.ts';
import type { CommandCall } from './command.ts';
import { failureOf, failureText } from './failure.ts';
import type { ServerWords } from './server-options.ts';
import { withApp } from './with-app.ts';

/** `alsoSay`: lines after the one that says it is ready. */
export function runServer(
  call: CommandCall,
  { workers, ...options }: ServerWords,
  alsoSay: (url: string) => readonly string[] = () => [],
): Promise<number> {
  setFlagsFromString(smallYoungMemory);
  return withApp(call, async (app) => {
    const { logLevelOf } = await import('../api/log.ts');
    const { idleAtStopMs } = await import('../api/server-limits.ts');
    const logLevel = logLevelOf(process.env);
    const server = await start(app, { ...options, idleAtStopMs, logLevel }, workers);
    using _reload = reloadOnHangUp(server, call);
    for (const warning of server.warnings) call.output.warn(warning);
    const { name, label } = server.model;
    call.output.warn(`Serving ${name} ${label} on ${server.url}; Ctrl-C to stop`);
    for (const line of alsoSay(server.url)) call.output.warn(line);
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
}

type Running = Pick<RunningServer, 'url' | 'model' | 'warnings' | 'stop' | 'reload'> & {
  readonly broken?: Promise<never>;
};

/** One process, or several and their supervisor: each is loaded only where it is asked for. */
async function start(app: App, options: ServeOptions, workers: number): Promise<Running> {
  if (workers === 1) return (await import('../api/serve.ts')).serve(app, options);
  const { serveWithWorkers } = await import('../api/serve-workers.ts');
  return serveWithWorkers(app, { ...options, workers, v8Flags: [smallYoungMemory] });
}

/** SIGHUP, as servers have it: read anew what may have changed, without leaving anybody unanswered. */
function reloadOnHangUp(
  { reload }: Running,
  { output, signal }: Pick<CommandCall, 'output' | 'signal'>,
): Disposable {
  const heard = (): void => {
    reload().then(
      () => output.warn('Reloaded'),
      (error: unknown) => {
        // Who stops meanwhile does not wait for it, and what answered before does not go on.
        if (!signal.aborted)
          output.warn(`Not reloaded, what answered before goes on: ${failureText(failureOf(error))}`);
      },
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
