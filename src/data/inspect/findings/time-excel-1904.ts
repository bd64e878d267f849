/**
 * `time.excel-1904`: a block of rows whose dates are 1,462 days late or early.
 *
 * Excel on old Macs counts days from 1904, elsewhere from 1900. Files of both kinds pasted together keep their dates
 * apart by 1,462 days, and every recency is wrong by four years for one of them. For each date column the block of rows
 * is sought whose mean differs most from the rest; it is reported when the middle of its values is 1,462 days away within
 * five standard errors and the latest or earliest dates are within ten, or four times the mean gap between dates. In a
 * small block any distance would be within five of its wide errors, so 1,462 days must be at least six of them: the block
 * that differs most is the pick of 2,000, and chance gives it four or five. The row where it begins is the best two-level
 * split of all such columns together. O(rows) a column.
 */
import { printable } from '../../../base/text.ts';
import { defineFinding, type Inspection, type Sighting } from '../definition.ts';
import { groupText } from '../wording.ts';

const day = 86_400_000;
const shiftDays = 1462;
const chunks = 64;
const leastChunkRows = 8;
const edgeDays = 10;
/** Standard errors between the block and the rest: fewer are chance, among so many blocks. */
const leastErrors = 6;

interface Block {
  /** Rows from `start` (0-based) to before `end`. */
  readonly start: number;
  readonly end: number;
  /** Days by which the block is later than the rest. */
  readonly days: number;
}

export const timeExcel1904 = defineFinding({
  code: 'time.excel-1904',
  title: 'Dates shifted by 1,462 days',
  severity: 'warn',
  about:
    'Spreadsheets that count from 1904 and from 1900 were mixed: some rows are four years and a day off.',
  look(inspection) {
    const found = inspection.columns.flatMap(({ name, column }) => {
      if (column.kind !== 'time') return [];
      const block = findBlock(column.values);
      return block === undefined ? [] : [{ name, values: column.values, block }];
    });
    if (found.length === 0) return [];
    const joint = refine(
      found.map(({ values }) => values),
      found[0]!.block,
      inspection,
    );
    if (joint.end - joint.start < leastChunkRows) return [];
    const group = found.map(({ name }) => name);
    return group.map((name): Sighting => {
      const { start, end, days } = joint;
      const where =
        end === inspection.rowCount ? `from row ${start + 1} on` : `in rows ${start + 1} to ${end}`;
      return {
        column: name,
        message: `${printable(name)}: dates ${where} are ${shiftDays} days ${days > 0 ? 'later' : 'earlier'} than the others, the distance between Excel's 1900 and 1904 calendars${groupText(name, group)}; ${repairText(joint, group, inspection.rowCount)}, or export the file again`,
        evidence: {
          firstRow: start,
          endRow: end,
          rows: end - start,
          days: days > 0 ? shiftDays : -shiftDays,
          group,
        },
      };
    });
  },
});

/** The step for the project file that moves the block back. */
function repairText({ start, end, days }: Block, group: readonly string[], rows: number): string {
  const names = group.map((name) => (/^\w+$/.test(name) ? name : JSON.stringify(printable(name))));
  const rowKeys = [...(start > 0 ? [`fromRow: ${start + 1}`] : []), ...(end < rows ? [`toRow: ${end}`] : [])];
  const by = days > 0 ? -shiftDays : shiftDays;
  const keys = [`columns: [${names.join(', ')}]`, `days: ${by}`, ...rowKeys];
  return `repair them with clean: [ { repair: shift-dates, ${keys.join(', ')} } ]`;
}

/** Count and sum of the values before each chunk, in days. */
function findBlock(values: Float64Array): Block | undefined {
  const size = Math.max(leastChunkRows, Math.ceil(values.length / chunks));
  const starts: number[] = [];
  for (let at = 0; at < values.length; at += size) starts.push(at);
  if (starts.length < 4) return undefined;
  const counts = [0];
  const sums = [0];
  starts.forEach((start, c) => {
    let count = 0;
    let sum = 0;
    for (let row = start; row < Math.min(start + size, values.length); row++) {
      if (Number.isNaN(values[row])) continue;
      count++;
      sum += values[row]! / day;
    }
    counts.push(counts[c]! + count);
    sums.push(sums[c]! + sum);
  });
  const total = counts.at(-1)!;
  const mean = sums.at(-1)! / Math.max(1, total);
  let best = 0;
  let block: Block | undefined;
  for (let i = 0; i < starts.length; i++) {
    for (let j = i + 1; j <= starts.length; j++) {
      const count = counts[j]! - counts[i]!;
      if (count < leastChunkRows || total - count < leastChunkRows) continue;
      const off = sums[j]! - sums[i]! - count * mean;
      const gain = (off * off) / (count * (1 - count / total));
      if (gain <= best) continue;
      best = gain;
      block = { start: i * size, end: Math.min(j * size, values.length), days: off };
    }
  }
  return block && isShifted(values, asMinority(block, values.length))
    ? asMinority(block, values.length)
    : undefined;
}

