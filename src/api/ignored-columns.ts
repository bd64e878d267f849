/** Columns that a client sent and the contract doesn't name, where they are passed over rather than refused. */
import type { FastifyReply } from 'fastify';
import type { LiveModel } from '../serving/live-model.ts';

/** Tells how many there were. */
export const ignoredHeader = 'x-holdfast-ignored-columns';

export function countIgnored({ schema }: LiveModel, customers: readonly unknown[]): number {
  const ignored = new Set<string>();
  for (const customer of customers) {
    if (typeof customer !== 'object' || customer === null) continue;
    for (const name of Object.keys(customer)) if (!Object.hasOwn(schema.properties, name)) ignored.add(name);
  }
  return ignored.size;
}

export function tellIgnored(reply: FastifyReply, count: number): void {
  if (count > 0) reply.header(ignoredHeader, count);
}
