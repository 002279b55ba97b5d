import { z } from "zod";
import type { Speech } from "./scenes.ts";

/**
 * A speech as bytes: `SHUJAASP`, the length of a JSON head, the head, then the samples as 16-bit numbers, all little
 * endian. Half the size of the samples themselves, and 98 dB below the voice what is lost.
 */
const mark = Buffer.from("SHUJAASP", "latin1");
const fullScale = 32_767;

const head = z.strictObject({
  sampleRate: z.int().min(8_000).max(192_000),
  sampleCount: z.int().nonnegative(),
  /** What the largest number stands for. */
  scale: z.number().positive(),
  words: z.array(
    z.strictObject({ text: z.string(), startSeconds: z.number().nonnegative(), endSeconds: z.number().nonnegative() }),
  ),
});

export function writeSpeech({ samples, sampleRate, words }: Speech): Buffer {
  let scale = 1;
  for (const sample of samples) scale = Math.max(scale, Math.abs(sample));
  const said = { sampleRate, sampleCount: samples.length, scale, words } satisfies z.infer<typeof head>;
  const json = Buffer.from(JSON.stringify(said));
  const numbers = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) => {
    numbers.writeInt16LE(Math.round((sample / scale) * fullScale), index * 2);
  });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([mark, length, json, numbers]);
}

/** What `writeSpeech` wrote; undefined when it is anything else. */
export function readSpeech(bytes: Buffer): Speech | undefined {
  const headStart = mark.length + 4;
  if (bytes.length < headStart || !bytes.subarray(0, mark.length).equals(mark)) return undefined;
  const samplesStart = headStart + bytes.readUInt32LE(mark.length);
  if (samplesStart > bytes.length) return undefined;
  const said = readHead(bytes.toString("utf8", headStart, samplesStart));
  if (said === undefined || bytes.length !== samplesStart + said.sampleCount * 2) return undefined;
  const { sampleRate, sampleCount, scale, words } = said;
  const samples = new Float32Array(sampleCount);
  for (let index = 0; index < sampleCount; index += 1) {
    samples[index] = (bytes.readInt16LE(samplesStart + index * 2) / fullScale) * scale;
  }
  return { samples, sampleRate, words };
}

function readHead(json: string): z.infer<typeof head> | undefined {
  try {
    return head.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
