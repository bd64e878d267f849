/**
 * Proposes a contract from the profiles of a table: what each column is, what it is used for, which bounds follow
 * from its meaning. A proposal is for a person to read: whatever is guessed has a remark that says why.
 *
 * Bounds follow from names (a count is not below 0), never from the extremes seen: the next table may go further.
 */
import { ParamError } from '../base/errors.ts';
import { countOf, didYouMean, printable } from '../base/text.ts';
import type { ColumnKind } from '../table/column.ts';
import type { CleanSection } from './clean/section.ts';
import { type ColumnContract, type Contract, type JsonScalar, ruleOf } from './contract.ts';
import { inferTarget, typedLevels } from './infer-target.ts';
import {
  isContact,
  isNamedLikeCounter,
  isNamedLikeCustomerId,
  isNamedLikeId,
  isNeverNegative,
  isPersonal,
  isPersonName,
  unitOf,
} from './names.ts';
import type { ColumnProfile } from './profile.ts';

/** Why a column is described as it is. */
export interface Remark {
  readonly column: string;
  readonly message: string;
}

export interface Inference {
  readonly contract: Contract;
  /** In the order of the columns. */
  readonly remarks: readonly Remark[];
  /** Repairs without which the contract would be broken or customers counted twice, and why. */
  readonly clean: CleanSection;
  readonly cleanRemarks: readonly string[];
}

export interface InferenceRequest {
  /** How the contract is to name the file. */
  readonly source: string;
  readonly target: string;
  /** The target's value for those who left, as JSON or as text from a command line; guessed when not given. */
  readonly churned?: JsonScalar;
  /** The first rows without an outcome, from 0, for the sentence that refuses them. */
  readonly emptyTargetRows?: readonly number[];
  /** The column that names a customer; guessed when not given. */
  readonly id?: string;
  readonly rowCount: number;
}

/** A column of more different texts than this, and than a share of the rows, is text rather than a category. */
const mostCategoryLevels = 50;
const mostCategoryShare = 0.2;
/** Texts that are longer on average are written by people, not chosen from a list. */
const longestLevel = 60;
/** With so many readable values the rest are faults of single rows, not another kind. */
const almostAll = 0.98;

export function inferContract(profiles: readonly ColumnProfile[], request: InferenceRequest): Inference {
  const { target, remarks } = inferTarget(profiles, request.target, request.churned, request.emptyTargetRows);
  const idGuess = inferId(profiles, request);
  const notes = new Map<string, string[]>([[target.column, [...remarks]]]);
  if (idGuess?.remark) notes.set(idGuess.name, [idGuess.remark]);
  const columns: [string, ColumnContract][] = [];
  for (const profile of profiles) {
    if (profile.name === target.column || profile.name === idGuess?.name) continue;
    const { rule, why } = describe(profile);
    columns.push([profile.name, rule]);
    notes.set(profile.name, why);
  }
  return {
    contract: {
      source: request.source,
      ...(idGuess && { id: idGuess.name }),
      target,
      columns: Object.fromEntries(columns),
    },
    remarks: profiles.flatMap(({ name }) =>
      (notes.get(name) ?? []).map((message) => ({ column: name, message })),
    ),
    ...repairsOf(profiles.find(({ name }) => name === idGuess?.name)),
  };
}

/** One row a customer: rows without the id go, of rows that repeat one the last stays. */
function repairsOf(id: ColumnProfile | undefined): Pick<Inference, 'clean' | 'cleanRemarks'> {
  if (id === undefined) return { clean: [], cleanRemarks: [] };
  const { name, blank, rows } = id;
  const repeated = repeatsIn(id);
  return {
    clean: [
      ...(blank > 0 ? [{ repair: 'drop-missing' as const, columns: [name] }] : []),
      ...(repeated > 0 ? [{ repair: 'deduplicate' as const, by: name, keep: 'last' as const }] : []),
    ],
    cleanRemarks: [
      ...(blank > 0
        ? [`${countOf(blank, 'row')} without ${printable(name)}: nobody to find again, left out`]
        : []),
      ...(repeated > 0.1 * rows
        ? [
            `${countOf(repeated, 'row repeats', 'rows repeat')} a ${printable(name)}, and only the last of each is kept; where a customer has many rows on purpose the table is a log: see data.events`,
          ]
        : repeated > 0
          ? [
              `${countOf(repeated, 'row repeats', 'rows repeat')} a ${printable(name)}: the last of each is kept, as later rows usually correct earlier ones; a customer in training and hold-out would flatter every figure`,
            ]
          : []),
    ],
  };
}

export interface DateFinding {
  readonly column: string;
  readonly format: string;
  /** False where day and month could be the other way round. */
  readonly isCertain: boolean;
  /** Values that are no dates in the format; each would break its row. */
  readonly unreadable: number;
}

/**
 * The proposal with columns read as dates by a format that their values show. A date is used when nothing speaks
 * against it; where values cannot be read, or day and month are open, a person decides.
 */