/** A block of the first rows is told as the rest being later: what follows it is the block. */
function asMinority(block: Block, rows: number): Block {
  if (block.start > 0 || block.end === rows) return block;
  return { start: block.end, end: rows, days: -block.days };
}

function isShifted(values: Float64Array, block: Block): boolean {
  const inside: number[] = [];
  const outside: number[] = [];
  // Chunks at the ends may be mixed: a margin keeps them out.
  const margin = Math.ceil(values.length / chunks);
  values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    if (row >= block.start + margin && row < block.end - margin) inside.push(value / day);
    else if (row < block.start - margin || row >= block.end + margin) outside.push(value / day);
  });
  if (inside.length < leastChunkRows || outside.length < leastChunkRows) return false;
  inside.sort((a, b) => a - b);
  outside.sort((a, b) => a - b);
  const sign = block.days > 0 ? 1 : -1;
  const at = (list: readonly number[], p: number): number => list[Math.floor(p * (list.length - 1))]!;
  const off = (p: number): number => Math.abs(at(inside, p) - at(outside, p) - sign * shiftDays);
  const spread = (list: readonly number[]): number => (at(list, 0.9) - at(list, 0.1)) / 2.56;
  const error = Math.sqrt(spread(inside) ** 2 / inside.length + spread(outside) ** 2 / outside.length);
  if (leastErrors * error * 1.25 > shiftDays) return false;
  const isMiddle = off(0.5) <= 5 * Math.max(1, error * 1.25);
  const gap = (at(inside, 1) - at(inside, 0)) / inside.length;
  const near = Math.max(edgeDays, 4 * gap);
  const isEdge = off(0.995) <= near || off(0.005) <= near || off(1) <= near || off(0) <= near;
  return isMiddle && isEdge;
}

/** Moves start and end to the rows that split all columns best into two levels, 1,462 days apart. */
function refine(columns: readonly Float64Array[], block: Block, { rowCount }: Inspection): Block {
  const margin = 2 * Math.ceil(rowCount / chunks);
  const sign = block.days > 0 ? 1 : -1;
  const isFar = (row: number): boolean => row < block.start - margin || row >= block.end + margin;
  const scales = columns.map((values) => {
    let [sum, count] = [0, 0];
    const [far, near] = [newRange(), newRange()];
    values.forEach((value, row) => {
      if (Number.isNaN(value)) return;
      const isInside = row >= block.start && row < block.end;
      sum += (sign * value) / day - (isInside ? shiftDays : 0);
      count++;
      if (isFar(row)) widen(far, (sign * value) / day);
      else if (row >= block.start + margin && row < block.end - margin) widen(near, (sign * value) / day);
    });
    return { level: sum / count + shiftDays / 2, highest: far.high, lowest: near.low };
  });
  /** How much more the row looks like one of the block, over all columns; what only one side holds decides. */
  const pull = (row: number): number =>
    columns.reduce((sum, values, c) => {
      const value = (sign * values[row]!) / day;
      if (Number.isNaN(value)) return sum;
      const { level, highest, lowest } = scales[c]!;
      const sure = (value > highest ? 2 * shiftDays : 0) - (value < lowest ? 2 * shiftDays : 0);
      return sum + value - level + sure;
    }, 0);
  const bestCut = (from: number, to: number, side: 1 | -1): number => {
    let best = 0;
    let total = 0;
    let cut = from;
    for (let row = from; row < to; row++) {
      total -= side * pull(row);
      if (total > best) {
        best = total;
        cut = row + 1;
      }
    }
    return cut;
  };
  const start =
    block.start === 0
      ? 0
      : bestCut(Math.max(0, block.start - margin), Math.min(rowCount, block.start + margin), 1);
  const end =
    block.end === rowCount
      ? rowCount
      : bestCut(Math.max(start + 1, block.end - margin), Math.min(rowCount, block.end + margin), -1);
  return { start, end, days: block.days };
}

interface Range {
  low: number;
  high: number;
}

const newRange = (): Range => ({ low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY });

function widen(range: Range, value: number): void {
  range.low = Math.min(range.low, value);
  range.high = Math.max(range.high, value);
}
