import { describe, expect, it } from "vitest";
import { spokenLanguages, videoDocument } from "../../../src/contract/video.ts";
import { findImpossible, findLongRecordings, namedAssets } from "../../../src/core/videos/check-document.ts";
import { workingTitle } from "../../../src/core/videos/document.ts";
import { ceilingSeconds, readingSeconds, sceneCeilings } from "../../../src/core/videos/estimate.ts";
import { mergeOptions } from "../../../src/core/videos/merge-options.ts";
import { bodyOf, documentOf } from "./documents.ts";

const asset = (letter: string) => `ast_${letter.repeat(26)}`;
const url = "https://example.com/a.mp3";

describe("a request", () => {
  it("means the same in its short and its long spelling", () => {
    const scene = { text: "One." };
    const short = documentOf({
      scenes: [{ ...scene, image: asset("a"), recording: url, voice: "amani" }],
      voice: "baraka",
      captions: "lines",
      music: "news",
      resolution: "4K",
      vertical: true,
    });
    const long = documentOf({
      scenes: [{ ...scene, image: { asset: asset("a") }, recording: { url }, voice: { name: "amani" } }],
      voice: { name: "baraka" },
      captions: { mode: "lines" },
      music: { mood: "news" },
      resolution: "4k",
      aspect: "9:16",
    });
    expect(short).toEqual(long);
    expect(short).toMatchObject({ resolution: "4k", aspect: "9:16", captions: { mode: "lines" } });
  });

  it.each([
    { prompt: "A day in Nairobi" },
    { script: "Nairobi wakes. The sun rises." },
    { scenes: [{ text: "One.", image: { prompt: "a lion" }, motion: "still", transition: "wipe", duration: 4 }] },
    { template: "proverb", values: { proverb: "a", meaning: "b", today: "c" } },
    { prompt: "x", brand: { logo: url, primary: "#AABBCC", font: "serif" }, music: { asset: asset("b"), duck_db: 3 } },
  ])("is a document that the renderer takes: %j", (body) => {
    const document = documentOf(body);
    expect(videoDocument.parse(JSON.parse(JSON.stringify(document)))).toEqual(JSON.parse(JSON.stringify(document)));
    // What was checked once is valid as it is: projects keep it so.
    expect(bodyOf(bodyOf(body))).toEqual(bodyOf(body));
  });

  it("gives its motion to the scenes that have none of their own", () => {
    const { source } = documentOf({ scenes: [{ text: "One." }, { text: "Two.", motion: "still" }], motion: "zoom_in" });
    expect(source.kind === "scenes" && source.scenes.map(({ motion }) => motion)).toEqual(["zoom_in", "still"]);
  });

  it("opens with a title only where there is one", () => {
    expect(documentOf({ prompt: "x" }).titles).toBe("opening");
    expect(documentOf({ scenes: [{ text: "x" }] }).titles).toBe("off");
    expect(documentOf({ scenes: [{ text: "x" }], title: "y" }).titles).toBe("opening");
    expect(workingTitle(documentOf({ prompt: "word ".repeat(30) }))).toMatch(/^(word )+word…$/);
  });
});

describe("options over options", () => {
  it("win field by field", () => {
    const merged = mergeOptions(
      {
        captions: { style: "bold", position: "top" },
        voice: { name: "amani" },
        aspect: "9:16",
        music: { mood: "calm", duck_db: 3 },
      },
      { captions: { mode: "lines", style: "boxed" }, vertical: false, music: { url }, voice: undefined },
    );
    expect(merged).toEqual({
      captions: { mode: "lines", style: "boxed", position: "top" },
      voice: { name: "amani" },
      aspect: "16:9",
      music: { url, duck_db: 3 },
    });
  });
});

