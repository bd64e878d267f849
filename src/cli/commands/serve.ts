/** `holdfast serve`: a model behind an HTTP API whose answers are in the log. */
import { exitCode, ParamError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import { type CommandCall, defineCommand, textOption } from '../command.ts';
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
      flags: '--durability <kind>',
      about: 'full: answered when it is on the disk (default); fast: answered at once, written within 50 ms',
    },
  ],
  examples: ['holdfast serve', 'holdfast serve --port 9000 --model telco@latest'],
  async run(call) {
    const options = {
      host: textOption(call, 'host') ?? '127.0.0.1',
      port: portOption(call),
      model: textOption(call, 'model') ?? 'champion',
      durability: durabilityOption(call),
    };
    return withApp(call, async (app) => {
      const { serve: start } = await import('../../api/serve.ts');
      const server = await start(app, options);
      for (const warning of server.warnings) call.output.warn(warning);
      call.output.warn(`Serving ${server.model.name} ${server.model.label} on ${server.url}; Ctrl-C to stop`);
      if (!call.signal.aborted)
        await new Promise<void>((resolve) => call.signal.addEventListener('abort', () => resolve()));
      await server.stop();
      return exitCode.done;
    });
  },
});

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

function durabilityOption(call: CommandCall): 'full' | 'fast' {
  const text = textOption(call, 'durability') ?? 'full';
  if (text === 'full' || text === 'fast') return text;
  throw new ParamError('usage.argument', `serve: --durability must be full or fast, got ${printable(text)}`, {
    option: 'durability',
  });
}
