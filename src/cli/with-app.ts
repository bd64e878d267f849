/** Opens the application for one command and closes it however the command ends. */
import type { App } from '../app.ts';
import { cliActor } from './actor.ts';
import type { CommandCall } from './command.ts';

export async function withApp<Result>(
  call: CommandCall,
  work: (app: App) => Promise<Result>,
): Promise<Result> {
  // Loaded here: `--help` and wrong words must not wait for it.
  const { openApp } = await import('../app.ts');
  const app = openApp({ progress: call.output.progress, signal: call.signal, actor: cliActor() });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
