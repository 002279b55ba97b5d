import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runFfmpeg } from "../../container/ffmpeg/run.ts";
import type { RenderRequest } from "../../src/contract/container-protocol.ts";
import type { Wanted } from "../../src/contract/render-events.ts";
import type { DocumentScene, VideoDocument } from "../../src/contract/video.ts";
import { probe } from "../support/ffprobe.ts";
import { type CallerOptions, clearRenders, idleCaller, renderWith } from "../support/render-caller.ts";
import { sceneRequest } from "../support/render-requests.ts";
import { quickProviders } from "../support/stand-in-providers.ts";

afterAll(clearRenders);
const providers = quickProviders;
const asset = (letter: string) => ({ asset: `ast_${letter.repeat(26)}` });

let reading: Buffer;
let photo: Buffer;
let clip: Buffer;
beforeAll(async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "providers-test-"));
  const { signal } = new AbortController();
  const make = async (name: string, args: string[]) => {
    const file = path.join(directory, name);
    await runFfmpeg([...args, file], { signal });
    return readFile(file);
  };
  reading = await make("reading.mp3", ["-f", "lavfi", "-i", "sine=frequency=200:duration=2.6"]);
  photo = await make("photo.jpg", ["-f", "lavfi", "-i", "testsrc2=size=640x480", "-frames:v", "1"]);
  clip = await make("clip.mp4", [
    "-f",
    "lavfi",
    "-i",
    "testsrc2=size=320x240:rate=15:duration=1",
    "-pix_fmt",
    "yuv420p",
  ]);
  await rm(directory, { recursive: true });
});

const prompt = { kind: "prompt", prompt: "How bees make honey", sceneCount: 2 } as const;
const draft = (changes: Partial<VideoDocument>): RenderRequest => sceneRequest([], { isDraft: true, ...changes });
const scenes = (...list: DocumentScene[]) => ({ source: { kind: "scenes" as const, scenes: list } });
const render = (request: RenderRequest, answer: CallerOptions["answer"], more: CallerOptions = {}) =>
  renderWith(idleCaller(), request, { providers, ...more, ...(answer ? { answer } : {}) });
const json = (value: unknown) => ({ bytes: Buffer.from(JSON.stringify(value)), provider: "a text model" });

describe("scripts", () => {
  const request: RenderRequest = { ...draft({ source: prompt }), offers: ["script"] };
  const written = {
    title: "Honey",
    scenes: [
      { title: "Flowers", narration: "A bee visits a thousand flowers a day." },
      { title: "Home", narration: "At home she shares all of it." },
    ],
  };

  test("a model's script is said word for word, and named", async () => {
    const made = await render(request, () => json(written));
    expect(made.output?.scenes.map(({ text }) => text)).toEqual(written.scenes.map(({ narration }) => narration));
    expect(made.output).toMatchObject({ title: "Honey", providers: { script: "a text model" } });
    expect(made.wanted).toMatchObject([{ type: "script", prompt: prompt.prompt, sceneCount: 2, language: "en" }]);
  });

  const wrong: [string, () => ReturnType<typeof json> | undefined][] = [
    ["missing", () => undefined],
    ["no JSON", () => ({ bytes: Buffer.from("Sure! Here is"), provider: "a text model" })],
    ["of another shape", () => json({ scenes: ["one", "two"] })],
    ["a scene short", () => json({ ...written, scenes: written.scenes.slice(1) })],
    [
      "longer than was paid for",
      () => json({ ...written, scenes: [written.scenes[0], { title: "Long", narration: "honey ".repeat(90) }] }),
    ],
  ];
  test.each(wrong)("one that is %s is written here instead, and the video says so", async (_, answer) => {
    const made = await render(request, answer);
    expect(made.output?.providers.script).toBe("template");
    expect(made.output?.scenes).toHaveLength(2);
  });
});

