/** Ways in which a file on its way, or in the hands of somebody who means harm, becomes another. */
import fc from "fast-check";
import type { Seeds } from "./media-seeds.ts";

export type Change =
  | { way: "flip"; at: number; bit: number }
  | { way: "cut"; at: number }
  | { way: "drop" | "repeat"; at: number; length: number }
  | { way: "write"; at: number; bytes: number[] }
  | { way: "zero" | "noise"; at: number; length: number }
  | { way: "splice" | "append" | "nest"; other: string; at: number };

export type MutatedFile = { from: string; changes: Change[] };

/** A part of the file from its beginning, where headers are, more often than any other. */
const place = fc.oneof(fc.nat({ max: 64 }), fc.nat({ max: 600 }), fc.nat({ max: 100_000 }));

/** Numbers at which lengths and counts go wrong, as files write them. */
const lies = fc.constantFrom<number[]>(
  [0, 0, 0, 0],
  [255, 255, 255, 255],
  [127, 255, 255, 255],
  [128, 0, 0, 0],
  [0, 0, 0, 1],
  [0, 0, 0, 8],
  [1, 0, 0, 0],
  [255, 255],
  [0, 0],
  [255, 255, 255, 255, 255, 255, 255, 255],
);

/** Names of boxes and chunks that lead a reader elsewhere when they stand where others stood. */
const marks = fc
  .constantFrom(
    "moov",
    "dref",
    "url ",
    "mdat",
    "free",
    "IDAT",
    "IEND",
    "iCCP",
    "VP8X",
    "EXIF",
    "data",
    "#EXTM3U\n",
    "ftyp",
    "cmov",
  )
  .map((text) => [...Buffer.from(text, "latin1")]);

export function mutatedFile(seeds: Seeds): fc.Arbitrary<MutatedFile> {
  const names = fc.constantFrom(...Object.keys(seeds));
  const length = fc.oneof(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 4_000 }));
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.record({ way: fc.constant("flip"), at: place, bit: fc.nat({ max: 7 }) }),
    fc.record({ way: fc.constant("flip"), at: place, bit: fc.nat({ max: 7 }) }),
    fc.record({ way: fc.constant("write"), at: place, bytes: fc.oneof(lies, marks) }),
    fc.record({ way: fc.constant("cut"), at: place }),
    fc.record({ way: fc.constantFrom("drop", "repeat"), at: place, length }),
    fc.record({ way: fc.constantFrom("zero", "noise"), at: place, length }),
    fc.record({ way: fc.constantFrom("splice", "append", "nest"), other: names, at: place }),
  );
  return fc.record({ from: names, changes: fc.array(change, { maxLength: 5 }) });
}

export function bytesOf({ from, changes }: MutatedFile, seeds: Seeds): Buffer {
  let bytes: Buffer = Buffer.from(seeds[from] ?? Buffer.alloc(0));
  for (const change of changes) bytes = changed(bytes, change, seeds);
  return bytes;
}

function changed(bytes: Buffer, change: Change, seeds: Seeds): Buffer {
  const at = bytes.length === 0 ? 0 : change.at % bytes.length;
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (change.way) {
    case "flip":
      return Buffer.concat([before, Buffer.from([(after[0] ?? 0) ^ (1 << change.bit)]), after.subarray(1)]);
    case "cut":
      return before;
    case "drop":
      return Buffer.concat([before, after.subarray(change.length)]);
    case "repeat":
      return Buffer.concat([before, after.subarray(0, change.length), after]);
    case "zero":
      return Buffer.concat([
        before,
        Buffer.alloc(Math.min(change.length, after.length)),
        after.subarray(change.length),
      ]);
    case "noise":
      return Buffer.concat([before, noise(Math.min(change.length, after.length)), after.subarray(change.length)]);
    case "write":
      return Buffer.concat([before, Buffer.from(change.bytes), after.subarray(change.bytes.length)]);
    case "splice":
      return Buffer.concat([before, (seeds[change.other] ?? Buffer.alloc(0)).subarray(at)]);
    case "append":
      return Buffer.concat([bytes, seeds[change.other] ?? Buffer.alloc(0)]);
    case "nest":
      return Buffer.concat([before, seeds[change.other] ?? Buffer.alloc(0), after]);
  }
}

/** The same for every file: what is damaged is theirs, not the damage. */
function noise(length: number): Buffer {
  let state = 1;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state >> 16;
    }),
  );
}
