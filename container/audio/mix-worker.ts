/** A worker thread: mixes one video's sound into a file of 32-bit floats, left and right in turn, and posts its levels. */
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { MusicMood } from "../../src/contract/video.ts";
import { type Mixdown, type MixdownRequest, type MixLevels, mixDown } from "./mixdown.ts";
import type { StereoSamples } from "./music.ts";

/** An own recording comes as the path of a file of 32-bit floats, 48 kHz, left and right in turn. */
export type MixWorkerData = Omit<MixdownRequest, "bed"> & {
  bed: { kind: "mood"; mood: MusicMood } | { kind: "own"; rawPath: string };
  rawPath: string;
};

const chunkSamples = 1 << 16;

function writeInterleaved(rawPath: string, { left, right }: Mixdown): void {
  const file = openSync(rawPath, "w");
  try {
    for (let start = 0; start < left.length; start += chunkSamples) {
      const end = Math.min(left.length, start + chunkSamples);
      const chunk = new Float32Array((end - start) * 2);
      for (let index = start; index < end; index += 1) {
        chunk[(index - start) * 2] = left[index] as number;
        chunk[(index - start) * 2 + 1] = right[index] as number;
      }
      const bytes = new Uint8Array(chunk.buffer);
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    }
  } finally {
    closeSync(file);
  }
}

function readInterleaved(rawPath: string): StereoSamples {
  const bytes = readFileSync(rawPath);
  const both = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
  const length = both.length >> 1;
  const left = Float32Array.from({ length }, (_, index) => both[index * 2] as number);
  const right = Float32Array.from({ length }, (_, index) => both[index * 2 + 1] as number);
  return { left, right };
}

const { rawPath, bed, ...request }: MixWorkerData = workerData;
const mixdown = mixDown({
  ...request,
  bed: bed.kind === "mood" ? bed : { kind: "own", recording: readInterleaved(bed.rawPath) },
});
writeInterleaved(rawPath, mixdown);
const { integratedLufs, truePeakDb } = mixdown;
parentPort?.postMessage({ integratedLufs, truePeakDb } satisfies MixLevels);