export function withDates(inference: Inference, dates: readonly DateFinding[]): Inference {
  const { contract, remarks } = inference;
  const found = new Map(dates.map((date) => [date.column, date]));
  const columns = Object.entries(contract.columns).map(([name, rule]): [string, ColumnContract] => {
    const date = found.get(name);
    if (!date || rule.kind === 'time') return [name, rule];
    const { levels: _, unit: _unit, min: _min, ...rest } = rule;
    const isSure = date.isCertain && date.unreadable === 0;
    return [name, { ...rest, kind: 'time', dateFormat: date.format, use: isSure ? 'feature' : 'none' }];
  });
  const isReplaced = ({ column, message }: Remark): boolean =>
    found.has(column) && (message.startsWith('left out: dates in') || message.startsWith('left out: text'));
  return {
    ...inference,
    contract: { ...contract, columns: Object.fromEntries(columns) },
    remarks: [
      ...remarks.filter((remark) => !isReplaced(remark)),
      ...dates.map((date) => ({ column: date.column, message: dateRemark(date) })),
    ],
  };
}

function dateRemark({ format, isCertain, unreadable }: DateFinding): string {
  const guess = `guessed to be dates written ${format}`;
  if (!isCertain)
    return `${guess}, but day and month could be the other way round: left out until you say use: feature`;
  if (unreadable === 0) return guess;
  return `${guess}; left out because ${countOf(unreadable, 'value')} cannot be read so and would break their rows: add clean: unreadable-as-missing, then use: feature`;
}

/** The proposal in which text that is numbers in other clothes is left out for that reason, by column. */
export function withNumberTexts(inference: Inference, reasons: ReadonlyMap<string, string>): Inference {
  const remarks = inference.remarks.map(({ column, message }) => {
    const reason = message.startsWith('left out: text') ? reasons.get(column) : undefined;
    return { column, message: reason === undefined ? message : `left out: ${reason}` };
  });
  return { ...inference, remarks };
}

/** The proposal without columns that an inspection blocked, each with its reason; the column stays in the contract. */
export function leaveOut(inference: Inference, blocked: readonly Remark[]): Inference {
  const { contract, remarks } = inference;
  const features = blocked.filter(({ column }) => ruleOf(contract.columns, column)?.use === 'feature');
  if (features.length === 0) return inference;
  const names = new Set(features.map(({ column }) => column));
  return {
    ...inference,
    contract: {
      ...contract,
      columns: Object.fromEntries(
        Object.entries(contract.columns).map(([name, rule]) => [
          name,
          names.has(name) ? { ...rule, use: 'none' } : rule,
        ]),
      ),
    },
    remarks: [...features, ...remarks],
  };
}

interface IdGuess {
  readonly name: string;
  readonly remark: string;
}

function inferId(profiles: readonly ColumnProfile[], { id, target }: InferenceRequest): IdGuess | undefined {
  if (id !== undefined) {
    const names = profiles.map(({ name }) => name);
    if (!names.includes(id) || id === target) {
      throw new ParamError(
        'usage.argument',
        `--id: ${printable(id)} is ${id === target ? 'the target' : 'no column of the table'}${id === target ? '' : didYouMean(id, names)}; name the column that holds customer ids`,
        { column: id },
      );
    }
    return { name: id, remark: '' };
  }
  const unique = profiles.filter(
    (profile) => profile.name !== target && isUnique(profile) && !isMeasure(profile),
  );
  const named = unique.filter(({ name }) => isNamedLikeId(name) && !isNamedLikeCounter(name));
  const best = named.find(({ name }) => isNamedLikeCustomerId(name)) ?? named[0];
  if (best)
    return { name: best.name, remark: 'taken as the customer id: no value repeats, and its name says so' };
  const nearly = profiles.find(
    (profile) =>
      profile.name !== target &&
      isNamedLikeCustomerId(profile.name) &&
      isNearlyUnique(profile) &&
      !isMeasure(profile),
  );
  if (nearly)
    return {
      name: nearly.name,
      remark: 'taken as the customer id: its name says so, and clean makes it one row a customer',
    };
  const text = unique.find(
    (profile) => isOtherText(profile) && !isContact(profile.name) && profile.meanLength <= longestLevel,
  );
  return (
    text && {
      name: text.name,
      remark: 'guessed to be the customer id: a text that never repeats; if not, give --id',
    }
  );
}

const isUnique = ({ distinct, rows, blank }: ColumnProfile): boolean =>
  blank === 0 && distinct === rows && rows > 1;
/** Rows whose value stands in an earlier row; a missing one repeats none. */
const repeatsIn = ({ rows, blank, distinct }: ColumnProfile): number => rows - blank - distinct;
/** A key whose few repeats and gaps are faults of single rows. */
const isNearlyUnique = (profile: ColumnProfile): boolean =>
  profile.distinct >= almostAll * profile.rows && profile.rows > 1;
