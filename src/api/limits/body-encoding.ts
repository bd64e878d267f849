/**
 * Bodies are UTF-8, and sent as they are: one that is compressed or in another character set is refused with 415
 * before it is read, rather than taken for what it is not. Cost: two headers a request.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpRefusal } from '../problem.ts';

export function refuseOtherEncodings(app: FastifyInstance): void {
  // After who asks was admitted, before the body is read.
  app.addHook('preParsing', (request, reply, payload, done) => {
    done(otherEncoding(request, reply), payload);
  });
}

function otherEncoding({ headers }: FastifyRequest, reply: FastifyReply): Error | null {
  // Who sends no body may say of it what they like.
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return null;
  const { 'content-encoding': coding, 'content-type': type } = headers;
  if (coding !== undefined && !isPlain(coding)) {
    // By this a client knows what to send instead (RFC 7694).
    reply.header('accept-encoding', 'identity');
    return refusal('the body is compressed (content-encoding); send it as it is');
  }
  return type === undefined || charsetsOf(type).every(isUtf8)
    ? null
    : refusal('the body is in another character set than UTF-8 (charset of content-type); send it in UTF-8');
}

const refusal = (detail: string) => new HttpRefusal(415, 'request.encoding', detail);

const isPlain = (codings: string): boolean =>
  codings.split(',').every((coding) => /^(?:identity)?$/i.test(coding.trim()));
const isUtf8 = (charset: string): boolean => /^utf-?8$/i.test(charset);

const charset = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]*))/gi;
const charsetsOf = (type: string): readonly string[] =>
  type.includes(';') ? [...type.matchAll(charset)].map(([, quoted, plain]) => quoted ?? plain ?? '') : [];
