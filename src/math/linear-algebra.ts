/**
 * Small dense matrices: products, the Cholesky factor of a positive definite one, the eigenvectors of a symmetric one.
 *
 * A matrix is `{ rows, columns, values }`, values row by row: entry (i, j) stands at i * columns + j. Shapes must fit: a
 * caller's mistake throws a TypeError. Sums run in one fixed order, so the bits are the same on every machine.
 * NaN spreads as numbers do. References: numpy.linalg.cholesky, eigh.
 */

/** Row-major: the value of row r and column c is `values[r * columns + c]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** A matrix over the values given, not copied, or of zeros. */
export function matrix(rows: number, columns: number, values = new Float64Array(rows * columns)): Matrix {
  fits(values.length === rows * columns, `${values.length} values for ${rows} x ${columns}`);
  return { rows, columns, values };
}

/** Sum of a[i] * b[i], in four lanes: lane j takes items j, j + 4, ...; then (0 + 1) + (2 + 3), then the items left over. */
export function dot(a: Float64Array, b: Float64Array): number {
  fits(a.length === b.length, `dot of ${a.length} and ${b.length} numbers`);
  return dotAt(a, 0, b, 0, a.length);
}

/** a b. O(rows x inner x columns). */
export function multiply(a: Matrix, b: Matrix): Matrix {
  fits(a.columns === b.rows, `${shape(a)} times ${shape(b)}`);
  const product = matrix(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.columns; k++)
      addScaled(
        product.values,
        i * b.columns,
        b.values,
        k * b.columns,
        a.values[i * a.columns + k]!,
        b.columns,
      );
  return product;
}

/** a x: one dot product a row. */
export function multiplyVector(a: Matrix, x: Float64Array): Float64Array {
  fits(a.columns === x.length, `${shape(a)} times ${x.length} numbers`);
  return Float64Array.from({ length: a.rows }, (_, i) => dotAt(a.values, i * a.columns, x, 0, a.columns));
}

/** Transpose of a, times y: the sum of the rows of a, each times its y. */
export function transposeMultiplyVector(a: Matrix, y: Float64Array): Float64Array {
  fits(a.rows === y.length, `transpose of ${shape(a)} times ${y.length} numbers`);
  const result = new Float64Array(a.columns);
  for (let i = 0; i < a.rows; i++) addScaled(result, 0, a.values, i * a.columns, y[i]!, a.columns);
  return result;
}

/** X^T W X for a diagonal W given as one weight a row (all 1 when left out): symmetric. O(rows x columns^2 / 2). */
export function transposeMultiply(x: Matrix, weights?: Float64Array): Matrix {
  const size = x.columns;
  fits(weights === undefined || weights.length === x.rows, `${weights?.length} weights for ${shape(x)}`);
  const gram = matrix(size, size);
  for (let row = 0; row < x.rows; row++) {
    const at = row * size;
    const weight = weights === undefined ? 1 : weights[row]!;
    for (let i = 0; i < size; i++) {
      const scaled = weight * x.values[at + i]!;
      addScaled(gram.values, i * size + i, x.values, at + i, scaled, size - i);
    }
  }
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) gram.values[i * size + j] = gram.values[j * size + i]!;
  return gram;
}

/**
 * The lower triangular L with L L^T = a, written over a (only the lower triangle of a is read; the upper becomes 0).
 * Undefined when a is not positive definite to working precision: a is then spoilt; a caller may add a ridge to a copy and
 * try again. O(n^3 / 3).
 */
export function cholesky(a: Matrix): Matrix | undefined {
  const n = a.rows;
  fits(n === a.columns, `Cholesky factor of ${shape(a)}`);
  const l = a.values;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const rest = l[i * n + j]! - dotAt(l, i * n, l, j * n, j);
      if (j < i) {
        l[i * n + j] = rest / l[j * n + j]!;
        continue;
      }
      // What is left of a diagonal entry after rounding of its own size is noise, not a pivot.
      if (!(rest > l[i * n + i]! * 1e-14) || rest === Number.POSITIVE_INFINITY) return undefined;
      l[i * n + i] = Math.sqrt(rest);
    }
    l.fill(0, i * n + i + 1, i * n + n);
  }
  return a;
}

/** x with L L^T x = right, for the factor that `cholesky` gave. O(n^2). */
export function solveCholesky(l: Matrix, right: Float64Array): Float64Array {
  const n = l.rows;
  fits(n === right.length, `factor ${shape(l)} with ${right.length} numbers`);
  const x = right.slice();
  for (let i = 0; i < n; i++) x[i] = (x[i]! - dotAt(l.values, i * n, x, 0, i)) / l.values[i * n + i]!;
  for (let i = n - 1; i >= 0; i--) {
    const solved = x[i]! / l.values[i * n + i]!;
    x[i] = solved;
    addScaled(x, 0, l.values, i * n, -solved, i);
  }
  return x;
}

