/**
 * Offers requests over HTTP/1.1 to a server and times the answers, on plain sockets so that the one who measures
 * stays far from his own limits.
 *
 * Open loop: a request is due at its moment whatever became of those before, and its latency counts from that moment,
 * also while it waits here for a free connection (else a server that stalls would be asked less and look better).
 * Closed loop, for servers that can't keep up: each connection sends the next request when it has its answer.
 */
import { createConnection, type Socket } from 'node:net';

export interface LoadOptions {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** JSON texts, sent in turn. */
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second; null: closed loop. */
  readonly rate: number | null;
}

/** One answer, or that there was none. */
export interface Answered {
  /** Which of the bodies. */
  readonly body: number;
  /** 0: the connection broke. */
  readonly status: number;
  readonly latencyMs: number;
  readonly text: string;
}

export interface LoadResult {
  /** Requests that were due, and how many were answered with 200. */
  readonly sent: number;
  readonly ok: number;
  readonly errors: number;
  readonly seconds: number;
  /** Ascending. */
  readonly latenciesMs: Float64Array;
  /** The largest delay of this process's own timer: how exact the moments were. */
  readonly latestMs: number;
}

interface Connection {
  readonly socket: Socket;
  waiting: { readonly body: number; readonly dueMs: number } | null;
  received: string;
}

/** `check` sees each answer as it arrives. */
export async function offerLoad(
  options: LoadOptions,
  check: (answer: Answered) => void,
): Promise<LoadResult> {
  const { host, port, path, bodies, rate, seconds } = options;
  const messages = bodies.map((body) =>
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: ${host}:${port}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  );
  const latencies: number[] = [];
  const free: Connection[] = [];
  const due: { body: number; dueMs: number }[] = [];
  let [sent, answered, errors, latest] = [0, 0, 0, 0];
  let isOver = false;
  let finish = (): void => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });

  const send = (connection: Connection, body: number, dueMs: number): void => {
    connection.waiting = { body, dueMs };
    connection.socket.write(messages[body]!);
  };
  const answer = (connection: Connection, status: number, text: string): void => {
    const { body, dueMs } = connection.waiting!;
    connection.waiting = null;
    const latencyMs = performance.now() - dueMs;
    answered++;
    if (status === 200) latencies.push(latencyMs);
    else errors++;
    check({ body, status, latencyMs, text });
    if (status !== 0) next(connection);
    if (isOver && answered === sent) finish();
  };
  const next = (connection: Connection): void => {
    const one = due.shift();
    if (one) send(connection, one.body, one.dueMs);
    else if (rate === null && !isOver) send(connection, sent++ % bodies.length, performance.now());
    else free.push(connection);
  };

  const connections = await Promise.all(
    Array.from({ length: options.connections }, () => connect(host, port, answer)),
  );
  const startedMs = performance.now();
  if (rate === null) {
    for (const connection of connections) next(connection);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  } else {
    free.push(...connections);
    const total = Math.round(rate * seconds);
    while (sent < total) {
      const now = performance.now() - startedMs;
      while (sent < total && (sent * 1000) / rate <= now) {
        const dueMs = startedMs + (sent * 1000) / rate;
        latest = Math.max(latest, startedMs + now - dueMs);
        const body = sent++ % bodies.length;
        const connection = free.pop();
        if (connection) send(connection, body, dueMs);
        else due.push({ body, dueMs });
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
  isOver = true;
  if (answered < sent) await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 30_000))]);
  const took = (performance.now() - startedMs) / 1000;
  for (const { socket } of connections) socket.destroy();
  return {
    sent,
    ok: latencies.length,
    // What never came counts too.
    errors: errors + (sent - answered),
    seconds: took,
    latenciesMs: Float64Array.from(latencies).sort(),
    latestMs: latest,
  };
}

async function connect(
  host: string,
  port: number,
  answer: (connection: Connection, status: number, text: string) => void,
): Promise<Connection> {
  const socket = createConnection({ host, port, noDelay: true });
  const connection: Connection = { socket, waiting: null, received: '' };
  socket.setEncoding('latin1');
  socket.on('data', (part) => {
    connection.received += part;
    const whole = messageIn(connection.received);
    if (!whole) return;
    connection.received = '';
    answer(connection, whole.status, whole.text);
  });
  socket.on('close', () => {
    if (connection.waiting) answer(connection, 0, '');
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => {});
  return connection;
}

/** A whole answer, once its body has arrived; every server here tells the length. */
function messageIn(received: string): { readonly status: number; readonly text: string } | null {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const length = /\r\ncontent-length: *(\d+)/i.exec(received.slice(0, end + 2));
  const body = end + 4;
  if (!length || received.length < body + Number(length[1])) return null;
  return { status: Number(received.slice(9, 12)), text: received.slice(body) };
}
