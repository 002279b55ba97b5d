import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MixRequest, mixAudio } from "../../container/audio/mix.ts";
import { findFfmpeg } from "../../container/ffmpeg/binary.ts";
import type { Speech } from "../../container/scenes.ts";
import { openVoice } from "../../container/voice/speak.ts";
import type { Language } from "../../src/contract/video.ts";

const narrations: [Language, string][] = [
  ["en", "Every morning, before the city wakes, Amina opens her small shop in Kisumu."],
  ["en", "Now every order arrives warm. And the street has a new sound: laughter."],
  ["sw", "Kila asubuhi, Amina hufungua duka lake dogo mjini Kisumu."],
];

let workDirectory: string;
let speeches: Speech[];

beforeAll(async () => {
  workDirectory = await mkdtemp(path.join(tmpdir(), "shujaa-audio-"));
  speeches = [];
  for (const [language, narration] of narrations) {
    const voice = await openVoice({ language, signal: new AbortController().signal });
    speeches.push(await voice.speak(narration, { name: "amani", speed: 1 }));
    voice.close();
  }
});
afterAll(() => rm(workDirectory, { recursive: true, force: true }));

function inTurn(gapSeconds: number): { scenes: MixRequest["scenes"]; durationSeconds: number } {
  let startSeconds = 0.4;
  const scenes = speeches.map((speech) => {
    const scene = { speech, startSeconds };
    startSeconds += speech.samples.length / speech.sampleRate + gapSeconds;
    return scene;
  });
  return { scenes, durationSeconds: Math.ceil(startSeconds * 30) / 30 };
}

async function mix(name: string, request: Partial<MixRequest> & Pick<MixRequest, "scenes" | "durationSeconds">) {
  const outputPath = path.join(workDirectory, `${name}.${request.format === "webm" ? "webm" : "m4a"}`);
  const signal = new AbortController().signal;
  const levels = await mixAudio({
    bed: { kind: "mood", mood: "calm" },
    ...{ duckDb: 14, loudnessLufs: -14, seed: "test", format: "mp4", workDirectory, signal },
    ...request,
    outputPath,
  });
  return { outputPath, levels };
}

/** ffmpeg's own meter, on the encoded file. */
function measured(file: string): { lufs: number; truePeakDb: number } {
  const { stderr } = spawnSync(
    findFfmpeg(),
    ["-hide_banner", "-nostats", "-i", file, "-af", "ebur128=peak=true", "-f", "null", "-"],
    {
      encoding: "utf8",
    },
  );
  const summary = stderr.slice(stderr.lastIndexOf("Summary:"));
  return {
    lufs: Number(/I:\s+(-?[\d.]+)/.exec(summary)?.[1]),
    truePeakDb: Number(/Peak:\s+(-?[\d.]+)/.exec(summary)?.[1]),
  };
}

function decoded(file: string): Float32Array {
  const raw = execFileSync(findFfmpeg(), ["-v", "error", "-i", file, "-f", "f32le", "-ac", "1", "pipe:1"], {
    maxBuffer: 1 << 28,
  });
  return new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
}

