/** Definitions by id. Code that must find one is handed a catalogue; it never imports the list. */
import { ParamError } from '../base/errors.ts';
import { didYouMean, printable } from '../base/text.ts';
import type { ClassifierDefinition, TransformerDefinition } from './definition.ts';

/** A definition whose parameter and state types are known only to itself. */
// biome-ignore lint/suspicious/noExplicitAny: a list of definitions with different states has no narrower type
export type AnyClassifier = ClassifierDefinition<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyTransformer = TransformerDefinition<any, any>;

export interface Catalogue {
  readonly classifiers: readonly AnyClassifier[];
  readonly transformers: readonly AnyTransformer[];
  /** Throws `param.unknown` with the nearest id. */
  classifier(id: string): AnyClassifier;
  transformer(id: string): AnyTransformer;
}

export function createCatalogue(
  classifiers: readonly AnyClassifier[],
  transformers: readonly AnyTransformer[],
): Catalogue {
  const find = <D extends { readonly id: string }>(what: string, list: readonly D[]) => {
    const byId = new Map(list.map((definition) => [definition.id, definition]));
    if (byId.size !== list.length) throw new Error(`catalogue: two ${what}s share an id`);
    return (id: string): D => {
      const found = byId.get(id);
      if (found) return found;
      const known = [...byId.keys()];
      throw new ParamError(
        'catalogue.unknown',
        `${what} ${printable(id)} is not known${didYouMean(id, known)}; known: ${known.join(', ')}`,
        { id },
      );
    };
  };
  return {
    classifiers,
    transformers,
    classifier: find('model', classifiers),
    transformer: find('step', transformers),
  };
}
