import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runFfmpeg } from "../../container/ffmpeg/run.ts";
import { offlineProviders, type Providers } from "../../container/providers.ts";
import type { RenderRequest } from "../../src/contract/container-protocol.ts";
import { type RenderOutput, renderOutput } from "../../src/contract/render-events.ts";
import type { Aspect, VideoDocument } from "../../src/contract/video.ts";
import { frameTimes, lumaFrames, outerBoxes, probe } from "../support/ffprobe.ts";
import { type CallerOptions, clearRenders, idleCaller, type Rendered, renderWith } from "../support/render-caller.ts";
import { sceneRequest } from "../support/render-requests.ts";
import { quickProviders, syntheticVoice } from "../support/stand-in-providers.ts";

afterAll(clearRenders);

type Finished = Rendered & { output: RenderOutput };

/** Renders without offering anything, and fails the test when the render does. */
async function render(request: RenderRequest, options: CallerOptions = {}): Promise<Finished> {
  const { output, ...rendered } = await renderWith(idleCaller(), request, options);
  if (!output) throw new Error(JSON.stringify(rendered.failure));
  return { ...rendered, output };
}

async function failureOf(request: RenderRequest, providers: Partial<Providers>, stepLimitMs?: number) {
  const options = { providers: { ...offlineProviders, ...providers }, ...(stepLimitMs ? { stepLimitMs } : {}) };
  const { failure, directory } = await renderWith(idleCaller(), request, options);
  const left = await readdir(directory).catch(() => []);
  return { failure, left };
}

/** What ffmpeg's black and freeze detectors find, in their own words. */
async function standstills(file: string): Promise<string[]> {
  const filter = "blackdetect=d=0.1:pix_th=0.05,freezedetect=n=0.0003:d=0.4";
  const { signal } = new AbortController();
  const { stderr } = await runFfmpeg(["-i", file, "-vf", filter, "-an", "-f", "null", "-"], { signal });
  return stderr.split("\n").filter((line) => /black_start|freeze_start/.test(line));
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
  let made: Finished;
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
    const off = { mode: "off", style: "clean", position: "bottom" } as const;
    const plain = await render(sceneRequest(texts, { captions: off }));
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
    const names = ["captions.srt", "captions.vtt", "kept", "poster.jpg", "video.mp4", "words.json"];
    expect((await readdir(made.directory)).sort()).toEqual(names);
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
    const progress = made.events.filter((event) => event.type === "progress");
    const stages = [...new Set(progress.map((event) => event.stage))];
    const order = ["scripting", "voicing", "illustrating", "rendering"];
    expect(stages).toEqual(order.filter((stage) => stages.some((said) => said === stage)));
    const percents = progress.map((event) => event.percent);
    expect(percents).toEqual(percents.toSorted((one, other) => one - other));
    expect([percents[0], percents.at(-1)]).toEqual([0, 100]);
    expect(percents.length).toBeGreaterThan(8);
  });
});

test("a prompt becomes as many scenes as it asks for, wide, with music, in 25 frames a second", async () => {
  const source = { kind: "prompt", prompt: "How bees make honey", sceneCount: 2 } as const;
  const music = { bed: { kind: "mood", mood: "calm" }, duckDb: 14 } as const;
  const { output, events, file } = await render(
    sceneRequest([], { source, aspect: "16:9", fps: 25, music, language: "sw", titles: "scenes" }),
  );
  const script = events.find((event) => event.type === "script");
  expect(script?.scenes.map((scene) => scene.text)).toEqual(output.scenes.map((scene) => scene.text));
  const { video, audio } = await probe(file("video.mp4"));
  expect([video.width, video.height, video.avg_frame_rate, output.scenes.length]).toEqual([1280, 720, "25/1", 2]);
  expect(Number(video.nb_read_frames)).toBe(Math.round(output.durationSeconds * 25));
  expect(Math.abs(Number(audio.duration) - Number(video.duration))).toBeLessThan(0.04);
  expect(await standstills(file("video.mp4"))).toEqual([]);
  expect(output.providers).toEqual({ script: "template", voice: "espeak-ng", pictures: "drawn" });
  expect(output.sources.map(({ what, scene, provider }) => [what, scene, provider])).toEqual([
    ["picture", 0, "drawn"],
    ["picture", 1, "drawn"],
    ["voice", 0, "espeak-ng"],
    ["voice", 1, "espeak-ng"],
    ["music", undefined, "calm"],
    ["typeface", undefined, "Bricolage Grotesque"],
  ]);
  expect(output.sources.filter(({ licence }) => licence.length < 10)).toEqual([]);
});

