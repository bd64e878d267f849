/** What people write into the registry, held to lengths: notes, descriptions, tags. */
import { ParamError } from '../base/errors.ts';
import { printable } from '../base/text.ts';

const refuse = (option: string, sentence: string): never => {
  throw new ParamError('usage.argument', `models: ${sentence}`, { option });
};

/** Line ends may stand in a text; other control characters could steer a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it refuses
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** A note says why; an empty one says nothing. */
export function checkNote(note: string | undefined, what: string): string {
  const text = note?.trim() ?? '';
  if (text === '') refuse('note', `${what} needs a note that says why; add --note TEXT`);
  if (text.length > 2000 || controls.test(text))
    refuse(
      'note',
      `a note is at most 2,000 characters of text, got ${text.length} or control characters; shorten it`,
    );
  return text;
}

export function checkDescription(description: string): string {
  if (description.length > 10_000 || controls.test(description))
    refuse(
      'description',
      `a description is at most 10,000 characters of text, got ${description.length} or control characters; shorten it`,
    );
  return description;
}

export function checkTag(name: string, value: string): void {
  if (!/^[A-Za-z0-9][\w./ -]{0,249}$/.test(name) || name === '__proto__')
    refuse(
      'tag',
      `a tag's name is letters, digits and . _ - / up to 250, beginning with a letter or digit, got ${printable(name)}`,
    );
  if (value.length > 5000 || controls.test(value))
    refuse('tag', `the value of ${printable(name)} is at most 5,000 characters of text; shorten it`);
}
