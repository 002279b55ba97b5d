import type { reader } from "./image-header.ts";

/** An hour of video has an index of a few megabytes. */
const indexMaxBytes = 32_000_000;

/**
 * A track has one. References may be written so that each list of them runs through all the others: followed without end, a
 * file of a megabyte would hold this process for half a minute, and one of thirty for hours.
 */
const referencesMax = 1_000;

/** Whether every track of an MP4 has its samples in this very file (ISO 14496-12, 8.7.2): bit 0 of each data reference. */
export async function isSelfContained(read: ReturnType<typeof reader>, size: number): Promise<boolean> {
  for (let position = 0; position + 8 <= size; ) {
    const box = await read(position, 16);
    const declared = box.readUInt32BE(0);
    const length = declared === 1 ? Number(box.readBigUInt64BE(8)) : declared === 0 ? size - position : declared;
    if (length < 8) return false;
    if (box.toString("latin1", 4, 8) === "moov") {
      return length <= indexMaxBytes && areReferencesInside(await read(position, length));
    }
    position += length;
  }
  return true;
}

function areReferencesInside(index: Buffer): boolean {
  let references = 0;
  for (let box = index.indexOf("dref"); box !== -1; box = index.indexOf("dref", box + 4)) {
    if (box + 12 > index.length) return false;
    const listed = index.readUInt32BE(box + 8);
    references += listed;
    if (references > referencesMax) return false;
    let entry = box + 12;
    for (let left = listed; left > 0; left -= 1) {
      if (entry + 12 > index.length || (index.readUInt8(entry + 11) & 1) === 0) return false;
      entry += Math.max(12, index.readUInt32BE(entry));
    }
  }
  return true;
}
