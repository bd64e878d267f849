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
  const names = used.map(([name]) => name);
  // What JSON.stringify would make of an object of these columns, its names written once for all customers.
  const kept = used
    .filter(([, rule]) => isLogged(rule))
    .map(([name], at) => ({ name, before: `${at === 0 ? '{' : ','}${JSON.stringify(name)}:` }));
  return {
    kept(customer) {
      if (kept.length === 0) return null;
      let text = '';
      for (const { name, before } of kept) text += before + jsonOf(fieldOf(customer, name));
      return `${text}}`;
    },
    hash(customer) {
      let text = '[';
      for (let at = 0; at < names.length; at++)
        text += (at === 0 ? '' : ',') + jsonOf(fieldOf(customer, names[at]!));
      return sha256(`${text}]`);
    },
  };
}

/** What is no finite number and no text, and so no such number in a list, is left to JSON itself. */
function jsonOf(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return value === undefined ? 'null' : (JSON.stringify(value) ?? 'null');
}