describe("the sound of a video", () => {
  it.each(["none", "calm", "bright", "drive", "warm", "worship", "news"] as const)(
    "with music %s: -14 LUFS, peaks under -1 dBTP",
    async (music) => {
      const { outputPath, levels } = await mix(`levels-${music}`, {
        ...inTurn(0.8),
        bed: { kind: "mood", mood: music },
      });
      const { lufs, truePeakDb } = measured(outputPath);
      expect(Math.abs(lufs + 14)).toBeLessThanOrEqual(0.5);
      expect(truePeakDb).toBeLessThanOrEqual(-1);
      expect(Math.abs(levels.integratedLufs - lufs)).toBeLessThanOrEqual(0.2);
    },
  );

  it.each([-24, -18, -11, -9])("is as loud as asked for: %d LUFS, peaks under -1 dBTP", async (loudnessLufs) => {
    const { outputPath } = await mix(`target${loudnessLufs}`, { ...inTurn(0.8), loudnessLufs });
    const { lufs, truePeakDb } = measured(outputPath);
    expect(Math.abs(lufs - loudnessLufs)).toBeLessThanOrEqual(0.5);
    expect(truePeakDb).toBeLessThanOrEqual(-1);
  });

  it("lays own music under the voice, whatever file it came in", async () => {
    const file = path.join(workDirectory, "own.mp3");
    execFileSync(findFfmpeg(), [
      ...["-v", "error", "-f", "lavfi", "-i", "sine=frequency=330:sample_rate=44100:duration=5", "-ac", "1", file],
    ]);
    const { outputPath } = await mix("own", { scenes: [], durationSeconds: 12, bed: { kind: "file", file } });
    const samples = decoded(outputPath);
    let crossings = 0;
    for (let index = 48_000; index < 4 * 48_000; index += 1) {
      if ((samples[index - 1] as number) < 0 && (samples[index] as number) >= 0) crossings += 1;
    }
    expect(Math.abs(crossings / 3 - 330)).toBeLessThan(2);
    expect(Math.abs(measured(outputPath).lufs + 14)).toBeLessThanOrEqual(0.5);
  });

  it("is Opus for WebM, as long and as loud", async () => {
    const request = inTurn(0.8);
    const { outputPath } = await mix("opus", { ...request, format: "webm" });
    const { stderr } = spawnSync(findFfmpeg(), ["-hide_banner", "-i", outputPath], { encoding: "utf8" });
    expect(stderr).toMatch(/Audio: opus, 48000 Hz, stereo/);
    expect(Math.abs(decoded(outputPath).length / 48_000 - request.durationSeconds)).toBeLessThanOrEqual(0.02);
    const { lufs, truePeakDb } = measured(outputPath);
    expect(Math.abs(lufs + 14)).toBeLessThanOrEqual(0.5);
    expect(truePeakDb).toBeLessThanOrEqual(-1);
  });

  it.each(["none", "drive"] as const)("two and a half seconds with music %s is within 1 LU", async (music) => {
    const [speech] = speeches;
    const samples = speech?.samples.slice(0, 22_050 * 1.4) ?? new Float32Array(0);
    const short: Speech = { samples, sampleRate: 22_050, words: [{ text: "Every", startSeconds: 0, endSeconds: 1.4 }] };
    const scenes = [{ speech: short, startSeconds: 0.4 }];
    const { outputPath } = await mix(`short-${music}`, {
      scenes,
      durationSeconds: 2.5,
      bed: { kind: "mood", mood: music },
    });
    const { lufs, truePeakDb } = measured(outputPath);
    expect(Math.abs(lufs + 14)).toBeLessThanOrEqual(1);
    expect(truePeakDb).toBeLessThanOrEqual(-1);
  });

  it("is stereo AAC at 48 kHz, exactly as long as the video", async () => {
    const durationSeconds = 7 + 11 / 30;
    const [speech] = speeches;
    const scenes = speech ? [{ speech, startSeconds: 0.4 }] : [];
    const { outputPath } = await mix("length", { scenes, durationSeconds });
    const { stderr } = spawnSync(findFfmpeg(), ["-hide_banner", "-i", outputPath], { encoding: "utf8" });
    expect(stderr).toMatch(/Audio: aac.*48000 Hz, stereo/);
    expect(Math.abs(decoded(outputPath).length - durationSeconds * 48_000)).toBeLessThanOrEqual(1_024);
    expect(stderr).toContain(`Duration: 00:00:07.37`);
  });

  it("begins and ends without a click", async () => {
    const samples = decoded((await mix("edges", inTurn(0.8))).outputPath);
    expect(samples.subarray(0, 240).every((sample) => Math.abs(sample) < 0.02)).toBe(true);
    expect(samples.subarray(-480).every((sample) => Math.abs(sample) < 0.02)).toBe(true);
  });

  it("is the same for the same request", async () => {
    const request = { ...inTurn(0.8), bed: { kind: "mood", mood: "bright" } as const };
    const first = decoded((await mix("same-1", request)).outputPath);
    expect(decoded((await mix("same-2", request)).outputPath)).toEqual(first);
    expect(decoded((await mix("other", { ...request, seed: "another" })).outputPath)).not.toEqual(first);
  });

  it("leaves the event loop free and no file behind", async () => {
    let longestMs = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    }, 10);
    await mix("free", { scenes: inTurn(0.8).scenes, durationSeconds: 60, bed: { kind: "mood", mood: "drive" } });
    clearInterval(beat);
    expect(longestMs).toBeLessThan(200);
    expect((await readdir(workDirectory)).filter((name) => name.endsWith(".f32"))).toEqual([]);
  });

  it("stops within a second of an abort", async () => {
    const controller = new AbortController();
    const mixing = mix("aborted", { scenes: [], durationSeconds: 600, signal: controller.signal });
    setTimeout(() => controller.abort(new Error("cancelled")), 300);
    const startedAt = performance.now();
    await expect(mixing).rejects.toThrow("cancelled");
    expect(performance.now() - startedAt).toBeLessThan(1_300);
    expect((await readdir(workDirectory)).filter((name) => name.endsWith(".f32"))).toEqual([]);
  });

  it("says what failed when it cannot write", async () => {
    const request = { scenes: [], durationSeconds: 3, workDirectory: path.join(workDirectory, "missing") };
    await expect(mix("unwritable", request)).rejects.toMatchObject({ code: "encode_failed" });
  });
});
