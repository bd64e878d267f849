/** How a server ends: nothing that it has taken is lost, and it ends in time. */
import { Server as NetServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { stopWithinMs } from './server-limits.ts';

export interface Stopping {
  readonly hasBegun: boolean;
  /** From now on every answer is the last of its connection, and may be a refusal. */
  begin(refuses: boolean): void;
}

/** Connections that were asked to close end when their answer is out; what is left at the deadline is cut off. */
export function stopGracefully(app: FastifyInstance): Stopping {
  let hasBegun = false;
  let isLast = false;
  let deadline: NodeJS.Timeout | undefined;
  const begin = (refuses: boolean): void => {
    isLast = true;
    hasBegun = refuses;
  };
  app.addHook('preClose', (done) => {
    begin(true);
    deadline = setTimeout(() => app.server.closeAllConnections(), stopWithinMs);
    done();
  });
  app.addHook('onClose', (_, done) => {
    clearTimeout(deadline);
    done();
  });
  app.addHook('onSend', (_, reply, payload, done) => {
    if (isLast) reply.header('connection', 'close');
    done(null, payload);
  });
  return {
    get hasBegun() {
      return hasBegun;
    },
    begin,
  };
}

export interface Leaving {
  /** Whether who asks from now on is refused; answered where another server takes the place. */
  readonly refuses: boolean;
  /** How long a connection may be idle: closed at once, the request that is just under way on it would be lost. */
  readonly idleMs: number;
  /** What is not answered by then is cut off. */
  readonly withinMs: number;
}

/**
 * Listens no more; the next answer on each connection is its last. Called again, what is asked then holds from then on:
 * a server that leaves with patience can be told to stop.
 */
export function leaving(app: FastifyInstance, stopping: Stopping): (how: Leaving) => Promise<void> {
  const { server } = app;
  let ended: Promise<void> | undefined;
  let hasEnded = false;
  let patience: NodeJS.Timeout | undefined;
  let cutting: NodeJS.Timeout | undefined;
  let deadline: NodeJS.Timeout | undefined;
  const forget = (): void => {
    clearTimeout(patience);
    clearInterval(cutting);
    clearTimeout(deadline);
  };
  const end = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.once('close', resolve));
    // The HTTP server's own close would cut idle connections.
    NetServer.prototype.close.call(server);
    await closed;
    hasEnded = true;
    forget();
    await app.close();
  };
  return ({ refuses, idleMs, withinMs }) => {
    stopping.begin(refuses);
    ended ??= end();
    if (!hasEnded) {
      forget();
      patience = setTimeout(() => {
        cutting = setInterval(() => server.closeIdleConnections(), 50);
      }, idleMs);
      deadline = setTimeout(() => server.closeAllConnections(), withinMs);
    }
    return ended;
  };
}
