import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RenderUpdate, renderVideo } from "../../container/pipeline.ts";
import { offlineProviders, type Providers } from "../../container/providers.ts";
import type { RenderRequest } from "../../src/contract/container-protocol.ts";
import { outputNames, type RenderOutput, renderOutput } from "../../src/contract/render-events.ts";
import { frameTimes, lumaFrames, outerBoxes, probe } from "../support/ffprobe.ts";
import { sceneRequest } from "../support/render-requests.ts";
import { syntheticSpeech } from "../support/timed-scenes.ts";

type Rendered = { output: RenderOutput; updates: RenderUpdate[]; directory: string; file(name: string): string };

const directories: string[] = [];
afterAll(() => Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true }))));

async function render(request: RenderRequest, providers: Providers = offlineProviders): Promise<Rendered> {
  const directory = await mkdtemp(path.join(tmpdir(), "render-test-"));
  directories.push(directory);
  const updates: RenderUpdate[] = [];
  const signal = new AbortController().signal;
  const options = { directory, providers, signal, onUpdate: (update: RenderUpdate) => updates.push(update) };
  const output = await renderVideo(request, options);
  return { output, updates, directory, file: (name) => path.join(directory, name) };
}

async function failureOf(request: RenderRequest, providers: Partial<Providers>, stepLimitMs?: number) {
  const directory = await mkdtemp(path.join(tmpdir(), "render-test-"));
  directories.push(directory);
  const { signal } = new AbortController();
  const options = { directory, providers: { ...offlineProviders, ...providers }, signal, onUpdate: () => {} };
  const failure = await renderVideo(request, { ...options, ...(stepLimitMs ? { stepLimitMs } : {}) }).catch(
    (error) => error,
  );
  return { failure, left: await readdir(directory) };
}

function difference(one: Buffer | undefined, other: Buffer | undefined): number {
  if (!one || !other || one.length !== other.length) return Number.NaN;
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}

function spread(frame: Buffer | undefined): number {
  if (!frame) return Number.NaN;
  const mean = frame.reduce((sum, value) => sum + value, 0) / frame.length;
  return Math.sqrt(frame.reduce((sum, value) => sum + (value - mean) ** 2, 0) / frame.length);
}

const texts = ["The rain came late this year.", "One small sensor woke the whole village."];

