/**
 * What a kind of business states about its customers: how one comes about, what is recorded, why they leave, what
 * an offer does. `draw-people.ts` makes many of them, `define-generator.ts` their tables.
 */
import type { Random } from '../../base/random.ts';
import type { ColumnKind } from '../../table/column.ts';
import type { Table } from '../../table/table.ts';
import type { Value } from './column-builder.ts';
import type { DriftDefinition } from './drift/definition.ts';
import type { Snapshot } from './snapshot.ts';

/** What a generated column is, for help texts and the data dictionary. */
export interface ColumnAbout {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly meaning: string;
  readonly unit?: string;
  readonly personal?: boolean;
  readonly actionable?: boolean;
}

/** A column of the table: the customer's value of the same name; null = missing. */
export interface ColumnPlan<Customer> extends ColumnAbout {
  readonly name: NameOf<Customer>;
  /** All levels of a category, in the order of code units. */
  readonly levels?: readonly string[];
}

type NameOf<Customer> = Extract<keyof Customer, string>;

/** A cause of leaving: `coefficient` is what the log-odds of leaving gain when `of` is higher by one. */
export interface EffectAbout {
  readonly name: string;
  readonly coefficient: number;
  /** What `of` is, for the table in the README. */
  readonly meaning: string;
}
export interface Effect<Customer> extends EffectAbout {
  of(customer: Customer): number;
}

/** Something done to keep a customer. */
export interface OfferAbout {
  readonly id: string;
  readonly meaning: string;
}
export interface Offer<Customer> extends OfferAbout {
  /** What it adds to the log-odds of leaving; above 0 for those whom it drives out (sleeping dogs). */
  shift(customer: Customer): number;
}

/** Where each kind of drift strikes. Columns named here are never missing before it does. */
export interface DriftPlaces<Customer> {
  /** More customers whose value here is small. */
  readonly population: NameOf<Customer>;
  /** A cause of leaving that changes: what is added to the log-odds. */
  readonly concept: { readonly change: string; shift(customer: Customer): number };
  /** Recorded no longer. */
  readonly missing: NameOf<Customer>;
  /** Recorded in another unit. */
  readonly unit: { readonly column: NameOf<Customer>; readonly factor: number; readonly change: string };
  /** A level that gets another name. */
  readonly level: { readonly column: NameOf<Customer>; readonly from: string; readonly to: string };
}

/** What companion files are made from: the hidden state, and what the table already tells, so that both agree. */
export interface Portrait {
  readonly startMs: number;
  /** Standard normal or near it, all three. */
  readonly satisfaction: number;
  readonly engagement: number;
  readonly priceSensitivity: number;
  /** How likely each topic is what the customer would complain about, in proportion. */
  readonly topics: Readonly<Record<string, number>>;
  readonly activity: Activity;
}

/** What is known of a customer's events; days count back from the snapshot, 0 is its own day. */
export interface Activity {
  /** The table tells of this many days: so many events, worth so much, in hundredths. */
  readonly spanDays: number;
  readonly count: number;
  readonly totalHundredths: number;
  /** The newest and oldest event of the span, where the table tells; the newest may be the oldest. */
  readonly newestDays: number | null;
  readonly oldestDays: number | null;
  /** Events a day before the span and, for who stays, after the snapshot. */
  readonly dailyBefore: number;
  readonly dailyAfter: number;
}

/** What the events of a kind of business are. */
export interface EventPlan {
  readonly name: string;
  readonly unit: string;
  /** The log begins so many days before the snapshot. */
  readonly historyDays: number;
  /** Leavers are silent from the snapshot on; else from a day within the outcome window. */
  readonly leavesAtOnce: boolean;
  /** How much more happens in some months: 1 is the most. */
  monthWeight(month: number): number;
}

export interface CustomerModel<Customer extends Readonly<Record<string, Value>>> {
  /** Kind of business; the file's name. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly ColumnPlan<Customer>[];
  /** One customer with hidden factors and observed values, from a stream of its own. */
  draw(random: Random, snapshot: Snapshot): Customer;
  /** Added up in this order: the log-odds of leaving, up to an intercept. */
  readonly effects: readonly Effect<Customer>[];
  /** The first is the one that the truth of the table tells of. */
  readonly offers: readonly [Offer<Customer>, ...Offer<Customer>[]];
  readonly drift: DriftPlaces<Customer>;
  readonly events: EventPlan;
  /** Categories of what is used, bought or held. */
  readonly productCategories: readonly string[];
  portrait(customer: Customer): Portrait;
}

export interface GenerateSize {
  readonly rows: number;
  readonly seed: number;
  /** Mean churn probability, above 0 and below 1. */
  readonly churnRate: number;
  /** Month ends over which the customers are spread; 1 unless given. */
  readonly snapshots?: number;
  readonly drift?: DriftOrder | undefined;
}

/** A drift asked for. */
export interface DriftOrder {
  readonly definition: DriftDefinition;
  /** Customers of a snapshot on this day or later are changed. */
  readonly fromMs: number;
  /** From 0, nothing, to 1, all that the kind can do. */
  readonly size: number;
}

/** A customer as only a simulation knows one. */
export interface Person extends Portrait {
  readonly id: string;
  readonly snapshotMs: number;
  readonly churnProbability: number;
  /** With each offer, in the order of `offers`. */
  readonly churnProbabilityWith: readonly number[];
  /** Whoever leaves has luck below the probability: the same luck with an offer as without. */
  readonly luck: number;
  /** `of` of each effect, in their order. */
  readonly effects: readonly number[];
}

/** Everyone in the table, made again when asked for: nothing is kept. */
export interface People {
  readonly rowCount: number;
  readonly offers: readonly OfferAbout[];
  readonly events: EventPlan;
  readonly productCategories: readonly string[];
  /** Companion files fork their streams from it. */
  readonly random: Random;
  at(row: number): Person;
}

export interface GeneratedCustomers {
  /** What a company would know at the snapshot, with the outcome in the last column. */
  readonly table: Table;
  /**
   * customerId, churnProbability, churnProbabilityWithOffer, offerEffect: their difference, below 0 where the offer
   * keeps. With drift also isDrifted.
   */
  readonly truth: Table;
  /** What drifted, when and how much; null without drift. */
  readonly driftTruth: Table | null;
  readonly people: People;
}

/** A kind of business whose customers can be made. */
export interface GeneratorDefinition {
  readonly id: string;
  readonly title: string;
  /** Every column of the table in order, id and target included. */
  readonly columns: readonly ColumnAbout[];
  readonly effects: readonly EffectAbout[];
  readonly offers: readonly OfferAbout[];
  readonly events: EventPlan;
  generate(size: GenerateSize, random: Random): GeneratedCustomers;
}

/** The column that names a customer, and the one that says who left, in every kind of business. */
export const generatedId = 'customerId';
export const generatedTarget = { column: 'churned', churned: 'yes', stayed: 'no' } as const;
/** The column of the day on which a customer was looked at; only with several snapshots. */
export const snapshotColumn = 'snapshotDate';

export const customerId = (row: number): string => `C${String(row + 1).padStart(6, '0')}`;
