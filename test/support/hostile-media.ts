/** Files that nobody should open: made here, so that no scanner has to be told about them. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { findFfmpeg } from "../../container/ffmpeg/binary.ts";

/** Runs ffmpeg with lavfi inputs and answers the bytes of `file`. */
export function makeMedia(args: string[], file: string): Buffer {
  execFileSync(findFfmpeg(), ["-v", "error", "-nostdin", "-y", ...args, file]);
  return readFileSync(file);
}

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/** A PNG that says it has this size, with `pixels` bytes of zeros behind it, which pack a thousandfold. */
export function pngOf(width: number, height: number, pixels: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(pixels))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A GIF whose first frame is a pixel, followed by `frames` more of the whole canvas. */
export function gifOf(width: number, height: number, frames: number): Buffer {
  const header = Buffer.from("GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff", "latin1");
  header.writeUInt16LE(width, 6);
  header.writeUInt16LE(height, 8);
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  return Buffer.concat([header, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])]);
}

/** The same MP4 whose samples are said to be in another file. */
export function withOutsideData(mp4: Buffer, url: string): Buffer {
  const place = mp4.indexOf("url \0\0\0\x01", 0, "latin1");
  if (place === -1) throw new Error("this MP4 has no data reference");
  const location = Buffer.from(`${url}\0`, "latin1");
  const entry = Buffer.concat([Buffer.alloc(4), Buffer.from("url \0\0\0\0", "latin1"), location]);
  entry.writeUInt32BE(entry.length, 0);
  const grown = Buffer.concat([mp4.subarray(0, place - 4), entry, mp4.subarray(place + 8)]);
  const growth = location.length;
  // Every box around the entry grows with it.
  for (const name of ["moov", "trak", "mdia", "minf", "dinf", "dref"]) {
    const box = grown.lastIndexOf(name, place - 4, "latin1") - 4;
    grown.writeUInt32BE(grown.readUInt32BE(box) + growth, box);
  }
  return grown;
}

/** The same PNG with empty chunks between its header and its pixels. */
export function withEmptyChunks(png: Buffer, count: number): Buffer {
  const empty = chunk("teXt", Buffer.alloc(0));
  const headerEnd = 33;
  return Buffer.concat([
    png.subarray(0, headerEnd),
    ...Array.from({ length: count }, () => empty),
    png.subarray(headerEnd),
  ]);
}

/** An MP4 without media, whose index is `count` lists of data references, each of which runs through all that follow. */
export function mp4OfReferences(count: number): Buffer {
  const header = Buffer.from("\0\0\0\x18ftypisom\0\0\0\0isomiso2\0\0\0\0moov", "latin1");
  const listBytes = 24;
  const lists = Buffer.alloc(listBytes * count);
  for (let list = 0; list < count; list += 1) {
    const start = listBytes * list;
    lists.write("dref", start, "latin1");
    lists.writeUInt32BE(count - list - 1, start + 8);
    lists.writeUInt32BE(listBytes, start + 12);
    // The flag that says: in this very file.
    lists.writeUInt8(1, start + 23);
  }
  header.writeUInt32BE(8 + lists.length, 24);
  return Buffer.concat([header, lists]);
}