describe("in other shapes", () => {
  const words = ["The rain came late.", "Then the maize stood green."];
  const shapes: [string, Partial<VideoDocument>, { size: [number, number]; codecs: [string, string] }][] = [
    ["60 frames a second", { fps: 60 }, { size: [480, 854], codecs: ["h264", "aac"] }],
    ["a square WebM", { aspect: "1:1" as Aspect, format: "webm" }, { size: [480, 480], codecs: ["vp9", "opus"] }],
    [
      "4:5, 30 frames a second, wiped",
      { aspect: "4:5" as Aspect, fps: 30, transition: "wipe" },
      { size: [480, 600], codecs: ["h264", "aac"] },
    ],
  ];
  test.each(shapes)(
    "%s: every frame is there, and sound ends with the picture",
    async (_, changes, { size, codecs }) => {
      const { output, file } = await render(sceneRequest(words, { isDraft: true, ...changes }), {
        providers: quickProviders,
      });
      const name = output.files[0]?.name ?? "";
      const { video, audio } = await probe(file(name));
      expect([video.codec_name, audio.codec_name]).toEqual(codecs);
      expect([video.width, video.height]).toEqual(size);
      expect(video.avg_frame_rate).toBe(`${output.fps}/1`);
      const times = await frameTimes(file(name));
      expect(times).toHaveLength(Math.round(output.durationSeconds * output.fps));
      times.forEach((seconds, frame) => {
        // WebM counts in milliseconds.
        expect(Math.abs(seconds - frame / output.fps)).toBeLessThan(0.0011);
      });
      expect(Math.abs((await soundSeconds(file(name))) - output.durationSeconds)).toBeLessThan(0.04);
      expect(await standstills(file(name))).toEqual([]);
    },
  );

  test("a GIF: it moves, it is silent, and no voice is named", async () => {
    const { output, read } = await render(sceneRequest(words, { isDraft: true, format: "gif" }), {
      providers: quickProviders,
    });
    expect(output.files.map(({ name }) => name)).toContain("video.gif");
    expect((await read("video.gif")).toString("latin1", 0, 6)).toBe("GIF89a");
    expect(output.sources.map(({ what }) => what)).toEqual(["picture", "picture", "typeface"]);
  });
});

/** All of the sound decoded and counted: WebM does not say how long a track is. */
async function soundSeconds(file: string): Promise<number> {
  const { signal } = new AbortController();
  const filter = "aresample=48000,astats=measure_perchannel=none:measure_overall=Number_of_samples";
  const { stderr } = await runFfmpeg(["-i", file, "-vn", "-af", filter, "-f", "null", "-"], { signal });
  return Number(/Number of samples: (\d+)/.exec(stderr)?.[1]) / 48_000;
}

test("a scene lasts as long as was asked", async () => {
  const scenes = [{ text: "Short.", durationSeconds: 3.5, motion: "still" as const }];
  const { output, file } = await render(sceneRequest([], { source: { kind: "scenes", scenes } }));
  expect(output.durationSeconds).toBe(3.5);
  expect((await probe(file("video.mp4"))).video.nb_read_frames).toBe("84");
});

describe("when a part fails", () => {
  const never = () => new Promise<never>(() => {});

  test("a picture that takes too long names its scene, and may be retried", async () => {
    const draw: Providers["pictures"]["draw"] = (scene, target) =>
      scene.sceneIndex === 1 ? never() : offlineProviders.pictures.draw(scene, target);
    const { failure, left } = await failureOf(
      sceneRequest(texts),
      { voice: syntheticVoice, pictures: { ...offlineProviders.pictures, draw } },
      1_500,
    );
    expect(failure).toMatchObject({ code: "picture_timeout", scene: 1, isRetryable: true });
    expect(left).toEqual([]);
  });

  test("a voice that fails twice is asked again, and the video is made", async () => {
    let refusals = 2;
    const open: Providers["voice"]["open"] = async (request) => {
      const voice = await syntheticVoice.open(request);
      const speak: typeof voice.speak = async (text, manner) => {
        refusals -= 1;
        if (refusals >= 0) throw new Error("the engine went away");
        return voice.speak(text, manner);
      };
      return { ...voice, speak };
    };
    const providers = { ...offlineProviders, voice: { name: "shaky", open } };
    const { output } = await render(sceneRequest(["Hello."]), { providers });
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
    const failed = failure ?? { detail: "none" };
    expect(failed).toMatchObject({ code: "voice_failed", scene: 0, isRetryable: true });
    expect(failed.detail).not.toContain("secret");
  });

  test("a script that cannot be written is a coded failure", async () => {
    const source = { kind: "prompt", prompt: "Bees", sceneCount: 2 } as const;
    const write: Providers["script"]["write"] = () => ({ title: "", scenes: [] });
    const { failure } = await failureOf(sceneRequest([], { source }), { script: { name: "empty", write } });
    expect(failure).toMatchObject({ code: "script_failed", isRetryable: true });
  });

  test("sound that is never mixed ends the frames too", async () => {
    const failed = await failureOf(sceneRequest(["Hello."]), { voice: syntheticVoice, sound: { mix: never } }, 1_500);
    expect(failed.failure).toMatchObject({ code: "render_timeout", isRetryable: true });
    expect(failed.left).toEqual([]);
  });

  test("a full disk is called so", async () => {
    const mix: Providers["sound"]["mix"] = async () => {
      throw Object.assign(new Error("write"), { code: "ENOSPC" });
    };
    const { failure } = await failureOf(sceneRequest(["Hello."]), { voice: syntheticVoice, sound: { mix } });
    expect(failure).toMatchObject({ code: "disk_full", isRetryable: true });
  });
});
