/** What may be chosen for a video, from the request to the bill. */
import { describe, expect, it } from "vitest";
import { quoteAnswer, videoAccepted } from "../../src/contract/videos.ts";
import { read, readPointers, readProblem, signUp } from "../support/api-client.ts";
import { makeAsset, mediaFile } from "../support/assets.ts";
import { finish } from "../support/finished-video.ts";
import { holdQueue } from "../support/held-queue.ts";
import { readMoney, readVideo } from "../support/videos.ts";

describe("the caller's own files", () => {
  it("are used where they fit, and shown as they were asked for", async () => {
    const amina = await signUp({ send: holdQueue().send });
    const image = await makeAsset(amina);
    const song = await makeAsset(amina, mediaFile("audio/mpeg 20"), "song.mp3");
    const reading = await makeAsset(amina, mediaFile("audio/mpeg 31", "reading"), "reading.mp3");
    const scenes = [
      { text: "One.", image: image.id, motion: "pan_left" },
      { text: "Two.", recording: { asset: reading.id }, image: { prompt: "a lion" }, transition: "wipe" },
    ];
    const body = { scenes, music: { asset: song.id, duck_db: 6 }, brand: { logo: image.id, accent: "#FFAA00" } };
    // 2.5 s and 31.8 s, of which the second is known from the upload; and own music.
    const { id, credits_used: credits } = read(await amina.post("/api/videos", body), 202, videoAccepted);
    expect(credits).toBe(3 + 2);
    expect(await readVideo(amina, id)).toMatchObject({
      options: { music: { asset: song.id, duck_db: 6 }, brand: { logo: { asset: image.id }, accent: "#ffaa00" } },
      scenes: [
        { text: "One.", image: { asset: image.id }, motion: "pan_left" },
        { text: "Two.", image: { prompt: "a lion" }, recording: { asset: reading.id }, transition: "wipe" },
      ],
    });
  });

  it("are refused where they do not, each with its place", async () => {
    const amina = await signUp();
    const image = await makeAsset(amina);
    const song = await makeAsset(amina, mediaFile("audio/mpeg 90"), "song.mp3");
    const scenes = [
      { text: "One.", image: { asset: song.id }, recording: image.id },
      { text: "Two.", recording: song.id },
    ];
    const body = { scenes, music: { asset: image.id }, brand: { logo: song.id } };
    expect(readPointers(await amina.post("/api/videos", body)).sort()).toEqual([
      "/brand/logo",
      "/music/asset",
      "/scenes/0/image",
      "/scenes/0/recording",
    ]);
    expect(readPointers(await amina.post("/api/videos", { scenes: [scenes[1]] }))).toEqual(["/scenes/0/recording"]);
    const juma = await signUp();
    const foreign = await juma.post("/api/videos", { scenes: [{ text: "One.", image: image.id }] });
    expect(readPointers(foreign)).toEqual(["/scenes/0/image"]);
    expect(await readMoney(juma)).toMatchObject({ balance: 10, held: 0 });
  });

  it("make up for a voice that nobody here has", async () => {
    const amina = await signUp({ send: holdQueue().send });
    const scenes = [{ text: "Sannu da zuwa.", recording: "https://example.com/sannu.mp3" }];
    const { id } = read(await amina.post("/api/videos", { lang: "ha", scenes }), 202, videoAccepted);
    expect((await readVideo(amina, id)).options.lang).toBe("ha");
    const refusal = readProblem(await amina.post("/api/videos", { lang: "ha", script: "Sannu." }), "validation_failed");
    expect(refusal.errors?.[0]).toMatchObject({ pointer: "/lang", detail: expect.stringContaining("recording") });
  });
});

describe("a format", () => {
  it.each([
    ["mp4", "video/mp4"],
    ["webm", "video/webm"],
    ["gif", "image/gif"],
  ])("%s is what is made, and what comes at the same path", async (format, type) => {
    const amina = await signUp();
    const video = await finish(amina, { prompt: "plain day in Nairobi", scenes: 1, output_format: format });
    expect(video).toMatchObject({ options: { output_format: format }, output: { format } });
    const file = await amina.fetch("GET", video.output?.url ?? "");
    expect(file.headers.get("Content-Type")).toBe(type);
    expect((await file.arrayBuffer()).byteLength).toBe(video.output?.size);
    expect(video.output?.sources).toContainEqual(expect.objectContaining({ what: "voice", provider: "espeak-ng" }));
    expect(video.scenes[0]?.providers).toEqual({ picture: "drawn", voice: "espeak-ng" });
    expect(video.urls.self).toContain(video.id);
  });

  it("without sound says so", async () => {
    const amina = await signUp();
    const body = { prompt: "A day", scenes: 1, output_format: "gif", lang: "sheng" };
    const { warnings } = read(await amina.post("/api/videos/quote", body), 200, quoteAnswer);
    expect(warnings.map(({ pointer }) => pointer)).toEqual(["/lang", "/output_format"]);
  });
});

describe("an extra made by a model", () => {
  const wished = { prompt: "models for a day in Nairobi", scenes: 1, premium_tts: true, ai_enhancement: true };
  const withModels = (mood: string) =>
    holdQueue({
      MODELS_API_BASE: "http://models.test",
      MODELS_ACCOUNT_ID: `${mood}-of-the-bill`,
      MODELS_API_TOKEN: "a token of the tests",
    });

  it.each([
    ["well", 1 + 3 + 4],
    ["refused", 1],
  ])("is charged when it was had: models that are %s", async (mood, credits) => {
    const queue = withModels(mood);
    const amina = await signUp({ send: queue.send });
    const accepted = read(await amina.post("/api/videos", wished), 202, videoAccepted);
    expect(accepted.credits_used).toBe(8);
    await queue.deliverAll();
    expect(await readVideo(amina, accepted.id)).toMatchObject({ status: "succeeded", credits_used: credits });
    expect(await readMoney(amina)).toMatchObject({ balance: 10 - credits, held: 0 });
  });

  it("is refused where none is set up, with a word for each", async () => {
    const amina = await signUp();
    const { errors = [] } = readProblem(await amina.post("/api/videos", wished), "validation_failed");
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(["/ai_enhancement", "/premium_tts"]);
    for (const { detail } of errors) expect(detail).toContain("set up on this service");
  });
});