describe("a finished video of two scenes", () => {
  let made: Rendered;
  beforeAll(async () => {
    made = await render(sceneRequest(texts));
  });

  test("is what the output says: size, rate, every frame, and sound that ends with the picture", async () => {
    const { output } = made;
    expect(renderOutput.parse(output)).toEqual(output);
    const { video, audio, streams } = await probe(made.file("video.mp4"));
    expect(streams).toBe(2);
    expect([video.codec_name, video.pix_fmt, video.color_space]).toEqual(["h264", "yuv420p", "bt709"]);
    expect([audio.codec_name, video.width, video.height, video.avg_frame_rate]).toEqual(["aac", 720, 1280, "24/1"]);
    expect([output.width, output.height, output.fps]).toEqual([720, 1280, 24]);
    expect(Number(video.nb_read_frames)).toBe(Math.round(output.durationSeconds * 24));
    expect(Number(video.duration)).toBeCloseTo(output.durationSeconds, 3);
    expect(Number(video.start_time)).toBe(0);
    const end = (stream: typeof audio) => Number(stream.start_time) + Number(stream.duration);
    expect(Math.abs(end(audio) - end(video))).toBeLessThan(0.04);
  });

  test("shows its frames at an even pace across the joints", async () => {
    const times = await frameTimes(made.file("video.mp4"));
    times.forEach((seconds, frame) => {
      expect(Math.abs(seconds - frame / 24)).toBeLessThan(0.0005);
    });
  });

  test("its scenes fill it without a gap, and a scene is as long as its speech and padding", () => {
    const { scenes, durationSeconds } = made.output;
    expect(scenes.map((scene) => scene.text)).toEqual(texts);
    expect(scenes[0]?.startSeconds).toBe(0);
    expect(scenes[1]?.startSeconds).toBeCloseTo(scenes[0]?.durationSeconds ?? 0, 6);
    expect(durationSeconds).toBeCloseTo((scenes[1]?.startSeconds ?? 0) + (scenes[1]?.durationSeconds ?? 0), 6);
  });

  test("has pictures that are not blank, move, differ between scenes, and cross-fade at the cut", async () => {
    const cut = Math.round((made.output.scenes[1]?.startSeconds ?? 0) * 24);
    const total = Math.round(made.output.durationSeconds * 24);
    const size = { width: 90, height: 160 };
    const numbers = [4, cut - 12, cut - 1, cut + 12, total - 2];
    const [first, before, cutting, after, last] = await lumaFrames(made.file("video.mp4"), numbers, size);
    for (const frame of [first, before, after, last]) expect(spread(frame)).toBeGreaterThan(10);
    expect(difference(first, before)).toBeGreaterThan(1);
    expect(difference(before, after)).toBeGreaterThan(15);
    const [fromBefore, fromAfter] = [difference(before, cutting), difference(cutting, after)];
    expect(fromBefore).toBeGreaterThan(0.2 * difference(before, after));
    expect(fromAfter).toBeGreaterThan(0.2 * difference(before, after));
  });

  test("burns the captions where and when they are said", async () => {
    const plain = await render(sceneRequest(texts, { captions: "off" }));
    const cut = Math.round((made.output.scenes[1]?.startSeconds ?? 0) * 24);
    const size = { width: 360, height: 640 };
    const [captioned, bare] = await Promise.all(
      [made, plain].map((video) => lumaFrames(video.file("video.mp4"), [1, 24, cut + 24], size)),
    );
    const bandOf = (frame: number) => {
      const rows: number[] = [];
      for (let row = 0; row < size.height; row += 1) {
        for (let column = 0; column < size.width; column += 1) {
          const at = row * size.width + column;
          if (Math.abs((captioned?.[frame]?.[at] ?? 0) - (bare?.[frame]?.[at] ?? 0)) > 60) {
            rows.push(row / size.height);
            break;
          }
        }
      }
      return rows;
    };
    expect(bandOf(0)).toEqual([]);
    for (const frame of [1, 2]) {
      expect(bandOf(frame).length).toBeGreaterThan(10);
      expect(Math.min(...bandOf(frame))).toBeGreaterThan(0.6);
      expect(Math.max(...bandOf(frame))).toBeLessThan(0.8);
    }
    expect(await readFile(plain.file("captions.vtt"))).toEqual(await readFile(made.file("captions.vtt")));
  });

  test("its caption files say every word of the texts, within their scenes", async () => {
    const { words } = JSON.parse(await readFile(made.file("words.json"), "utf8")) as {
      words: { text: string; start: number; end: number; scene: number }[];
    };
    expect(words.map((word) => word.text).join(" ")).toBe(texts.join(" "));
    for (const { start, end, scene } of words) {
      const { startSeconds = 0, durationSeconds = 0 } = made.output.scenes[scene] ?? {};
      expect(start).toBeGreaterThanOrEqual(startSeconds);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(startSeconds + durationSeconds);
    }
    for (const name of ["captions.vtt", "captions.srt"]) {
      const lines = (await readFile(made.file(name), "utf8")).split("\n");
      const said = lines.filter((line) => /[a-z]/i.test(line) && line !== "WEBVTT").join(" ");
      expect(said).toBe(texts.join(" "));
    }
  });

  test("starts playing before it is all there, and has a poster as large as itself", async () => {
    const boxes = outerBoxes(await readFile(made.file("video.mp4")));
    expect(boxes.indexOf("moov")).toBeGreaterThan(-1);
    expect(boxes.indexOf("moov")).toBeLessThan(boxes.indexOf("mdat"));
    const [poster] = await lumaFrames(made.file("poster.jpg"), [0], { width: 720, height: 1280 });
    expect(poster).toHaveLength(720 * 1280);
    expect(spread(poster)).toBeGreaterThan(10);
  });

  test("leaves its outputs, hashed, and nothing else", async () => {
    expect((await readdir(made.directory)).sort()).toEqual([...outputNames].sort());
    for (const { name, size, sha256 } of made.output.files) {
      const bytes = await readFile(made.file(name));
      expect([name, bytes.length, createHash("sha256").update(bytes).digest("hex")]).toEqual([name, size, sha256]);
    }
  });

  test("is the same to the byte when rendered again", async () => {
    const again = await render(sceneRequest(texts));
    expect(again.output.files).toEqual(made.output.files);
  });

  test("says its stages in order, with a percentage that never goes back and ends at 100", () => {
    const progress = made.updates.filter((update) => update.type === "progress");
    const stages = [...new Set(progress.map((update) => update.stage))];
    const order = ["scripting", "voicing", "illustrating", "rendering"];
    expect(stages).toEqual(order.filter((stage) => stages.some((said) => said === stage)));
    const percents = progress.map((update) => update.percent);
    expect(percents).toEqual(percents.toSorted((one, other) => one - other));
    expect([percents[0], percents.at(-1)]).toEqual([0, 100]);
    expect(percents.length).toBeGreaterThan(8);
  });
});