describe("voices", () => {
  const voice = { name: "zuri", speed: 1, isPremium: true } as const;
  const said = scenes({ text: "Good morning to all of you." }, { text: "This is a second scene." });

  test("a model's voice is played, timed and named; where it cannot be played the voice here speaks, and both are named", async () => {
    const answer = (wanted: Wanted) => {
      if (wanted.type !== "voice") return undefined;
      return wanted.scene === 0
        ? { bytes: reading, provider: "a speech model" }
        : { bytes: Buffer.from("not a sound"), provider: "a speech model" };
    };
    const made = await render({ ...draft({ ...said, voice }), offers: ["voice"] }, answer);
    expect(made.output?.providers.voice).toBe("a speech model+synthetic");
    const voices = made.output?.sources.filter(({ what }) => what === "voice");
    expect(voices?.map(({ scene, provider }) => [scene, provider])).toEqual([
      [0, "a speech model"],
      [1, "synthetic"],
    ]);
    expect(voices?.[0]?.licence).toContain("a speech model");
    // The reading lasts 2.6 s: a scene of it is longer than one of five short words.
    expect(made.output?.scenes[0]?.durationSeconds).toBeGreaterThan(3.2);
    const { words } = JSON.parse(String(await made.read("words.json"))) as { words: { text: string }[] };
    expect(words.map(({ text }) => text).join(" ")).toBe("Good morning to all of you. This is a second scene.");
  });

  test("a language without a voice takes recordings, and without one is refused, naming the scene", async () => {
    const recording = asset("a");
    const whole = scenes({ text: "Ina kwana.", recording });
    const made = await render(draft({ ...whole, language: "ha" }), () => ({ bytes: reading }));
    expect(made.output?.providers.voice).toBe("recording");
    const lacking = scenes({ text: "Ina kwana.", recording }, { text: "Sannu da zuwa." });
    const refused = await render(draft({ ...lacking, language: "ha" }), () => ({ bytes: reading }));
    expect(refused.failure).toMatchObject({ code: "voice_failed", scene: 1, isRetryable: false });
  });
});

describe("pictures", () => {
  test("a model's picture is shown and named, and one that cannot be read is drawn instead", async () => {
    const said = scenes({ text: "A market at dawn." }, { text: "A market at noon." });
    const answer = (wanted: Wanted) => {
      if (wanted.type !== "picture") return undefined;
      return { bytes: wanted.scene === 0 ? photo : Buffer.from("<svg/>"), provider: "an image model" };
    };
    const made = await render({ ...draft({ ...said, isEnhanced: true }), offers: ["picture"] }, answer);
    expect(made.output?.providers.pictures).toBe("an image model+drawn");
    expect(made.wanted.map((wanted) => wanted.type === "picture" && wanted.prompt)).toEqual([
      expect.stringContaining("A market at dawn."),
      expect.stringContaining("A market at noon."),
    ]);
  });

  test("own images, clips, colours and music make one video, each named as what it is", async () => {
    const media = (letter: string) => ({ kind: "media" as const, media: asset(letter) });
    const own: Record<string, Buffer> = { a: photo, b: clip, c: reading, d: photo };
    const made = await render(
      draft({
        ...scenes(
          { text: "A photograph.", picture: media("a") },
          { text: "A clip.", picture: media("b") },
          { text: "A colour.", picture: { kind: "colour", colour: "#0b6e4f" } },
        ),
        music: { bed: { kind: "media", media: asset("c") }, duckDb: 10 },
        brand: { logo: asset("d") },
      }),
      (wanted) => {
        const letter = wanted.type === "media" && "asset" in wanted.media ? wanted.media.asset.slice(-1) : "";
        const bytes = own[letter];
        return bytes && { bytes };
      },
    );
    expect(made.failure).toBeUndefined();
    expect(made.wanted.map((wanted) => wanted.type === "media" && wanted.use)).toEqual([
      "picture",
      "picture",
      "music",
      "logo",
    ]);
    expect(made.output?.providers.pictures).toBe("asset+colour");
    const { video } = await probe(made.file("video.mp4"));
    expect(Number(video.nb_read_frames)).toBe(Math.round((made.output?.durationSeconds ?? 0) * 24));
    const ownSources = made.output?.sources.filter(({ provider }) => provider === "asset");
    expect(ownSources?.map(({ what }) => what)).toEqual(["picture", "picture", "music", "logo"]);
  });

  const picture = { kind: "media" as const, media: asset("a") };
  test("own media that do not come fail the video, naming the scene", async () => {
    const made = await render(draft(scenes({ text: "One." }, { text: "Two.", picture })), undefined);
    expect(made.failure).toMatchObject({ code: "media_failed", scene: 1 });
  });

  test("own media that never come are waited for no longer than the limit", async () => {
    const ended = Promise.withResolvers<undefined>();
    const made = await render(draft(scenes({ text: "One.", picture })), () => ended.promise, {
      supplyLimitMs: 300,
      onEvent: (event) => {
        if (event.type === "failed") ended.resolve(undefined);
      },
    });
    expect(made.failure).toMatchObject({ code: "media_failed", scene: 0 });
  });

  test.each([
    ["is no image", () => reading, /image or a video/],
    ["is cut off", () => photo.subarray(0, photo.length >> 1), /cut off/],
    [
      "is a drawing that could name other files",
      () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
      /no file that can be used/,
    ],
  ])("own media that %s are refused with words for their owner", async (_, bytes, words) => {
    const made = await render(draft(scenes({ text: "One.", picture })), () => ({ bytes: bytes() }));
    expect(made.failure).toMatchObject({ code: "media_refused", scene: 0, isRetryable: false });
    expect(made.failure?.detail).toMatch(words);
  });
});
