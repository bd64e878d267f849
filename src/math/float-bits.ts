/**
 * Where the two 32-bit halves of a double lie when a `Float64Array` is seen as a `Uint32Array`: sign, exponent
 * and the first 20 bits of the fraction are in the high word. Processors differ in the order of the halves.
 */
export const HIGH_WORD = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;
export const LOW_WORD = 1 - HIGH_WORD;
