/**
 * Reads a JSON body: refused before it is parsed when it is not UTF-8, nested too deep or holds more values than any
 * request needs (who checks a value must not be kept busy by millions of them); and after, when an object brings
 * `__proto__` or `constructor.prototype`, by which code that copies fields could be changed, or a text half a character.
 * One pass over the bytes more than parsing alone.
 */
import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpRefusal } from '../problem.ts';

/** No body of the API needs more than a handful of levels. */
export const deepest = 32;
/** Entries of one list or object: twice the customers of a request, and more columns than any table has. */
export const widest = 20_000;
/** Values of a whole body where the route names no other bound. */
export const mostValues = 100_000;

type Done = (error: Error | null, value?: unknown) => void;

export function readJsonBodies(app: FastifyInstance): void {
  const read = jsonReader(app);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, read);
}

/** Besides, for clients that send JSON without saying so: a body without a content type is read as JSON. */
export function readUntypedJsonBodies(app: FastifyInstance): void {
  const read = jsonReader(app);
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (request.headers['content-type'] !== undefined)
      done(new HttpRefusal(415, 'request.syntax', 'the content type must be application/json'));
    else read(request, body, done);
  });
}

function jsonReader(app: FastifyInstance) {
  const parse = app.getDefaultJsonParser('error', 'error');
  return (request: FastifyRequest, body: Buffer, done: Done): void => {
    try {
      const extent = measured(body, 'the body', request.routeOptions.config.mostValues);
      parse(request, body.toString(), (error, value) => {
        if (error) done(error);
        else if (isWhole(value, extent)) done(null, value);
        else done(halfRefused('the body'));
      });
    } catch (refusal) {
      done(refusal as Error);
    }
  };
}

/** The same for those who parse by themselves; `what` names it in refusals. */
export function parsedJson(
  json: Uint8Array,
  what: string,
  parse: (text: string) => unknown,
  most: { readonly values?: number; readonly depth?: number; readonly orElse: string },
): unknown {
  const extent = measured(json, what, most.values, most.depth);
  let value: unknown;
  try {
    value = parse(utf8.decode(json));
  } catch {
    throw syntax(most.orElse);
  }
  if (!isWhole(value, extent)) throw halfRefused(what);
  return value;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function measured(json: Uint8Array, what: string, most = mostValues, mostDepth = deepest): Extent {
  if (!isUtf8(json)) throw syntax(`${what} is not UTF-8`);
  if (isSmall(json, Math.min(most, widest), mostDepth)) return small;
  const extent = extentOf(json);
  if (extent.depth > mostDepth) throw syntax(`${what} is nested deeper than ${mostDepth} levels`);
  if (extent.width > widest)
    throw syntax(`a list or object in ${what} has more than ${widest} entries; send it in parts`);
  if (extent.values > most) throw syntax(`${what} has more than ${most} values; send it in parts`);
  return extent;
}

const syntax = (detail: string) => new HttpRefusal(400, 'request.syntax', detail);
const halfRefused = (what: string) =>
  syntax(`a text in ${what} holds half of a character (a lone surrogate); send whole characters`);

/** A text with half a character has no place of its own in a database: two different ones would become one. */
const isWhole = (value: unknown, { hasHalves }: Extent): boolean => !hasHalves || isWellFormed(value);

/** Whether every text in a parsed body, names included, is made of whole characters. */
function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (Array.isArray(value)) return value.every(isWellFormed);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, own]) => name.isWellFormed() && isWellFormed(own));
}

export interface Extent {
  readonly depth: number;
  /** Entries of the largest list or object. */
  readonly width: number;
  readonly values: number;
  /** Whether an escape could be a surrogate. */
  readonly hasHalves: boolean;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const letterU = 0x75;
const isLetterD = (byte: number | undefined): boolean => byte === 0x64 || byte === 0x44;

/**
 * Nearly every body: shorter than the values it may have, with fewer brackets than the levels it may have and without
 * any escape. A tenth of the time that looking closely takes.
 */
function isSmall(json: Uint8Array, most: number, mostDepth: number): boolean {
  if (json.length > most || json.includes(backslash)) return false;
  let brackets = 0;
  // A bit apart: [ and {.
  for (let i = 0; i < json.length; i++) if ((json[i]! | 0x20) === 0x7b) brackets++;
  return brackets <= mostDepth;
}

/** Within all bounds; nothing else of it is looked at. */
const small: Extent = { depth: 0, width: 0, values: 0, hasHalves: false };

/** How much a JSON text holds, by its brackets and commas; those inside texts don't count. Ends early past `deepest` and `widest`. */
export function extentOf(json: Uint8Array): Extent {
  const entries = new Int32Array(deepest + 2);
  let depth = 0;
  let most = 0;
  let width = 0;
  let values = 1;
  let inText = false;
  let hasHalves = false;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i]!;
    if (inText) {
      if (byte === backslash) {
        i++;
        if (json[i] === letterU && isLetterD(json[i + 1])) hasHalves = true;
      } else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === 0x5b || byte === 0x7b) {
      depth++;
      if (depth > most) most = depth;
      if (depth > deepest) break;
      entries[depth] = 1;
      values++;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
    else if (byte === comma && depth > 0) {
      values++;
      const own = ++entries[depth]!;
      if (own > width) width = own;
      if (own > widest) break;
    }
  }
  return { depth: most, width, values, hasHalves };
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Values that a body of the route may have. */
    mostValues?: number;
  }
}
