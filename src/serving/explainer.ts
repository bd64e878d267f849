/**
 * Explains scores for requests without holding up those who only want a score: a small piece of work, then a rest as
 * long as the work was. Requests that explain take turns. What is inside is bounded; past the bound a new one is refused.
 */
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { UnavailableError } from '../base/errors.ts';
import type { Counterfactuals } from '../explain/counterfactuals.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import { counterfactualsOf, type ExplainedScore, explainRow } from '../tasks/explain-row.ts';
import type { LoadedModel } from '../tasks/ports.ts';
import { type ReasonTeller, reasonTeller } from '../tasks/reason-texts.ts';
import type { CustomerReader, RawCustomer } from './customer-reader.ts';

export interface Explainer {
  /** A place for so many customers, given back by disposing of it; throws `serving.busy` when too many are inside. */
  enter(customers: number): Explaining;
}

/** Customers must be without problems. */
export interface Explaining extends Disposable {
  /** At most `most` for each customer, the loudest first: those of `score --reasons`. */
  reasons(customers: readonly RawCustomer[], most: number): Promise<string[][]>;
  score(customer: RawCustomer, reasons: number): Promise<ExplainedCustomer>;
  /** Null where the contract marks no column of the model as actionable. */
  counterfactuals(
    customer: RawCustomer,
    options: { readonly target: number; readonly mostAnswers: number; readonly mostColumns: number },
  ): Promise<Counterfactuals | null>;
}

export interface ExplainedCustomer {
  readonly attribution: ExplainedScore;
  readonly reasons: readonly string[];
}

/** Customers explained in one piece, at first. A forest costs much for the first of a piece and little for each other. */
const leastInPiece = 8;
const mostInPiece = 256;
/** A piece that took less is doubled, one that took more than the other is halved. */
const shortMs = 60;
const longMs = 200;
const defaultMostInside = 5000;

export function explainer(
  model: LoadedModel,
  { read }: Pick<CustomerReader, 'read'>,
  catalogue: Catalogue,
  mostInside = defaultMostInside,
): Explainer {
  let inside = 0;
  let teller: ReasonTeller | undefined;
  let lastTurn: Promise<unknown> = Promise.resolve();
  let restUntilMs = 0;
  let lastMs = 0;
  /** Runs a piece when those who asked before have had theirs and its rest. */
  const inTurn = async <Result>(work: () => Result): Promise<Result> => {
    lastTurn = lastTurn.then(() => {
      const restMs = restUntilMs - performance.now();
      return restMs >= 1 ? wait(restMs) : nextTurn();
    });
    await lastTurn;
    const begunMs = performance.now();
    try {
      return work();
    } finally {
      const endedMs = performance.now();
      lastMs = endedMs - begunMs;
      restUntilMs = endedMs + lastMs;
    }
  };

  const explaining = {
    async reasons(customers: readonly RawCustomer[], most: number) {
      const texts: string[][] = [];
      let size = leastInPiece;
      while (texts.length < customers.length) {
        const piece = customers.slice(texts.length, texts.length + size);
        texts.push(
          ...(await inTurn(() => {
            teller ??= reasonTeller(model, catalogue);
            return teller(read(piece), most);
          })),
        );
        if (lastMs < shortMs) size = Math.min(mostInPiece, size * 2);
        else if (lastMs > longMs) size = Math.max(leastInPiece, size >> 1);
      }
      return texts;
    },
    async score(customer: RawCustomer, reasons: number) {
      const explained = await inTurn(() => explainRow(model, read([customer]), { reasons }, catalogue));
      // Control characters of a level must not reach a terminal or a log.
      return { ...explained, reasons: explained.reasons.map(({ text }) => text.replace(/\p{Cc}/gu, '?')) };
    },
    counterfactuals: (customer: RawCustomer, options: Parameters<Explaining['counterfactuals']>[1]) =>
      inTurn(() => counterfactualsOf(model, read([customer]), options, catalogue)),
  };

  return {
    enter(customers) {
      if (inside > 0 && inside + customers > mostInside) {
        throw new UnavailableError(
          'serving.busy',
          `serving: ${inside} customers are being explained already, at most ${mostInside} may; try again in a second`,
          { waiting: inside, most: mostInside },
        );
      }
      inside += customers;
      let left = customers;
      return {
        ...explaining,
        [Symbol.dispose]() {
          inside -= left;
          left = 0;
        },
      };
    },
  };
}
