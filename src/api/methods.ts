/** Which methods an address knows, for a refusal that says so. */
import type { Route } from './route.ts';

/** The methods of the routes that fit a path, without its query; empty for an unknown address. */
export function methodsOf(routes: readonly Route[]): (path: string) => readonly string[] {
  const patterns = routes.map(({ url, method }) => ({ method, pattern: patternOf(url) }));
  return (path) => {
    const methods = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    // Fastify answers HEAD wherever it answers GET.
    return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
  };
}

/** `/v1/models/:id/report` as a pattern: a parameter is one part of a path. */
function patternOf(url: string): RegExp {
  const parts = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}$`);
}
