import { open } from "node:fs/promises";

/** Exif's orientation, 1 to 8 (EXIF 2.32, tag 0x0112), as the ffmpeg filters that set the picture upright. */
const turns: Record<number, readonly string[]> = {
  2: ["hflip"],
  3: ["hflip", "vflip"],
  4: ["vflip"],
  5: ["transpose=cclock_flip"],
  6: ["transpose=clock"],
  7: ["transpose=clock_flip"],
  8: ["transpose=cclock"],
};

/** Exif stands at the start of a JPEG, in a segment of at most 64 kB. */
const headBytes = 131_072;

/** Read here and not left to the decoder: ffmpeg's versions differ in whether a still is turned. */
export async function uprightFilters(file: string): Promise<readonly string[]> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return turns[readOrientation(buffer.subarray(0, bytesRead))] ?? [];
  } finally {
    await handle.close();
  }
}

/** 1 when nothing is said, or nothing that can be read. */
function readOrientation(head: Buffer): number {
  try {
    return orientationIn(head);
  } catch (error) {
    // A length that points outside of the file.
    if (error instanceof RangeError) return 1;
    throw error;
  }
}

function orientationIn(head: Buffer): number {
  if (head.readUInt16BE(0) !== 0xffd8) return 1;
  for (let at = 2; head.readUInt8(at) === 0xff; at += 2 + head.readUInt16BE(at + 2)) {
    const marker = head.readUInt8(at + 1);
    if (marker === 0xda) return 1;
    if (marker === 0xe1 && head.toString("latin1", at + 4, at + 10) === "Exif\0\0")
      return fromTiff(head.subarray(at + 10));
  }
  return 1;
}

function fromTiff(tiff: Buffer): number {
  const isLittle = tiff.toString("latin1", 0, 2) === "II";
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < short(directory); entry += 1) {
    const at = directory + 2 + entry * 12;
    if (short(at) === 0x0112) return short(at + 8);
  }
  return 1;
}
