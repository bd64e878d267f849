/**
 * Guesses how a file writes its dates: 31-12-2020 is day first, 12/31/2020 month first.
 *
 * The first value above 12 decides; where every day is at most 12 the order stays open, and day first is taken as not
 * certain. A format is proposed when it reads 98% of the values. O(different values).
 */
import { readTime, unreadable } from '../cells.ts';

export interface DateGuess {
  /** As a contract says it: dd-MM-yyyy. */
  readonly format: string;
  /** False where day and month could be the other way round. */
  readonly isCertain: boolean;
}

const readShare = 0.98;

/** `texts`: values of the column, missing ones left out. */
export function guessDateFormat(texts: readonly string[]): DateGuess | undefined {
  const different = [...new Set(texts)];
  const readable = candidates(different).filter((format) => {
    const read = different.filter((text) => typeof readTime(text, format) === 'number').length;
    return read >= readShare * different.length;
  });
  const best = readable[0];
  if (best === undefined) return undefined;
  const fits = (format: string): number =>
    different.filter((text) => readTime(text, format) !== unreadable).length;
  const [first, second] = [fits(best), readable[1] === undefined ? -1 : fits(readable[1])];
  return { format: second > first ? readable[1]! : best, isCertain: first !== second };
}

/** The separator is taken from the values; the time of day, if any, from the first of them. */
function candidates(texts: readonly string[]): string[] {
  const sample = texts.find((text) =>
    /^(\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})/.test(text),
  );
  if (sample === undefined) return [];
  const separator = sample[sample.search(/[-./]/)]!;
  const clock = /[ T]\d{1,2}:\d{2}(:\d{2})?$/.exec(sample);
  const time = clock === null ? '' : `${clock[0][0]}H:mm${clock[1] === undefined ? '' : ':ss'}`;
  const dates = [
    ['dd', 'MM', 'yyyy'],
    ['MM', 'dd', 'yyyy'],
    ['d', 'M', 'yyyy'],
    ['M', 'd', 'yyyy'],
    ['yyyy', 'MM', 'dd'],
    ['yyyy', 'M', 'd'],
  ];
  const formats = dates.map((parts) => `${parts.join(separator)}${time}`);
  // Two digits always, or one where one is enough: not both, or each would have a rival that reads the same.
  const single = texts.filter((text) => /(^|[-./])\d([-./]|$)/.test(text.split(/[ T]/)[0]!)).length;
  const isPadded = single <= (1 - readShare) * texts.length;
  return formats.filter((format) => /dd|MM/.test(format) === isPadded);
}
