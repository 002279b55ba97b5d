import { describe, expect, it } from "vitest";
import type { VideoDocument } from "../../../src/contract/video.ts";
import { noExtras } from "../../../src/core/videos/bill.ts";
import { basisOfRevision } from "../../../src/core/videos/revise.ts";
import type { StoredOutput } from "../../../src/core/videos/tables.ts";
import { documentOf } from "./documents.ts";

const texts = ["Nairobi wakes.", "A matatu roars.", "The market opens."];
const body = { title: "Nairobi", scenes: texts.map((text) => ({ text, title: text.toUpperCase() })) };
const before = documentOf(body);
const madeBy = (pictures = "drawn", voice = "espeak-ng"): StoredOutput => ({
  width: 1280,
  height: 720,
  fps: 30,
  durationSeconds: 9,
  providers: { script: "template", voice, pictures },
  sources: [],
  files: [],
});
const row = (document: VideoDocument, output = madeBy()) => ({
  document,
  scenes: null,
  title: document.title ?? "",
  output,
});
const revise = (changes: Record<string, unknown>) => basisOfRevision(row(before), documentOf({ ...body, ...changes }));
const some = (scenes: number[], extras = noExtras) => ({ kind: "scenes", scenes, extras });

describe("a revision", () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ["nothing", {}, some([])],
    ["music and loudness", { music: "news", loudness_lufs: -16 }, some([])],
    ["own music", { music: { url: "https://a.b/c.mp3" } }, some([], { ...noExtras, hasOwnMusic: true })],
    ["the words of one scene", { scenes: body.scenes.with(1, { text: "A bus.", title: "x" }) }, some([1])],
    [
      "the picture of one",
      { scenes: body.scenes.with(2, { ...at(2), image: { colour: "#112233" } } as never) },
      some([2]),
    ],
    ["the motion of one", { scenes: body.scenes.with(2, { ...at(2), motion: "still" } as never) }, some([2])],
    ["a scene's title that nobody sees", { scenes: body.scenes.with(2, { ...at(2), title: "y" }) }, some([])],
    ["the title over the first", { title: "Mombasa" }, some([0])],
    ["one scene more", { scenes: [...body.scenes, { text: "Night falls." }] }, some([3])],
    ["one scene twice", { scenes: [...body.scenes, at(2)] }, some([3])],
    ["one scene less", { scenes: body.scenes.slice(0, 2) }, some([])],
    ["the order of two", { scenes: [at(0), at(2), at(1)] }, some([])],
    ["which one the title stands over", { scenes: [at(1), at(0), at(2)] }, some([0, 1])],
    ["the shape", { aspect: "1:1" }, { kind: "full" }],
    ["the size", { resolution: "1080p" }, { kind: "full" }],
    ["the rate", { fps: 25 }, { kind: "full" }],
    ["the voice", { voice: "baraka" }, { kind: "full" }],
    ["the captions", { captions: "lines" }, { kind: "full" }],
    ["the style", { image_style: "print" }, { kind: "full" }],
    ["the brand", { brand: { accent: "#ff0000" } }, { kind: "full" }],
    ["everything that is said", { scenes: [{ text: "New." }, { text: "Newer." }] }, { kind: "full" }],
    ["a draft of it", { draft: true }, { kind: "full" }],
  ])("that changes %s", (_name, changes, basis) => {
    expect(revise(changes)).toEqual(basis);
  });

  it("of lower thirds that are seen pays for the scene with another", () => {
    const shown = documentOf({ ...body, titles: "scenes" });
    const now = documentOf({ ...body, titles: "scenes", scenes: body.scenes.with(2, { ...at(2), title: "y" }) });
    expect(basisOfRevision(row(shown), now)).toEqual(some([2]));
  });

  it("of a prompt is the same while the prompt is, and compares with what its script came to", () => {
    const prompt = documentOf({ prompt: "A day in Nairobi", scenes: 3 });
    const scenes = texts.map((text) => ({ text, title: "" }));
    const made = { ...row(prompt), scenes, title: "A day" };
    expect(basisOfRevision(made, documentOf({ prompt: "A day in Nairobi", scenes: 3, music: "news" }))).toEqual(
      some([]),
    );
    expect(basisOfRevision(made, documentOf({ prompt: "A day in Nairobi", scenes: 4 }))).toEqual({ kind: "full" });
    const written = documentOf({
      title: "A day",
      scenes: [{ text: texts[0] }, { text: "Other." }, { text: texts[2] }],
    });
    expect(basisOfRevision(made, written)).toEqual(some([1]));
  });
});

describe("an extra", () => {
  const enhanced = { ...body, ai_enhancement: true, premium_tts: true };
  const now = documentOf({ ...enhanced, scenes: [...body.scenes, { text: "Night falls." }] });

  it("that was had is not paid again", () => {
    expect(basisOfRevision(row(documentOf(enhanced), madeBy("painter", "speaker")), now)).toEqual(some([3]));
  });

  it("that was asked for and not had, and so not paid, is paid once it is had", () => {
    const extras = { hasOwnMusic: false, hasPremiumVoice: true, hasAiEnhancement: true };
    expect(basisOfRevision(row(documentOf(enhanced), madeBy("painter+drawn")), now)).toEqual(some([3], extras));
    const plain = documentOf({
      ...enhanced,
      scenes: body.scenes.map((scene) => ({ ...scene, image: { colour: "#112233" } })),
    });
    expect(basisOfRevision(row(plain, madeBy("colour")), now)).toEqual({ kind: "full" });
    const added = documentOf({ ...enhanced, scenes: [{ ...at(0), image: { colour: "#112233" } }, at(1)] });
    const first = documentOf({ ...enhanced, scenes: [{ ...at(0), image: { colour: "#112233" } }] });
    expect(basisOfRevision(row(first, madeBy("colour", "speaker")), added)).toEqual(
      some([1], { ...extras, hasPremiumVoice: false }),
    );
  });
});

function at(index: number) {
  return body.scenes[index] ?? { text: "", title: "" };
}
