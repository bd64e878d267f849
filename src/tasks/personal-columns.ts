/** The columns that fairness is looked at for: those that the contract calls personal and that make groups. */
import type { Contract } from '../data/contract.ts';
import { canHaveGroups } from '../evaluation/fairness.ts';
import type { Table } from '../table/table.ts';

export const personalColumns = (contract: Contract, table: Table): string[] =>
  table.columns
    .filter(({ name, kind }) => contract.columns[name]?.personal === true && canHaveGroups(kind))
    .map(({ name }) => name);
