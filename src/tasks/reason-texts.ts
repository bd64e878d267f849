/** Reasons in words for the customers of a table, as the scored list and the API give them. */
import { backgroundOf } from '../drift/background.ts';
import { attribute } from '../explain/attribution.ts';
import { reasonsFor, wordsOf } from '../explain/reasons.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { Table } from '../table/table.ts';
import type { LoadedModel } from './ports.ts';

/**
 * For each row at most `most` reasons, the loudest first; fewer where nothing more moved the score. The reasons of a
 * row don't depend on the rows beside it, so a long table can be told in pieces.
 */
export type ReasonTeller = (customers: Table, most: number) => string[][];

/** What all tables of a model share is made once. Cost a row: that of `attribute`. */
export function reasonTeller(
  { manifest, fitted, reference }: LoadedModel,
  catalogue: Catalogue,
): ReasonTeller {
  const background = backgroundOf(reference);
  const words = wordsOf(manifest.contract.columns, background);
  return (customers, most) => {
    const attribution = attribute(fitted, customers, background, catalogue);
    return Array.from({ length: customers.rowCount }, (_, row) =>
      // Control characters of a level must not reach a terminal or a log.
      reasonsFor(attribution, customers, row, most, words).map(({ text }) => text.replace(/\p{Cc}/gu, '?')),
    );
  };
}
