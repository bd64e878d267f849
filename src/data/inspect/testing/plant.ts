/**
 * Plants leaks and faults into clean tables, from a seed: each plant says which finding must name it.
 *
 * Every kind varies what may vary in real tables: how strong, how many rows, where in the file, under which name.
 */
import type { Random } from '../../../base/random.ts';
import { exp } from '../../../math/exp-log.ts';
import type { RawTable } from './raw-table.ts';

export interface Plant {
  readonly kind: string;
  /** Any of these codes counts as found... */
  readonly codes: readonly string[];
  /** ...when each of these columns has one; empty: about the whole table. */
  readonly columns: readonly string[];
  readonly table: RawTable;
}

type Planter = (table: RawTable, random: Random) => Omit<Plant, 'kind'>;

const day = 86_400_000;
const today = Date.UTC(2026, 5, 30);

/** A whole number from `low` to `high`. */
const between = (random: Random, low: number, high: number): number => low + random.integer(high - low + 1);
const share = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform();
const pick = <T>(random: Random, items: readonly T[]): T => items[random.integer(items.length)]!;
const isoDate = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The table with one more column before the target. */
function withColumn(
  table: RawTable,
  name: string,
  cell: (isChurned: boolean, row: number) => string,
): RawTable {
  const at = table.header.indexOf(table.target);
  const insert = (cells: readonly string[], text: string): string[] => [
    ...cells.slice(0, at),
    text,
    ...cells.slice(at),
  ];
  return {
    ...table,
    header: insert(table.header, name),
    rows: table.rows.map((cells, row) => insert(cells, cell(cells[at] === table.churned, row))),
  };
}

const withRows = (table: RawTable, rows: readonly (readonly string[])[]): RawTable => ({ ...table, rows });
const isChurnedRow = ({ header, target, churned }: RawTable, cells: readonly string[]): boolean =>
  cells[header.indexOf(target)] === churned;

/** Number columns of the table that are not left out as row numbers: names. */
const numberNames = ({ header, rows, target, id }: RawTable): string[] =>
  header.filter(
    (name, c) =>
      name !== target &&
      name !== id &&
      !/number/i.test(name) &&
      new Set(rows.slice(0, 400).map((cells) => cells[c])).size > 40 &&
      rows.slice(0, 400).every((cells) => cells[c] === '' || Number.isFinite(Number(cells[c]))),
  );

const signupDates = (table: RawTable, random: Random, name: string): RawTable =>
  withColumn(table, name, () => isoDate(today - random.integer(3000) * day));

