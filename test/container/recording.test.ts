import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runFfmpeg } from "../../container/ffmpeg/run.ts";
import type { Speech } from "../../container/scenes.ts";
import { readRecording } from "../../container/voice/recording.ts";
import { openVoice } from "../../container/voice/speak.ts";
import { spokenLanguages } from "../../src/contract/video.ts";
import { multilingualNarrations } from "../support/narrations.ts";

const directory = mkdtempSync(path.join(tmpdir(), "recordings-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const { signal } = new AbortController();

let fileCount = 0;
/** A file of these samples, with silence around them. */
async function record({ samples, sampleRate }: Speech, extension: string, silentSeconds = 0.6): Promise<string> {
  fileCount += 1;
  const raw = path.join(directory, `${fileCount}.f32`);
  const silence = Math.round(silentSeconds * sampleRate);
  const padded = new Float32Array(samples.length + 2 * silence);
  padded.set(samples, silence);
  writeFileSync(raw, Buffer.from(padded.buffer));
  const file = path.join(directory, `${fileCount}.${extension}`);
  await runFfmpeg(["-f", "f32le", "-ar", String(sampleRate), "-ac", "1", "-i", raw, file], { signal });
  return file;
}

async function tone(seconds: number, expression: string, extension = "wav"): Promise<string> {
  fileCount += 1;
  const file = path.join(directory, `${fileCount}.${extension}`);
  await runFfmpeg(["-f", "lavfi", "-i", `aevalsrc=${expression}:d=${seconds}:s=16000`, file], { signal });
  return file;
}

/** How far each word's start is from where the voice began it, counted from the first word. */
function errorsSeconds(known: Speech, heard: Speech): number[] {
  expect(heard.words.map(({ text }) => text)).toEqual(known.words.map(({ text }) => text));
  const lead = (heard.words[0]?.startSeconds ?? 0) - (known.words[0]?.startSeconds ?? 0);
  return heard.words.map(({ startSeconds }, index) =>
    Math.abs(startSeconds - lead - (known.words[index]?.startSeconds ?? 0)),
  );
}

const sentences = {
  en: "Every morning, before the city wakes, Amina opens her small shop. She sells bread and milk. Nobody believed it would last; today, the whole street comes.",
  sw: "Kila asubuhi, kabla mji haujaamka, Amina hufungua duka lake. Anauza mkate na maziwa. Hakuna aliyeamini; leo, mtaa wote unakuja.",
} as const;

describe("a recording", () => {
  it.each([
    ["en", "wav"],
    ["en", "mp3"],
    ["sw", "m4a"],
    ["sw", "ogg"],
    ["en", "flac"],
    ["sw", "webm"],
  ] as const)("in %s as %s: its words are found within a third of a second", async (language, extension) => {
    const voice = await openVoice({ language, signal });
    const known = await voice.speak(sentences[language], { name: "zuri", speed: 1 });
    voice.close();
    const heard = await readRecording(await record(known, extension), sentences[language], { language, signal });
    const errors = errorsSeconds(known, heard).sort((left, right) => left - right);
    expect(errors[errors.length >> 1]).toBeLessThan(0.1);
    expect(errors.at(-1)).toBeLessThan(0.35);
  });

  it("is timed well in every language, also with figures and short forms in it", async () => {
    const errors: number[] = [];
    for (const language of spokenLanguages) {
      const voice = await openVoice({ language, signal });
      for (const narration of multilingualNarrations[language]) {
        const known = await voice.speak(narration, { name: "amani", speed: 1 });
        errors.push(
          ...errorsSeconds(known, await readRecording(await record(known, "wav"), narration, { language, signal })),
        );
      }
      voice.close();
    }
    errors.sort((left, right) => left - right);
    expect(errors[errors.length >> 1]).toBeLessThan(0.12);
    expect(errors[Math.floor(errors.length * 0.9)]).toBeLessThan(0.6);
  });

  it("begins and ends a tenth of a second around its sound, as loud as every other voice", async () => {
    const voice = await openVoice({ language: "en", signal });
    const known = await voice.speak("One small step.", { name: "amani", speed: 1 });
    voice.close();
    const quiet = { ...known, samples: known.samples.map((sample) => sample / 8) };
    const heard = await readRecording(await record(quiet, "wav", 3), "One small step.", { language: "en", signal });
    expect(heard.sampleRate).toBe(48_000);
    const longer = heard.samples.length / 48_000 - known.samples.length / known.sampleRate;
    expect(longer).toBeGreaterThan(0.05);
    expect(longer).toBeLessThan(0.25);
    const rms = Math.sqrt(heard.samples.reduce((sum, sample) => sum + sample * sample, 0) / heard.samples.length);
    expect(20 * Math.log10(rms)).toBeGreaterThan(-24);
    expect(heard.samples.every((sample) => Math.abs(sample) <= 0.91)).toBe(true);
  });

  it("is read faster when asked", async () => {
    const file = await tone(4, "0.3*sin(1400*t)");
    const plain = await readRecording(file, "la la la", { language: "yo", signal });
    const fast = await readRecording(file, "la la la", { language: "yo", signal, speed: 2 });
    expect(plain.samples.length / fast.samples.length).toBeCloseTo(2, 1);
  });

  it("keeps all of the words, even when there are more of them than sounds", async () => {
    const words = "Àárọ̀ ni mo jí, mo sì lọ. Ọjà kún! Ó dára — gan-an ni.";
    const file = await tone(3, "0.3*sin(1400*t)*lt(mod(t\\,1.5)\\,1)");
    const { words: timed } = await readRecording(file, words, { language: "yo", signal });
    expect(timed.map(({ text }) => text).join(" ")).toBe(words);
    for (const [index, { startSeconds, endSeconds }] of timed.entries()) {
      expect(endSeconds).toBeGreaterThan(startSeconds);
      if (index > 0) expect(startSeconds).toBeGreaterThanOrEqual((timed[index - 1]?.endSeconds ?? 0) - 1e-9);
    }
  });

  it.each([
    ["silence", () => tone(3, "0"), "no sound"],
    ["more than a minute", () => tone(64, "0.3*sin(1400*t)"), "longer than 60 seconds"],
    ["a hiss nobody could hear", () => tone(3, "0.0005*random(0)"), "no sound"],
    ["a playlist that names another file", async () => playlist(), "cannot be played"],
    ["no sound file at all", async () => written("not.mp3", "hello"), "cannot be played"],
  ] as const)("of %s is refused", async (_, file, words) => {
    const reading = readRecording(await file(), "hello there", { language: "en", signal });
    await expect(reading).rejects.toMatchObject({
      code: "media_refused",
      isRetryable: false,
      detail: expect.stringContaining(words),
    });
  });

  it("stops when the render does", async () => {
    const file = await tone(3, "0.3*sin(1400*t)");
    const stopped = AbortSignal.abort(new Error("cancelled"));
    await expect(readRecording(file, "la", { language: "en", signal: stopped })).rejects.toThrow("cancelled");
  });
});

function written(name: string, content: string): string {
  const file = path.join(directory, name);
  writeFileSync(file, content);
  return file;
}

function playlist(): string {
  return written(
    "list.m3u8",
    `#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\nfile://${directory}/1.wav\n#EXT-X-ENDLIST\n`,
  );
}