/** Numbers with fractions measure something. */
const isMeasure = ({ numbers, whole, times }: ColumnProfile): boolean => numbers > whole || times > 0;
/** Text that is no number, or digits that a number would not keep. */
const isOtherText = ({ stored, others, rows, leadingZeros, numbers }: ColumnProfile): boolean =>
  stored === 'text' && (others > rows / 2 || (leadingZeros > 0 && numbers === rows));

interface Description {
  readonly rule: ColumnContract;
  readonly why: string[];
}

function describe(profile: ColumnProfile): Description {
  const { kind, why } = decideKind(profile);
  const unused = whyUnused(profile, kind);
  if (unused) why.push(unused);
  if (profile.hasDecimalComma)
    why.push('written with a decimal comma, 1.234,5 for 1234.5: guessed from all of its values');
  const personal = isPersonal(profile.name) || (isContact(profile.name) && hasManyValues(profile));
  if (personal)
    why.push(
      `its name sounds personal: not logged${unused || kind === 'time' ? '' : ', and looked at for fairness'}`,
    );
  const hasBound =
    kind === 'number' &&
    !unused &&
    isNeverNegative(profile.name) &&
    (profile.min ?? 0) >= 0 &&
    !isSwitch(profile);
  const unit = kind === 'number' && !unused ? unitOf(profile.name) : undefined;
  const levels =
    kind === 'category' && !unused
      ? typedLevels((profile.levels ?? []).map(({ level }) => level))
      : undefined;
  return {
    rule: {
      kind,
      ...(unit !== undefined && { unit }),
      ...(hasBound && { min: 0 }),
      ...(levels && { levels }),
      closed: false,
      nullable: true,
      personal,
      actionable: false,
      use: unused ? 'none' : 'feature',
    },
    why,
  };
}

/** Only 0 and 1: a number by its kind, but no count whose bound is worth a line. */
const isSwitch = ({ distinct, min, max }: ColumnProfile): boolean => distinct <= 2 && min === 0 && max === 1;

function decideKind(profile: ColumnProfile): { kind: ColumnKind; why: string[] } {
  const { stored, rows, blank, tokens } = profile;
  const present = rows - blank - tokens;
  if (present === 0) return { kind: 'text', why: [] };
  if (stored === 'boolean' || profile.booleans === present) return { kind: 'boolean', why: [] };
  if (stored === 'time' || profile.times === present) return { kind: 'time', why: [] };
  if (stored === 'text' && profile.leadingZeros > 0 && profile.numbers === present) {
    const kind = isCategory(profile) ? 'category' : 'text';
    return { kind, why: ['digits with leading zeros are a code, not a number'] };
  }
  for (const [kind, count] of [
    ['number', profile.numbers],
    ['time', profile.times],
  ] as const) {
    if (count === present) return { kind, why: [] };
    if (count >= almostAll * present && !isNamedLikeId(profile.name) && !isPersonName(profile.name)) {
      const rest = `${present - count} of ${rows} values cannot be read as a ${kind} and break their rows`;
      return { kind, why: [rest] };
    }
  }
  if (isCategory(profile)) return { kind: 'category', why: [] };
  return { kind: 'text', why: [] };
}

function isCategory(profile: ColumnProfile): boolean {
  if (isPersonName(profile.name) || profile.levels === null || profile.meanLength > longestLevel)
    return false;
  return !hasManyValues(profile);
}

const hasManyValues = ({ distinct, rows }: ColumnProfile): boolean =>
  distinct > mostCategoryLevels && distinct > mostCategoryShare * rows;

/** Why a column is not learned from, or undefined. */
function whyUnused(profile: ColumnProfile, kind: ColumnKind): string | undefined {
  const { name, rows, blank, tokens, distinct, dateLike, min, max, numbers, whole } = profile;
  const present = rows - blank - tokens;
  if (present === 0) return 'left out: it holds no value';
  if (distinct === 1 && present === rows) return 'left out: it holds the same value in every row';
  const isCounter =
    isUnique(profile) && whole === rows && max! - min! === rows - 1 && (min === 0 || min === 1);
  if (isCounter) return 'left out: it only counts the rows';
  if (isPersonName(name)) return 'left out: a name of a person';
  if (isContact(name) && hasManyValues(profile))
    return 'left out: it says who a customer is, not how they behave';
  if (isNamedLikeId(name) && hasManyValues(profile)) {
    const repeats = repeatsIn(profile);
    const repeated = repeats === 0 ? '' : `, and ${countOf(repeats, 'row repeats', 'rows repeat')} a value`;
    return `left out: named like an id${repeated}`;
  }
  if (kind !== 'text') return undefined;
  if (dateLike >= almostAll * present) return 'left out: dates in another form than YYYY-MM-DD';
  if (numbers === present) return 'left out: a code with many different values';
  return 'left out: text with many different values';
}