test("a prompt becomes as many scenes as it asks for, wide, with music, in 25 frames a second", async () => {
  const source = { kind: "prompt", prompt: "How bees make honey", sceneCount: 2 } as const;
  const { output, updates, file } = await render(
    sceneRequest([], { source, aspect: "16:9", fps: 25, music: "calm", language: "sw", captions: "lines" }),
  );
  const script = updates.find((update) => update.type === "script");
  expect(script?.scenes.map((scene) => scene.text)).toEqual(output.scenes.map((scene) => scene.text));
  const { video, audio } = await probe(file("video.mp4"));
  expect([video.width, video.height, video.avg_frame_rate, output.scenes.length]).toEqual([1280, 720, "25/1", 2]);
  expect(Number(video.nb_read_frames)).toBe(Math.round(output.durationSeconds * 25));
  expect(Math.abs(Number(audio.duration) - Number(video.duration))).toBeLessThan(0.04);
});

test("a scene lasts as long as was asked", async () => {
  const scenes = [{ text: "Short.", durationSeconds: 3.5, motion: "still" as const }];
  const { output, file } = await render(sceneRequest([], { source: { kind: "scenes", scenes } }));
  expect(output.durationSeconds).toBe(3.5);
  expect((await probe(file("video.mp4"))).video.nb_read_frames).toBe("84");
});

describe("when a part fails", () => {
  const silentVoice: Providers["voice"] = {
    name: "synthetic",
    open: async () => ({ speak: async (text) => syntheticSpeech(text), close: () => {} }),
  };
  const never = () => new Promise<never>(() => {});

  test("a picture that takes too long names its scene, and may be retried", async () => {
    const draw: Providers["pictures"]["draw"] = (request, drawn) =>
      request.sceneIndex === 1 ? never() : offlineProviders.pictures.draw(request, drawn);
    const { failure, left } = await failureOf(
      sceneRequest(texts),
      { voice: silentVoice, pictures: { name: "slow", draw } },
      1_500,
    );
    expect(failure.toFailure()).toMatchObject({ code: "picture_timeout", scene: 1, isRetryable: true });
    expect(left).not.toContain("work");
  });

  test("a voice that fails twice is asked again, and the video is made", async () => {
    let refusals = 2;
    const open: Providers["voice"]["open"] = async (request) => {
      const voice = await silentVoice.open(request);
      const speak = async (text: string) => {
        refusals -= 1;
        if (refusals >= 0) throw new Error("the engine went away");
        return voice.speak(text);
      };
      return { ...voice, speak };
    };
    const providers = { ...offlineProviders, voice: { name: "shaky", open } };
    const { output } = await render(sceneRequest(["Hello."]), providers);
    expect(output.providers.voice).toBe("shaky");
  });

  test("a voice that never answers is a coded failure of its scene, without the reason inside", async () => {
    const open: Providers["voice"]["open"] = async () => ({
      speak: async () => {
        throw new Error("/secret/path went away");
      },
      close: () => {},
    });
    const { failure } = await failureOf(sceneRequest(texts), { voice: { name: "gone", open } });
    const failed = failure.toFailure();
    expect(failed).toMatchObject({ code: "voice_failed", scene: 0, isRetryable: true });
    expect(failed.detail).not.toContain("secret");
  });

  test("a script that cannot be written is a coded failure", async () => {
    const source = { kind: "prompt", prompt: "Bees", sceneCount: 2 } as const;
    const write: Providers["script"]["write"] = () => ({ title: "", scenes: [] });
    const { failure } = await failureOf(sceneRequest([], { source }), { script: { name: "empty", write } });
    expect(failure.toFailure()).toMatchObject({ code: "script_failed", isRetryable: true });
  });

  test("sound that is never mixed ends the frames too", async () => {
    const failed = await failureOf(sceneRequest(["Hello."]), { voice: silentVoice, sound: { mix: never } }, 1_500);
    expect(failed.failure.toFailure()).toMatchObject({ code: "render_timeout", isRetryable: true });
    expect(failed.left).not.toContain("work");
  });

  test("a full disk is called so", async () => {
    const mix: Providers["sound"]["mix"] = async () => {
      throw Object.assign(new Error("write"), { code: "ENOSPC" });
    };
    const { failure } = await failureOf(sceneRequest(["Hello."]), { voice: silentVoice, sound: { mix } });
    expect(failure.toFailure()).toMatchObject({ code: "disk_full", isRetryable: true });
  });
});
