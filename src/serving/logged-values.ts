/** What the log may keep of a customer: the columns whose contract says `log: value`. */

import { sha256 } from '../base/hash.ts';
import { usedColumns } from '../data/check.ts';
import type { Contract } from '../data/contract.ts';
import { isLogged } from '../data/logged-columns.ts';
import { fieldOf, type RawCustomer } from './customer-reader.ts';

export interface ValueLog {
  /** JSON of the values that may be kept; null when there are none. */
  kept(customer: RawCustomer): string | null;
  /** SHA-256 of all input values: equal customers are told without keeping them. */
  hash(customer: RawCustomer): string;
}

export function valueLog(contract: Contract): ValueLog {
  const used = usedColumns(contract);
  const keptNames = used.filter(([, rule]) => isLogged(rule)).map(([name]) => name);
  const allNames = used.map(([name]) => name);
  return {
    kept: (customer) =>
      keptNames.length === 0
        ? null
        : JSON.stringify(
            Object.fromEntries(keptNames.map((name) => [name, fieldOf(customer, name) ?? null])),
          ),
    hash: (customer) => sha256(JSON.stringify(allNames.map((name) => fieldOf(customer, name) ?? null))),
  };
}
