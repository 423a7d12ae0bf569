// A ZIP archive of one file that repeats itself: small as it travels, as large as one likes unpacked.
import { constants, deflateRawSync } from "node:zlib";

/** Bytes, unpacked, beyond which nobody reads as far as to miss the checksum. */
const READ = 256 << 20;

/** The archive of a file of this name: `head`, so many times `piece`, `tail`. */
export function zipped(name, head, piece, times, tail) {
  const block = (text) => deflateRawSync(text, { finishFlush: constants.Z_FULL_FLUSH });
  // Blocks that are flushed wholly know nothing of one another, and can be written again and again.
  const packed = Buffer.concat([block(head), ...Array(times).fill(block(piece)), block(tail), deflateRawSync("")]);
  const parts = [[head, 1], [piece, times], [tail, 1]].map(([text, count]) => [Buffer.from(text), count]);
  const size = parts.reduce((sum, [bytes, count]) => sum + bytes.length * count, 0);
  const file = Buffer.from(name);
  // Version, flags, method, time and day, checksum, sizes, and the length of the name.
  const entry = Buffer.alloc(26);
  [[20, 0], [8, 4]].forEach(([value, at]) => entry.writeUInt16LE(value, at));
  [[size < READ ? checksum(parts) : 0, 10], [packed.length, 14], [size, 18]].forEach(([value, at]) => entry.writeUInt32LE(value, at));
  entry.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), entry, file, packed]);
  const listed = Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), entry, Buffer.alloc(14), file]);
  const end = Buffer.alloc(18);
  [[1, 4], [1, 6]].forEach(([value, at]) => end.writeUInt16LE(value, at));
  [[listed.length, 8], [local.length, 12]].forEach(([value, at]) => end.writeUInt32LE(value, at));
  return Buffer.concat([local, listed, Buffer.from("PK\x05\x06"), end]);
}

/** CRC-32 of the parts, each so many times. */
function checksum(parts) {
  let crc = ~0;
  for (const [bytes, count] of parts) for (let time = 0; time < count; time += 1) for (const byte of bytes) crc = (crc >>> 8) ^ TABLE[(crc ^ byte) & 255];
  return ~crc >>> 0;
}

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit += 1) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});