const planters: Readonly<Record<string, Planter>> = {
  'noisy copy of the label': (table, random) => {
    const name = pick(random, ['status_index', 'engagementDelta', 'flag_value', 'kpi7']);
    const gap = share(random, 2.2, 5);
    const made = withColumn(table, name, (left) => ((left ? gap : 0) + random.normal()).toFixed(3));
    return { codes: ['leak.single-column'], columns: [name], table: made };
  },
  'level that only churners have': (table, random) => {
    const name = pick(random, ['account_state', 'lifecycle', 'tariffGroup']);
    const covered = share(random, 0.3, 0.95);
    const made = withColumn(table, name, (left) =>
      left && random.uniform() < covered ? 'S9' : pick(random, ['S1', 'S2', 'S3']),
    );
    return { codes: ['leak.single-column'], columns: [name], table: made };
  },
  'activity that stops with two companions': (table, random) => {
    const covered = share(random, 0.3, 0.8);
    const stopped = table.rows.map((cells) => isChurnedRow(table, cells) && random.uniform() < covered);
    const names = ['mails_sent', 'open_rate', 'click_rate'];
    const made = names.reduce(
      (so, name) => withColumn(so, name, (_, row) => (stopped[row] ? '0' : String(between(random, 1, 90)))),
      table,
    );
    return { codes: ['leak.single-column'], columns: names, table: made };
  },
  'reason only of those who left': (table, random) => {
    const name = pick(random, ['note_code', 'case_type', 'why', 'feedbackTopic']);
    const covered = share(random, 0.3, 1);
    const made = withColumn(table, name, (left) =>
      left && random.uniform() < covered ? pick(random, ['price', 'moved', 'service', 'other']) : '',
    );
    return { codes: ['leak.after-outcome'], columns: [name], table: made };
  },
  'date only of those who left': (table, random) => {
    const name = pick(random, ['d_end', 'last_bill_sent', 'handover']);
    const made = withColumn(table, name, (left) => (left ? isoDate(today - random.integer(180) * day) : ''));
    return { codes: ['leak.after-outcome'], columns: [name], table: made };
  },
  'name that speaks of leaving': (table, random) => {
    const name = pick(random, [
      'retention_calls',
      'CancellationFee',
      'churn_score',
      'exit_interview',
      'cancelReason',
    ]);
    const made = withColumn(table, name, (left) => String(between(random, 0, left ? 5 : 3)));
    return { codes: ['leak.after-outcome'], columns: [name], table: made };
  },
  'score of a model': (table, random) => {
    const name = pick(random, [
      'churn_probability',
      'propensity',
      'model_pred',
      'risk',
      'Naive_Bayes_Classifier_1',
    ]);
    const gap = share(random, 1.6, 4);
    const made = withColumn(table, name, (left) => {
      const logit = (left ? gap : 0) - 1 + random.normal();
      return (1 / (1 + exp(-logit))).toFixed(4);
    });
    return { codes: ['leak.predictor'], columns: [name], table: made };
  },
  'score of a model and its complement': (table, random) => {
    const scores = table.rows.map((cells) => {
      const logit = (isChurnedRow(table, cells) ? 4 : -2) + random.normal();
      return 1 / (1 + exp(-logit));
    });
    const names = ['nb_1_score', 'nb_2_score'];
    const one = withColumn(table, names[0]!, (_, row) => scores[row]!.toFixed(5));
    const made = withColumn(one, names[1]!, (_, row) => (1 - scores[row]!).toFixed(5));
    return { codes: ['leak.predictor', 'leak.single-column'], columns: names, table: made };
  },
  'last visit that restates the outcome': (table, random) => {
    const name = pick(random, ['days_since_last_visit', 'daysSinceLogin', 'last_order_days', 'recency']);
    const gap = share(random, 0.8, 2.5);
    const made = withColumn(table, name, (left) =>
      String(Math.max(0, Math.round(60 + 20 * ((left ? gap : 0) + random.normal())))),
    );
    return { codes: ['recency.label', 'leak.single-column'], columns: [name], table: made };
  },
  'noise without any effect': (table, random) => {
    const name = pick(random, ['lottery', 'shard', 'ab_bucket']);
    const isText = random.uniform() < 0.5;
    const made = withColumn(table, name, () =>
      isText ? pick(random, ['x', 'y', 'z']) : String(between(random, 0, 999)),
    );
    return { codes: ['weak.columns'], columns: [], table: made };
  },
  'value that only some who stayed have': (table, random) => {
    const name = pick(random, ['loyalty_tier', 'gift', 'level9']);
    const covered = share(random, 0.12, 0.4);
    const made = withColumn(table, name, (left) =>
      !left && random.uniform() < covered ? 'G1' : pick(random, ['G2', 'G3', 'G4']),
    );
    return { codes: ['leak.single-column'], columns: [name], table: made };
  },
  'reference number': (table, random) => {
    const isText = random.uniform() < 0.5;
    const name = pick(random, ['reference', 'ticket', 'hash', 'orderRef']);
    const start = between(random, 200_000, 900_000);
    const numbers = random.shuffle(Array.from({ length: table.rows.length }, (_, i) => start + 7 * i));
    const made = withColumn(table, name, (_, row) =>
      isText ? `R${numbers[row]!.toString(36)}` : String(numbers[row]),
    );
    return { codes: ['id.column'], columns: [name], table: made };
  },
  'repeated ids': (table, random) => {
    const at = table.header.indexOf(table.id);
    const count = between(random, 1, 40);
    const rows = table.rows.map((cells) => [...cells]);
    for (let i = 0; i < count; i++) rows[between(random, 1, rows.length - 1)]![at] = rows[0]![at]!;
    return { codes: ['duplicate.id'], columns: [table.id], table: withRows(table, rows) };
  },
  'repeated rows': (table, random) => {
    const copies = Array.from({ length: between(random, 5, 60) }, () => pick(random, table.rows));
    return { codes: ['duplicate.row'], columns: [], table: withRows(table, [...table.rows, ...copies]) };
  },
  'dates of the other calendar': (table, random) => {
    const name = pick(random, ['created', 'signup', 'first_contract']);
    const dated = signupDates(table, random, name);
    const at = dated.header.indexOf(name);
    const length = Math.floor(dated.rows.length * share(random, 0.12, 0.4));
    const start =
      random.uniform() < 0.6
        ? dated.rows.length - length
        : between(random, 100, dated.rows.length - length - 100);
    const days = random.uniform() < 0.5 ? 1462 : -1462;
    const rows = dated.rows.map((cells, row) =>
      row < start || row >= start + length
        ? cells
        : cells.with(at, isoDate(Date.parse(cells[at]!) + days * day)),
    );
    return { codes: ['time.excel-1904'], columns: [name], table: withRows(dated, rows) };
  },
  'dates that mean unknown': (table, random) => {
    const name = pick(random, ['created', 'last_visit', 'contract_end']);
    const mark = pick(random, ['1900-01-01', '9999-12-31', '1970-01-01', '1899-12-30']);
    const rate = share(random, 0.005, 0.1);
    const made = withColumn(table, name, () =>
      random.uniform() < rate ? mark : isoDate(today - random.integer(3000) * day),
    );
    return { codes: ['time.sentinel'], columns: [name], table: made };
  },
  'dates to come': (table, random) => {
    const name = pick(random, ['created', 'last_visit', 'signup']);
    const rate = share(random, 0.003, 0.1);
    const made = withColumn(table, name, () =>
      isoDate(
        random.uniform() < rate
          ? today + between(random, 200, 2000) * day
          : today - random.integer(3000) * day,
      ),
    );
    return { codes: ['time.future'], columns: [name], table: made };
  },
  'last before first': (table, random) => {
    const [early, late] = pick(random, [
      ['created', 'first_order'],
      ['first_order', 'last_order'],
      ['d1', 'd2'],
    ] as const);
    const rate = share(random, 0.003, 0.04);
    const dated = signupDates(table, random, early);
    const at = dated.header.indexOf(early);
    const made = withColumn(dated, late, (_, row) => {
      const from = Date.parse(dated.rows[row]![at]!);
      return isoDate(
        from + (random.uniform() < rate ? -between(random, 1, 300) : between(random, 0, 400)) * day,
      );
    });
    return { codes: ['time.order'], columns: [early, late], table: made };
  },
  'numbers with signs': (table, random) => {
    const name = pick(random, ['revenue', 'spend', 'discount']);
    const dress = pick(random, [
      (x: number) => `€ ${x.toFixed(2)}`,
      (x: number) => `$${x.toFixed(2)}`,
      (x: number) => `${x.toFixed(1)}%`,
      (x: number) => `${Math.floor(x) + 1},${String(between(random, 100, 999))}.50`,
      (x: number) => `${x.toFixed(1)} kg`,
      (x: number) => x.toFixed(2).replace('.', ','),
    ]);
    const made = withColumn(table, name, () => dress(share(random, 1, 90)));
    return { codes: ['text.number'], columns: [name], table: made };
  },
  'numbers with words between': (table, random) => {
    const name = pick(random, ['visits', 'minutes', 'points']);
    const word = pick(random, ['unknown', 'n.a.', 'none yet', '-']);
    const rate = share(random, 0.05, 0.3);
    const made = withColumn(table, name, () =>
      random.uniform() < rate ? word : String(between(random, 0, 300)),
    );
    return { codes: ['text.number'], columns: [name], table: made };
  },
  'mostly missing': (table, random) => {
    const name = pick(random, ['survey', 'fax_minutes', 'rating']);
    const rate = share(random, 0.5, 0.97);
    const made = withColumn(table, name, () =>
      random.uniform() < rate ? '' : String(between(random, 1, 40)),
    );
    return { codes: ['missing.high'], columns: [name], table: made };
  },
  'missing in the same rows': (table, random) => {
    const rate = share(random, 0.03, 0.3);
    const isGone = table.rows.map(() => random.uniform() < rate);
    const names = ['web_visits', 'web_minutes', 'web_device'].slice(0, between(random, 2, 3));
    const made = names.reduce(
      (so, name) => withColumn(so, name, (_, row) => (isGone[row] ? '' : String(between(random, 1, 60)))),
      table,
    );
    return { codes: ['missing.together'], columns: names, table: made };
  },
  'zeros of another kind': (table, random) => {
    const name = pick(random, ['roaming', 'premium_spend', 'data_extra']);
    const rate = share(random, 0.2, 0.9);
    const made = withColumn(table, name, () =>
      random.uniform() < rate ? '0' : share(random, 5, 200).toFixed(1),
    );
    return { codes: ['zero.inflated'], columns: [name], table: made };
  },
  'the same everywhere': (table, random) => {
    const name = pick(random, ['country', 'currency', 'version']);
    const text = pick(random, ['DE', '1', 'true']);
    return { codes: ['constant'], columns: [name], table: withColumn(table, name, () => text) };
  },
  'misspelt levels': (table, random) => {
    const name = pick(random, ['channel', 'segment', 'tier']);
    const made = withColumn(table, name, (_, row) =>
      row < between(random, 1, 6)
        ? pick(random, ['web ', 'WEB', 'sotre'])
        : pick(random, ['web', 'store', 'phone']),
    );
    const rows = made.rows.map((cells, row) =>
      row === 7 ? cells.with(made.header.indexOf(name), 'Web') : cells,
    );
    return { codes: ['rare.levels'], columns: [name], table: withRows(made, rows) };
  },
  'made of two others': (table, random) => {
    const [a, b] = random.shuffle(numberNames(table)).slice(0, 2);
    const name = 'derived_kpi';
    const [i, j] = [table.header.indexOf(a!), table.header.indexOf(b!)];
    const make = pick(random, [
      (x: number, y: number) => x * y,
      (x: number, y: number) => x + 3 * y - 2 * y,
      (x: number, y: number) => x - y,
      (x: number) => 2.5 * x,
    ]);
    const made = withColumn(table, name, (_, row) => {
      const [x, y] = [table.rows[row]![i]!, table.rows[row]![j]!];
      return x === '' || y === '' ? '' : make(Number(x), Number(y)).toFixed(4);
    });
    return { codes: ['derived.column'], columns: [], table: made };
  },
  'few churners': (table, random) => {
    let left = between(random, 20, 45);
    const rows = table.rows.filter((cells) => !isChurnedRow(table, cells) || left-- > 0);
    return { codes: ['small.class'], columns: [table.target], table: withRows(table, rows) };
  },
  'sorted by outcome': (table, random) => {
    const rate = share(random, 0.4, 1);
    const isKept = table.rows.map(() => random.uniform() < rate);
    const moved = table.rows.filter((cells, row) => isChurnedRow(table, cells) && isKept[row]);
    const rest = table.rows.filter((cells, row) => !(isChurnedRow(table, cells) && isKept[row]));
    return { codes: ['order.label'], columns: [], table: withRows(table, [...moved, ...rest]) };
  },
  'second header': (table, random) => {
    const at = between(random, 20, table.rows.length - 1);
    const lines = [{ after: at, text: table.header.join(',') }];
    return { codes: ['malformed'], columns: [], table: { ...table, lines } };
  },
  'description under the header': (table) => {
    const lines = [{ after: 1, text: table.header.map((name) => `what ${name} means`).join(',') }];
    return { codes: ['malformed'], columns: [], table: { ...table, lines } };
  },
  'marks of a merge': (table, random) => {
    const at = between(random, 20, table.rows.length - 3);
    const isPadded = random.uniform() < 0.5;
    const pad = isPadded ? ',x'.repeat(table.header.length - 1) : '';
    const lines = [{ after: at, text: `<<<<<<< HEAD${pad}` }];
    return { codes: isPadded ? ['malformed'] : ['data.width'], columns: [], table: { ...table, lines } };
  },
};

export const plantKinds: readonly string[] = Object.keys(planters);

/** Plants one fault; the same table, number and stream give the same plant. */
export function plant(table: RawTable, number: number, random: Random): Plant {
  const kind = plantKinds[number % plantKinds.length]!;
  return { kind, ...planters[kind]!(table, random.fork('plant', number)) };
}