export interface Eigen {
  /** From the largest to the smallest. */
  readonly values: Float64Array;
  /** Row k is the eigenvector of value k, of length 1; its entry of largest size is positive. */
  readonly vectors: Matrix;
}

/** Eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations. O(n^3) a sweep, about eight sweeps. */
export function symmetricEigen(a: Matrix): Eigen {
  const n = a.rows;
  fits(n === a.columns, `eigenvectors of ${shape(a)}`);
  const work = a.values.slice();
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  // Convergence is quadratic once it sets in; no matrix of finite numbers is known to need thirty sweeps.
  for (let sweep = 0; sweep < 50 && jacobiSweep(work, vectors, n); sweep++);
  return sortedEigen(work, vectors, n);
}

/** Turns every pair of axes once so that their entry vanishes; false when all had vanished. */
function jacobiSweep(a: Float64Array, vectors: Float64Array, n: number): boolean {
  let hasTurned = false;
  for (let p = 0; p < n - 1; p++)
    for (let q = p + 1; q < n; q++) {
      const off = a[p * n + q]!;
      const atP = a[p * n + p]!;
      const atQ = a[q * n + q]!;
      // Below the last digit of both diagonal entries it can no longer move them.
      if (!(Math.abs(off) > 1e-17 * Math.sqrt(Math.abs(atP * atQ)) && Math.abs(off) > Number.MIN_VALUE * 4))
        continue;
      hasTurned = true;
      const theta = (atQ - atP) / (2 * off);
      const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const cosine = 1 / Math.sqrt(tangent * tangent + 1);
      const sine = tangent * cosine;
      for (let k = 0; k < n; k++) {
        if (k === p || k === q) continue;
        const kp = a[p * n + k]!;
        const kq = a[q * n + k]!;
        a[p * n + k] = a[k * n + p] = cosine * kp - sine * kq;
        a[q * n + k] = a[k * n + q] = sine * kp + cosine * kq;
      }
      a[p * n + p] = atP - tangent * off;
      a[q * n + q] = atQ + tangent * off;
      a[p * n + q] = a[q * n + p] = 0;
      for (let k = 0; k < n; k++) {
        const vp = vectors[p * n + k]!;
        const vq = vectors[q * n + k]!;
        vectors[p * n + k] = cosine * vp - sine * vq;
        vectors[q * n + k] = sine * vp + cosine * vq;
      }
    }
  return hasTurned;
}

function sortedEigen(diagonal: Float64Array, vectors: Float64Array, n: number): Eigen {
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (i, j) => diagonal[j * n + j]! - diagonal[i * n + i]! || i - j,
  );
  const sorted = matrix(n, n);
  order.forEach((from, to) => {
    const vector = vectors.subarray(from * n, from * n + n);
    let largest = 0;
    for (let k = 1; k < n; k++) if (Math.abs(vector[k]!) > Math.abs(vector[largest]!)) largest = k;
    const sign = vector[largest]! < 0 ? -1 : 1;
    for (let k = 0; k < n; k++) sorted.values[to * n + k] = sign * vector[k]!;
  });
  return { values: Float64Array.from(order, (i) => diagonal[i * n + i]!), vectors: sorted };
}

function dotAt(a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number): number {
  let [lane0, lane1, lane2, lane3] = [0, 0, 0, 0];
  const lanesEnd = length & ~3;
  for (let i = 0; i < lanesEnd; i += 4) {
    lane0 += a[aStart + i]! * b[bStart + i]!;
    lane1 += a[aStart + i + 1]! * b[bStart + i + 1]!;
    lane2 += a[aStart + i + 2]! * b[bStart + i + 2]!;
    lane3 += a[aStart + i + 3]! * b[bStart + i + 3]!;
  }
  let total = lane0 + lane1 + (lane2 + lane3);
  for (let i = lanesEnd; i < length; i++) total += a[aStart + i]! * b[bStart + i]!;
  return total;
}

/** to += factor * from, over `length` numbers. */
function addScaled(
  to: Float64Array,
  toStart: number,
  from: Float64Array,
  fromStart: number,
  factor: number,
  length: number,
): void {
  for (let i = 0; i < length; i++) to[toStart + i]! += factor * from[fromStart + i]!;
}

const shape = ({ rows, columns }: Matrix): string => `${rows} x ${columns}`;

function fits(isFitting: boolean, what: string): void {
  if (!isFitting) throw new TypeError(`linear-algebra: shapes don't fit: ${what}`);
}