describe("what this service cannot make", () => {
  const none = { hasScripts: false, hasPictures: false, hasVoice: () => false };
  const all = { hasScripts: true, hasPictures: true, hasVoice: () => true };
  const pointers = (body: Record<string, unknown>, models = none, seconds = 30) =>
    findImpossible(documentOf(body), models, seconds).map(({ pointer }) => pointer);
  const prompt = "A day in Nairobi";

  it.each<[Record<string, unknown>, string[], string[]]>([
    [{ prompt }, [], []],
    [{ prompt, premium_tts: true }, ["/premium_tts"], []],
    [{ prompt, ai_enhancement: true }, ["/ai_enhancement"], []],
    [{ prompt, lang: "am" }, ["/lang"], []],
    [{ script: prompt, lang: "am" }, [], []],
    [{ prompt, lang: "zu" }, ["/lang"], ["/lang"]],
    [{ prompt, lang: "zu", premium_tts: true }, ["/premium_tts", "/lang"], []],
    [{ lang: "zu", scenes: [{ text: "a", recording: url }, { text: "b" }] }, ["/lang"], ["/lang"]],
    [{ lang: "zu", scenes: [{ text: "a", recording: url }] }, [], []],
  ])("%j", (body, without, withModels) => {
    expect(pointers(body)).toEqual(without);
    expect(pointers(body, all)).toEqual(withModels);
  });

  it("is told with the name of the language", () => {
    const [zulu] = findImpossible(documentOf({ prompt, lang: "zu" }), none, 30);
    expect(zulu?.detail).toBe("no voice here speaks Zulu: send scenes with a recording each");
  });

  it("is a GIF longer than a minute", () => {
    expect(pointers({ prompt, output_format: "gif" }, none, 60)).toEqual([]);
    expect(pointers({ prompt, output_format: "gif" }, none, 61)).toEqual(["/output_format"]);
  });

  it("is an upload of somebody reading for longer than a scene may last", () => {
    const document = documentOf({ scenes: [{ text: "a" }, { text: "b", recording: asset("a") }] });
    expect(findLongRecordings(document, new Map([[asset("a"), 60]]))).toEqual([]);
    expect(findLongRecordings(document, new Map([[asset("a"), 60.1]]))).toMatchObject([
      { pointer: "/scenes/1/recording" },
    ]);
  });

  it("names every upload, with its place and what it may be there", () => {
    const document = documentOf({
      scenes: [{ text: "a" }, { text: "b", image: asset("a"), recording: { asset: asset("b") } }],
      music: { asset: asset("c") },
      brand: { logo: { asset: asset("d") } },
    });
    expect(namedAssets(document)).toEqual([
      { pointer: "/scenes/1/image", assetId: asset("a"), kinds: ["image", "video"] },
      { pointer: "/scenes/1/recording", assetId: asset("b"), kinds: ["audio"] },
      { pointer: "/music/asset", assetId: asset("c"), kinds: ["audio"] },
      { pointer: "/brand/logo", assetId: asset("d"), kinds: ["image"] },
    ]);
  });
});

describe("the ceiling", () => {
  it("of a recording is its own length where it is known, and the most it may be where it is not", () => {
    const document = documentOf({
      scenes: [{ text: "a", recording: asset("a") }, { text: "b", recording: url }, { text: "c" }],
    });
    expect(sceneCeilings(document, new Map([[asset("a"), 7]]))).toEqual([7.8, 60.8, 2.5]);
    expect(sceneCeilings(document)[0]).toBe(60.8);
  });

  it("follows the speed of the voice and of each scene", () => {
    const text = "a".repeat(230);
    const at = (speed: number) => ceilingSeconds(documentOf({ scenes: [{ text }], voice: { speed } }));
    expect([at(0.5), at(1), at(2)]).toEqual([41, 21, 11]);
    const own = documentOf({ scenes: [{ text, voice: { speed: 2 } }, { text }] });
    expect(sceneCeilings(own)).toEqual([10.8, 20.8]);
  });

  it("counts in every language", () => {
    for (const language of spokenLanguages) expect(readingSeconds("Habari, 2024.", language)).toBeGreaterThan(2);
  });
});
