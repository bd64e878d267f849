/** The words of a command that starts a server. */
import type { ServeOptions } from '../api/serve.ts';
import { ParamError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import { type CommandCall, textOption } from './command.ts';

export interface ServerWords extends ServeOptions {
  readonly workers: number;
}

export const hostAndPort = [
  { flags: '--host <address>', about: 'where to listen (default 127.0.0.1)' },
  { flags: '--port <n>', about: 'which port (default 8000; 0 for any free one)' },
] as const;

/** What a command doesn't offer has its default. */
export function serverWords(who: string, call: CommandCall): ServerWords {
  return {
    host: textOption(call, 'host') ?? '127.0.0.1',
    port: portOption(who, call),
    model: textOption(call, 'model') ?? 'champion',
    durability: durabilityOption(who, call),
    ...rateOption(who, call),
    workers: workersOption(who, call),
  };
}

function workersOption(who: string, call: CommandCall): number {
  const text = textOption(call, 'workers') ?? '1';
  const workers = Number(text);
  if (/^\d+$/.test(text) && workers >= 1 && workers <= 64) return workers;
  throw new ParamError(
    'usage.argument',
    `${who}: --workers must be a whole number from 1 to 64, got ${printable(text)}`,
    { option: 'workers' },
  );
}

function portOption(who: string, call: CommandCall): number {
  const text = textOption(call, 'port') ?? '8000';
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new ParamError(
    'usage.argument',
    `${who}: --port must be a whole number from 0 to 65535, got ${printable(text)}`,
    {
      option: 'port',
    },
  );
}

function rateOption(who: string, call: CommandCall): { readonly ratePerSecond?: number } {
  const text = textOption(call, 'rateLimit');
  if (text === undefined) return {};
  if (/^\d{1,9}$/.test(text)) return { ratePerSecond: Number(text) };
  throw new ParamError(
    'usage.argument',
    `${who}: --rate-limit must be a whole number of requests a second, 0 for no bound, got ${printable(text)}`,
    { option: 'rate-limit' },
  );
}

function durabilityOption(who: string, call: CommandCall): 'full' | 'fast' {
  const text = textOption(call, 'durability') ?? 'full';
  if (text === 'full' || text === 'fast') return text;
  throw new ParamError(
    'usage.argument',
    `${who}: --durability must be full or fast, got ${printable(text)}`,
    {
      option: 'durability',
    },
  );
}
