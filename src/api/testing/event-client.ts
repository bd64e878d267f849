/** Listens to server-sent events as browsers do: remembers ids, and comes back with the last one. */
import assert from 'node:assert/strict';

export interface HeardEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventClient {
  /** The next event; fails when none comes for long. */
  next(): Promise<HeardEvent>;
  take(count: number): Promise<HeardEvent[]>;
  /** What a client would send as `last-event-id`. */
  readonly lastId: string;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

const patienceMs = 60_000;

/** Begins to listen; with `lastId` behind that event. Resolves when the stream is open and its beginning is known. */
export async function listenTo(url: string, lastId?: string, query = ''): Promise<EventClient> {
  const gone = new AbortController();
  const response = await fetch(`${url}/v1/events${query}`, {
    signal: gone.signal,
    headers: lastId === undefined ? {} : { 'last-event-id': lastId },
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  const heard: HeardEvent[] = [];
  const waiting: (() => void)[] = [];
  let last = lastId ?? '';
  let isOpen = false;
  let hasEnded = false;
  const wake = (): void => {
    for (const one of waiting.splice(0)) one();
  };
  const dispatch = (block: string): void => {
    let type = 'message';
    const data: string[] = [];
    for (const line of block.split('\n')) {
      const [, field, value = ''] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
      if (field === 'id') last = value;
      if (field === 'event') type = value;
      if (field === 'data') data.push(value);
    }
    isOpen = true;
    if (data.length > 0) heard.push({ id: last, type, data: JSON.parse(data.join('\n')) });
    wake();
  };
  const ended = (async () => {
    let text = '';
    try {
      for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
        text += part;
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) dispatch(block);
      }
    } catch {
      // Closed here, or cut off: both are an end.
    }
    hasEnded = true;
    wake();
  })();
  const until = async (holds: () => boolean, what: string): Promise<void> => {
    const timer = setTimeout(() => gone.abort(new Error(`no ${what} within ${patienceMs} ms`)), patienceMs);
    while (!holds()) {
      if (hasEnded) assert.fail(`the stream ended before ${what}`);
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    clearTimeout(timer);
  };
  await until(() => isOpen, 'the beginning');
  const next = async (): Promise<HeardEvent> => {
    await until(() => heard.length > 0, 'an event');
    return heard.shift()!;
  };
  return {
    next,
    async take(count) {
      const events: HeardEvent[] = [];
      while (events.length < count) events.push(await next());
      return events;
    },
    get lastId() {
      return last;
    },
    ended,
    close: () => gone.abort(),
  };
}
