/** Functions of `assembly/linear*.ts`; addresses are bytes from the start of the memory. */
export interface LinearKernels {
  /** Bits of up to 8 columns of two values, a byte a row; returns the columns (as bits) that have a third value. */
  linearPack(values: number, stride: number, columns: number, rows: number, ends: number, to: number): number;
  linearSeen(first: number, second: number, stride: number, rows: number, seen: number): void;
  linearRename(first: number, second: number, stride: number, rows: number, names: number, to: number): void;
  linearScale(from: number, rows: number, centre: number, scale: number, to: number): void;
  linearMoment(head: number, column: number, centre: number): number;
  linearCount(head: number, numbers: number): void;
  linearSlope(head: number, every: number): number;
  linearTimes(head: number): void;
  linearSquares(head: number): void;
  linearGram(head: number, every: number): void;
}
