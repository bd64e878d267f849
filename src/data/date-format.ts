/**
 * How a file writes its dates, as a contract says it: `dd-MM-yyyy`, `M/d/yyyy`, `dd.MM.yyyy HH:mm`.
 *
 * `yyyy` year, `MM` / `M` month, `dd` / `d` day, `HH` / `H` hour, `mm` minute, `ss` second; a single letter stands for
 * one or two digits. Between them `-`, `.`, `/`, `:`, `,`, `T` and blanks stand for themselves. Without hours it is
 * midnight; times are UTC.
 */

const tokens = {
  yyyy: { part: 'year', pattern: '[0-9]{4}' },
  MM: { part: 'month', pattern: '0[1-9]|1[0-2]' },
  M: { part: 'month', pattern: '0?[1-9]|1[0-2]' },
  dd: { part: 'day', pattern: '0[1-9]|[12][0-9]|3[01]' },
  d: { part: 'day', pattern: '0?[1-9]|[12][0-9]|3[01]' },
  HH: { part: 'hour', pattern: '[01][0-9]|2[0-3]' },
  H: { part: 'hour', pattern: '0?[0-9]|1[0-9]|2[0-3]' },
  mm: { part: 'minute', pattern: '[0-5][0-9]' },
  ss: { part: 'second', pattern: '[0-5][0-9]' },
} as const;

type DatePart = (typeof tokens)[keyof typeof tokens]['part'];

export interface DateFormat {
  /** For the whole trimmed text, one group a part, in the dialect that JavaScript and RE2 share. */
  readonly pattern: string;
  /** The part that each group holds, in order. */
  readonly parts: readonly DatePart[];
}

/** The format as a pattern; undefined when it holds something unknown, a part twice, or no year, month and day. */
export function parseDateFormat(format: string): DateFormat | undefined {
  const parts: DatePart[] = [];
  let pattern = '';
  for (const [piece] of format.matchAll(/yyyy|MM?|dd?|HH?|mm|ss|[\s\S]/g)) {
    if (piece in tokens) {
      const token = tokens[piece as keyof typeof tokens];
      parts.push(token.part);
      pattern += `(${token.pattern})`;
    } else if (/^[-./:, T]$/.test(piece)) pattern += `[${piece}]`;
    else return undefined;
  }
  const hasDay = (['year', 'month', 'day'] as const).every((part) => parts.includes(part));
  const isEachOnce = new Set(parts).size === parts.length;
  // A second without its minute, or a minute without its hour, could not be placed.
  const isNested =
    (!parts.includes('second') || parts.includes('minute')) &&
    (!parts.includes('minute') || parts.includes('hour'));
  return hasDay && isEachOnce && isNested ? { pattern, parts } : undefined;
}

/** The text of one cell rewritten as `yyyy-M-d H:m:s`, or undefined when it is not in the format. */
export function isoOfFormat(text: string, { pattern, parts }: DateFormat): string | undefined {
  const found = new RegExp(`^(?:${pattern})$`).exec(text);
  if (!found) return undefined;
  const group = (part: DatePart): string => {
    const place = parts.indexOf(part);
    return (place < 0 ? '0' : found[place + 1]!).padStart(part === 'year' ? 4 : 2, '0');
  };
  return `${group('year')}-${group('month')}-${group('day')} ${group('hour')}:${group('minute')}:${group('second')}`;
}
