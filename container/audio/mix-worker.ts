/** A worker thread: mixes one video's sound into a file of 32-bit floats, left and right in turn, and posts its levels. */
import { closeSync, openSync, writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { type Mixdown, type MixdownRequest, type MixLevels, mixDown } from "./mixdown.ts";

export type MixWorkerData = MixdownRequest & { rawPath: string };

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

const { rawPath, ...request }: MixWorkerData = workerData;
const mixdown = mixDown(request);
writeInterleaved(rawPath, mixdown);
const { integratedLufs, truePeakDb } = mixdown;
parentPort?.postMessage({ integratedLufs, truePeakDb } satisfies MixLevels);
