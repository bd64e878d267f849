/** A model trained and served by the commands that a person types, in processes of their own. */
import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { newPlace, type Place } from './holdfast.ts';

/** Sends and reads JSON; text is sent as it is. */
export type Post = <Body = Record<string, unknown>>(
  url: string,
  body: unknown,
) => Promise<{ readonly status: number; readonly headers: Headers; readonly body: Body }>;

export interface ServedPlace extends AsyncDisposable {
  readonly place: Place;
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** The first key that was asked for; null without keys. */
  readonly key: string | null;
  readonly post: Post;
}

export interface ServedWish {
  /** Makes `holdfast.yaml` in the place and trains its model. */
  readonly prepare: (place: Place) => Promise<void>;
  /** Scopes of a key; without them there are no keys. */
  readonly keyScopes?: readonly string[];
  readonly port?: number;
  /** `latest` unless said. */
  readonly model?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** More words after `serve`. */
  readonly serve?: readonly string[];
}

export async function servedPlace(wish: ServedWish): Promise<ServedPlace> {
  await using undo = new AsyncDisposableStack();
  const place = undo.use(newPlace(wish.env));
  await wish.prepare(place);
  const key = wish.keyScopes ? await makeKey(place, wish.keyScopes) : null;
  const { child, ended } = place.start(
    'serve',
    ...['--port', String(wish.port ?? 0), '--model', wish.model ?? 'latest', '--rate-limit', '0'],
    ...(wish.serve ?? []),
  );
  undo.defer(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const url = await addressOf(child, ended);
  const undoLater = undo.move();
  return {
    place,
    url,
    port: Number(new URL(url).port),
    child,
    key,
    post: async (path, body) => {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const { status, headers } = response;
      return { status, headers, body: (await response.json()) as never };
    },
    [Symbol.asyncDispose]: () => undoLater.disposeAsync(),
  };
}

/** Runs a command that must succeed. */
export async function must(place: Place, ...words: string[]) {
  const ended = await place.run(...words);
  if (ended.exit !== 0) throw new Error(`holdfast ${words.join(' ')}: ${ended.stderr}`);
  return ended;
}

/** `init` over a table, only one family as candidate, `train`. */
export const trainOne =
  (
    table: string,
    target: string,
    churned: string,
    candidate: string,
    tune: Readonly<Record<string, unknown>> = {},
  ) =>
  async (place: Place): Promise<void> => {
    await must(place, 'init', table, '--target', target, '--churned', churned);
    keepOneCandidate(place, `${candidate}: ${JSON.stringify(tune)}`);
    await must(place, 'train');
  };

/** One of the ready project files over its table, with one family. */
export const trainReady = (config: string, table: string, candidate: string) => async (place: Place) => {
  const file = fileURLToPath(new URL(`../../../config/${config}`, import.meta.url));
  writeFileSync(place.path('holdfast.yaml'), readFileSync(file));
  keepOneCandidate(place, candidate);
  await must(place, 'train', 'holdfast.yaml', '--source', table);
};

function keepOneCandidate(place: Place, candidate: string): void {
  const file = place.path('holdfast.yaml');
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(/( {2}candidates:\n)(?: {4}.*\n)+/, `$1    ${candidate}\n`);
  if (changed === text) throw new Error('the project file has no candidates');
  writeFileSync(file, changed.replace(/folds: \d+/, 'folds: 2'));
}

async function makeKey(place: Place, scopes: readonly string[]): Promise<string> {
  const made = await must(
    place,
    'keys',
    'create',
    'client',
    ...scopes.flatMap((scope) => ['--scope', scope]),
    '--json',
  );
  return made.json<{ key: string }>().key;
}

/** The address that the server tells when it is ready. */
export async function addressOf(child: ChildProcess, ended: Promise<unknown>): Promise<string> {
  let said = '';
  const ready = new Promise<string>((resolve) => {
    child.stderr!.on('data', (text: string) => {
      said += text;
      const found = /Serving .* on (http:\/\/\S+?);/.exec(said);
      if (found) resolve(found[1]!);
    });
  });
  const address = await Promise.race([ready, ended.then(() => null)]);
  if (address === null) throw new Error(`holdfast serve ended: ${said}`);
  return address;
}
