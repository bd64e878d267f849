/** Which values of a customer may be written down: what each column of the contract says under `log`. */
import { usedColumns } from './check.ts';
import type { ColumnContract, Contract } from './contract.ts';

/** By default features are kept and personal columns never. */
export const isLogged = ({ log, personal }: Pick<ColumnContract, 'log' | 'personal'>): boolean =>
  (log ?? (personal ? 'never' : 'value')) === 'value';

/** The features that the log leaves out: scores of such a model can't be replayed from the log. */
export const unloggedColumns = (contract: Contract): readonly string[] =>
  usedColumns(contract)
    .filter(([, rule]) => rule.use === 'feature' && !isLogged(rule))
    .map(([name]) => name);
