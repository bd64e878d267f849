/**
 * The columns that several fitted models need together: each by name, in the order in which it is first asked for.
 *
 * Two models that ask for one name as different kinds were not fitted on the same table; that is refused.
 */
import { ColumnError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import type { FittedClassifier, InputColumn } from '../../learn/definition.ts';

export function joinedInputs(who: string, models: readonly FittedClassifier[]): InputColumn[] {
  const known = new Map<string, InputColumn>();
  for (const input of models.flatMap(({ inputs }) => inputs)) {
    const before = known.get(input.name) ?? input;
    if (before.kind !== input.kind) {
      throw new ColumnError(
        'column.kind',
        `${who}: column ${printable(input.name)} is of kind ${before.kind} for one model and ${input.kind} for another, one kind required; fit the models on the same table`,
        { who, column: input.name, kind: input.kind },
      );
    }
    known.set(input.name, before);
  }
  return [...known.values()];
}
