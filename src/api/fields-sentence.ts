/** Fields that are wrong in one sentence, for protocols whose refusals have room for no more. */
import type { FieldProblem } from '../serving/customer-reader.ts';

const mostNamed = 10;

export function fieldsSentence(errors: readonly FieldProblem[]): string {
  const named = errors
    .slice(0, mostNamed)
    .map(({ path, message }) => `${path.slice(1) || 'the body'} ${message}`);
  const more = errors.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
