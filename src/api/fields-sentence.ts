/** Fields that are wrong in one sentence, as people read them: names without the escapes of a JSON pointer. */
import type { FieldProblem } from '../serving/customer-reader.ts';

const mostNamed = 10;

/** `whole`: what is wrong where no field of it is. */
export function fieldSentence({ path, message }: FieldProblem, whole = 'the body'): string {
  return `${path.slice(1).replaceAll('~1', '/').replaceAll('~0', '~') || whole} ${message}`;
}

/** For protocols whose refusals have room for no more. */
export function fieldsSentence(errors: readonly FieldProblem[]): string {
  const named = errors.slice(0, mostNamed).map((one) => fieldSentence(one));
  const more = errors.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
