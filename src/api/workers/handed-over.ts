/**
 * Closes connections that went down with a worker. Node hands each new connection to a worker and keeps it until the
 * worker says that it has it; when the worker is killed in between, nobody ever answers or closes it, and the client
 * waits for ever (Node 26.10). Closed, the client hears at once and connects again.
 */
import type { ChildProcess } from 'node:child_process';

/** As `node:cluster` writes them; where it should change, nothing here happens. */
interface ClusterMessage {
  readonly act?: string;
  readonly seq?: number;
  readonly ack?: number;
}

/** `child`: a worker that has just been started. */
export function closeWhatIsLost(child: ChildProcess): void {
  const handed = new Map<number, { close(): void }>();
  const send = child.send.bind(child) as (...args: unknown[]) => boolean;
  child.send = (message: ClusterMessage, handle?: unknown, ...rest: unknown[]): boolean => {
    if (message.act === 'newconn' && message.seq !== undefined) {
      handed.set(message.seq, handle as { close(): void });
    }
    return send(message, handle, ...rest);
  };
  child.on('internalMessage', ({ ack }: ClusterMessage) => {
    if (ack !== undefined) handed.delete(ack);
  });
  child.once('exit', () => {
    for (const handle of handed.values()) handle.close();
    handed.clear();
  });
}
