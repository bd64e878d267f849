/**
 * Gauss-Legendre quadrature on [0, 1]: n points that integrate polynomials of degree 2n - 1 exactly.
 *
 * Nodes are the roots of the Legendre polynomial P_n, by Newton's method from Tricomi's estimate, mapped from
 * [-1, 1]; weights 2 / ((1 - x^2) P_n'(x)^2), halved. O(n^2), remembered for each n.
 * Matches numpy.polynomial.legendre.leggauss.
 */
export interface Quadrature {
  /** Ascending, inside (0, 1). */
  readonly nodes: Float64Array;
  /** Sum to 1. */
  readonly weights: Float64Array;
}

const remembered = new Map<number, Quadrature>();

/** The rule with n points, n from 1 to 1,000. */
export function gaussLegendre(n: number): Quadrature {
  if (!Number.isInteger(n) || n < 1 || n > 1000)
    throw new RangeError(`gauss-legendre: n must be from 1 to 1000, got ${n}`);
  const known = remembered.get(n);
  if (known) return known;
  const made = makeRule(n);
  remembered.set(n, made);
  return made;
}

function makeRule(n: number): Quadrature {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < Math.ceil(n / 2); i++) {
    let x = startingRoot(i, n);
    let slope = 0;
    for (let step = 0; step < 100; step++) {
      const { value, derivative } = legendre(n, x);
      slope = derivative;
      const change = value / derivative;
      x -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    // The middle root of an odd rule is 0.
    if (2 * i + 1 === n) x = 0;
    slope = legendre(n, x).derivative;
    const weight = 1 / ((1 - x * x) * slope * slope);
    nodes[i] = (1 - x) / 2;
    nodes[n - 1 - i] = (1 + x) / 2;
    weights[i] = weight;
    weights[n - 1 - i] = weight;
  }
  return { nodes, weights };
}

/** P_n(x) and its derivative by the three-term recurrence. */
function legendre(n: number, x: number): { value: number; derivative: number } {
  let before = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
    before = value;
    value = next;
  }
  return { value, derivative: (n * (x * value - before)) / (x * x - 1) };
}

/** cos(pi (i + 3/4) / (n + 1/2)): close enough for Newton's method; by a Taylor series, for the same bits everywhere. */
function startingRoot(i: number, n: number): number {
  const angle = (Math.PI * (i + 0.75)) / (n + 0.5);
  let term = 1;
  let total = 1;
  for (let k = 1; k <= 20; k++) {
    term *= -(angle * angle) / ((2 * k - 1) * (2 * k));
    total += term;
  }
  return total;
}
