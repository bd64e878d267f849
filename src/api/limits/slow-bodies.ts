/**
 * Ends requests whose body doesn't arrive in time: who sends a byte now and then must not hold a connection for ever.
 * Looks once a second at what is open, so a request costs two set operations. A route that streams its body reads
 * as long as it likes: it is off the list as soon as it begins.
 */
import type { FastifyRequest } from 'fastify';
import { HttpRefusal } from '../problem.ts';

export interface SlowBodies {
  begin(request: FastifyRequest): void;
  end(request: FastifyRequest): void;
  stop(): void;
}

const lookEveryMs = 1000;

export function slowBodies(withinMs: number): SlowBodies {
  /** To when they began; in that order. */
  const open = new Map<FastifyRequest, number>();
  const look = (): void => {
    const now = performance.now();
    for (const [request, begun] of open) {
      if (now - begun < withinMs) break;
      open.delete(request);
      // Nobody reads any more: an error that nobody hears would end the process.
      if (request.raw.destroyed || request.raw.listenerCount('error') === 0) continue;
      // Whoever reads the body hears it as the end of the stream, and answers.
      request.raw.emit(
        'error',
        new HttpRefusal(408, 'request.slow', `the body took longer than ${withinMs / 1000} seconds`),
      );
    }
  };
  const timer = setInterval(look, Math.min(lookEveryMs, withinMs));
  timer.unref();
  return {
    begin(request) {
      open.set(request, performance.now());
      // Who hangs up in the middle of a body meets no other hook.
      request.raw.once('close', () => open.delete(request));
    },
    end: (request) => void open.delete(request),
    stop: () => clearInterval(timer),
  };
}
