/**
 * Advice in the words that the person used: rooms say "run holdfast train", and who started `./holdfast` reads
 * "run ./holdfast train". The one place that knows both; `--json` keeps the plain words.
 */
import type { Streams } from './output.ts';

/** The text with the program's name as it was called wherever a command of these ids follows it. */
export function asCalled(text: string, name: string, commands: readonly string[]): string {
  if (name === 'holdfast' || !text.includes('holdfast ')) return text;
  // Not where the called name stands already (`./holdfast train`, `npx holdfast train`).
  const plain = new RegExp(`(?<![\\w./'-]|npx )holdfast (?=(?:${commands.join('|')})(?![\\w-]))`, 'g');
  return text.replace(plain, () => `${name} `);
}

/** Streams that say it so: standard error always, standard output where it is text for a person. */
export function calledStreams(
  { stdout, stderr }: Streams,
  name: string,
  commands: readonly string[],
  json: boolean,
): Streams {
  const say = (text: string): string => asCalled(text, name, commands);
  return {
    stdout: json ? stdout : { write: (text) => stdout.write(say(text)) },
    stderr: { write: (text) => stderr.write(say(text)), isTTY: stderr.isTTY === true },
  };
}
