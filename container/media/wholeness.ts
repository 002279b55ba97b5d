import { RenderFault } from "../failure.ts";
import type { reader } from "./image-header.ts";
import type { MediaFormat } from "./sniff.ts";

type ReadAt = ReturnType<typeof reader>;
type Check = (read: ReadAt, size: number) => Promise<boolean>;

/**
 * Whether a file is as long as it says it is: half an upload must not become a picture that is grey from the middle on.
 * MP3, AAC and GIF do not say; they are played as far as they go.
 * Throws RenderFault `media_refused` for a file that is in too many pieces.
 */
export async function isWhole(read: ReadAt, format: MediaFormat["name"], size: number): Promise<boolean> {
  try {
    return (await checks[format]?.(read, size)) ?? true;
  } catch (error) {
    // A length that lies behind the end of the file.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * More pieces than a PNG of 100 MB in chunks of 8 kB has, or ten minutes of video in fragments of a frame each. Stepping over
 * a piece is a read of its own: a file of nothing but empty ones would keep this machine busy for minutes.
 */
const piecesMax = 50_000;

function refusePieces(): never {
  const words = "This file is in more pieces than can be looked through. Export it anew.";
  throw new RenderFault("media_refused", words, { isRetryable: false });
}

/** Cameras and editors append a few bytes, or a whole preview, behind the end of a picture. */
const jpegTailBytes = 256 * 1024;
const oggTailBytes = 70_000;

const checks: Partial<Record<MediaFormat["name"], Check>> = {
  png: async (read, size) => {
    for (let position = 8, pieces = 0; position + 12 <= size; pieces += 1) {
      if (pieces === piecesMax) refusePieces();
      const chunk = await read(position, 8);
      const end = position + 12 + chunk.readUInt32BE(0);
      if (end > size) return false;
      if (chunk.toString("latin1", 4, 8) === "IEND") return true;
      position = end;
    }
    return false;
  },
  jpeg: async (read, size) => {
    const start = Math.max(0, size - jpegTailBytes);
    return (await read(start, size - start)).lastIndexOf(Buffer.from([0xff, 0xd9])) !== -1;
  },
  webp: isRiffWhole,
  wav: isRiffWhole,
  ogg: async (read, size) => {
    const start = Math.max(0, size - oggTailBytes);
    const tail = await read(start, size - start);
    const page = tail.lastIndexOf("OggS");
    if (page === -1) return false;
    const isLast = (tail.readUInt8(page + 5) & 4) !== 0;
    const segments = tail.readUInt8(page + 26);
    let length = 27 + segments;
    for (let index = 0; index < segments; index += 1) length += tail.readUInt8(page + 27 + index);
    return isLast && start + page + length <= size;
  },
  mp4: async (read, size) => {
    let hasIndex = false;
    for (let position = 0, pieces = 0; position + 8 <= size; pieces += 1) {
      if (pieces === piecesMax) refusePieces();
      const box = await read(position, 16);
      const declared = box.readUInt32BE(0);
      if (box.toString("latin1", 4, 8) === "moov") hasIndex = true;
      // 1: the size follows in eight bytes; 0: up to the end of the file.
      const length = declared === 1 ? Number(box.readBigUInt64BE(8)) : declared === 0 ? size - position : declared;
      if (length < 8 || position + length > size) return false;
      position += length;
    }
    return hasIndex;
  },
};

/** Recorders that could not go back leave 0 or all ones as the length. */
async function isRiffWhole(read: ReadAt, size: number): Promise<boolean> {
  const declared = (await read(0, 8)).readUInt32LE(4);
  return declared === 0 || declared === 0xffffffff || declared + 8 <= size + 1;
}
