import type { FileHandle } from "node:fs/promises";
import type { MediaFormat } from "./sniff.ts";

type Size = { width: number; height: number };
type ReadAt = (position: number, length: number) => Promise<Buffer>;

export function reader(handle: FileHandle): ReadAt {
  return async (position, length) => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  };
}

/** The size an image says it has, read from its header before any decoder has seen it; undefined: it has no readable header. */
export async function readImageSize(read: ReadAt, format: MediaFormat["name"]): Promise<Size | undefined> {
  const sizeOf = sizeReaders[format];
  try {
    return await sizeOf?.(read);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const sizeReaders: Partial<Record<MediaFormat["name"], (read: ReadAt) => Promise<Size | undefined>>> = {
  png: async (read) => {
    const header = await read(0, 24);
    if (header.toString("latin1", 12, 16) !== "IHDR") return undefined;
    return { width: header.readUInt32BE(16), height: header.readUInt32BE(20) };
  },
  gif: async (read) => {
    const header = await read(0, 10);
    return { width: header.readUInt16LE(6), height: header.readUInt16LE(8) };
  },
  webp: readWebpSize,
  jpeg: readJpegSize,
};

async function readWebpSize(read: ReadAt): Promise<Size | undefined> {
  const header = await read(0, 30);
  switch (header.toString("latin1", 12, 16)) {
    case "VP8 ":
      return { width: header.readUInt16LE(26) & 0x3fff, height: header.readUInt16LE(28) & 0x3fff };
    case "VP8L": {
      const bits = header.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return { width: header.readUIntLE(24, 3) + 1, height: header.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}

/** More markers than this before the picture's own is not a photograph. */
const jpegMarkersMax = 500;

/** Walks from marker to marker to the frame header; Exif, thumbnails and profiles are stepped over unread. */
async function readJpegSize(read: ReadAt): Promise<Size | undefined> {
  let position = 2;
  for (let count = 0; count < jpegMarkersMax; count += 1) {
    const marker = await read(position, 9);
    if (marker.readUInt8(0) !== 0xff) return undefined;
    const code = marker.readUInt8(1);
    if (code === 0xff) {
      position += 1;
      continue;
    }
    const isFrameHeader = code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
    if (isFrameHeader) return { width: marker.readUInt16BE(7), height: marker.readUInt16BE(5) };
    position += 2 + marker.readUInt16BE(2);
  }
  return undefined;
}
