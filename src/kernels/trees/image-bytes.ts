/** Bytes that grow behind each other; offsets are from their start, as an image for a kernel needs them. */
export interface ImageBytes {
  /** The offset of a copy of the array, a multiple of 64. */
  add(part: Uint8Array | Uint32Array | Float64Array): number;
  /** Room for so many words, at their offset. */
  reserve(words: number): number;
  setWords(offset: number, words: ArrayLike<number>): void;
  /** How many bytes there are by now. */
  size(): number;
  done(): Uint8Array;
}

const alignment = 64;

export function imageBytes(): ImageBytes {
  let bytes = new Uint8Array(4096);
  let end = 0;
  const room = (count: number): number => {
    const at = end;
    end = Math.ceil((at + count) / alignment) * alignment;
    if (end > bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * bytes.length));
      larger.set(bytes);
      bytes = larger;
    }
    return at;
  };
  return {
    add(part) {
      const at = room(part.byteLength);
      bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
      return at;
    },
    reserve: (words) => room(4 * words),
    setWords(offset, words) {
      new Uint32Array(bytes.buffer, offset, words.length).set(words);
    },
    size: () => end,
    done: () => bytes.slice(0, end),
  };
}
