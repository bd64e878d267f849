/** Values as frames on a stream: the length of the JSON text in four bytes, then the text. */
import type { Socket } from 'node:net';

const headBytes = 4;

export function writeFrame(socket: Socket, value: unknown): void {
  const text = Buffer.from(JSON.stringify(value));
  const head = Buffer.allocUnsafe(headBytes);
  head.writeUInt32LE(text.length);
  // Both in one piece on the wire.
  socket.cork();
  socket.write(head);
  socket.write(text);
  socket.uncork();
}

/** Gives a function that takes pieces of the stream as they arrive and calls `take` for every whole value. */
export function frameReader<Value>(take: (value: Value) => void): (piece: Buffer) => void {
  let pieces: Buffer[] = [];
  let length = 0;
  return (piece) => {
    pieces.push(piece);
    length += piece.length;
    // A large frame arrives in many pieces: they are joined once, when it is whole.
    if (length < headBytes || length < headBytes + wholeLength(pieces)) return;
    let rest = Buffer.concat(pieces, length);
    while (rest.length >= headBytes) {
      const end = headBytes + rest.readUInt32LE();
      if (rest.length < end) break;
      take(JSON.parse(rest.toString('utf8', headBytes, end)) as Value);
      rest = rest.subarray(end);
    }
    pieces = rest.length > 0 ? [rest] : [];
    length = rest.length;
  };
}

function wholeLength(pieces: Buffer[]): number {
  if (pieces[0]!.length < headBytes) pieces.splice(0, pieces.length, Buffer.concat(pieces));
  return pieces[0]!.readUInt32LE();
}
