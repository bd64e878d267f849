/** Cells of a table as the fields of an outcome: texts become what JSON would hold, an empty cell is left out. */
import { outcomeFields } from './read-outcome.ts';

export type TextOutcome = Readonly<Partial<Record<(typeof outcomeFields)[number], string | null>>>;

const churnedWords: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', '1'].map((word) => [word, true] as const),
  ...['false', 'no', '0'].map((word) => [word, false] as const),
]);

/** What it can't make sense of stays a text, which `readOutcome` refuses by its field. */
export function fromText(cells: TextOutcome): Readonly<Record<string, unknown>> {
  const filled = outcomeFields
    .map((field) => [field, cells[field]?.trim() ?? ''] as const)
    .filter(([, text]) => text !== '');
  return Object.fromEntries(
    filled.map(([field, text]) => {
      if (field === 'churned') return [field, churnedWords.get(text.toLowerCase()) ?? text];
      return [field, field === 'index' && /^\d+$/.test(text) ? Number(text) : text];
    }),
  );
}
