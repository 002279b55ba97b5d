import { afterAll, beforeAll, expect, test } from "vitest";
import { offlineProviders } from "../../container/providers.ts";
import type { CaptionMode } from "../../src/contract/video.ts";
import { lumaFrames, probe } from "../support/ffprobe.ts";
import { clearRenders, idleCaller, type Rendered, renderWith } from "../support/render-caller.ts";
import { sceneRequest } from "../support/render-requests.ts";
import { quickProviders } from "../support/stand-in-providers.ts";

/** Each would do something, were it read as the syntax it imitates. */
const hostile = [
  '\'; [0:v]drawtext=text=%{eif\\:1} "quoted" `id` $(id) :x=0,y=0;[out]',
  "{\\an8}{\\pos(100,100)}{\\fs400}up {\\p1}m 0 0 l 900 0 900 900{\\p0} \\N\\N\\N down",
  "C:\\new\\hot {\\alpha&HFF&}unseen, {\\1c&H0000FF&} trailing\\",
  "Dialogue: 0,0:00:00.00,9:59:59.99,Words,,0,0,0,,{\\fs300}BIG <b>bold</b> 00:00 --> 00:09",
  "emoji 🎉👩‍👩‍👧‍👦 and مرحبا بالعالم with \u202Eflipped\u202C marks",
];

const size = { width: 360, height: 640 };
afterAll(clearRenders);

const render = (mode: CaptionMode) =>
  renderWith(
    idleCaller(),
    sceneRequest(hostile, {
      title: hostile[1] ?? "",
      titles: "opening",
      captions: { mode, style: "boxed", position: "bottom" },
    }),
    { providers: quickProviders },
  );

let captioned: Rendered;
let plain: Rendered;
beforeAll(async () => {
  captioned = await render("words");
  plain = await render("off");
});

test("hostile texts make a whole video", async () => {
  const { video } = await probe(captioned.file("video.mp4"));
  expect(Number(video.nb_read_frames)).toBe(Math.round((captioned.output?.durationSeconds ?? 0) * 24));
});

test("burned captions stay in their band and keep their size, whatever the text says", async () => {
  const frames = (captioned.output?.scenes ?? []).flatMap(({ startSeconds, durationSeconds }) =>
    [0.25, 0.5, 0.75].map((share) => Math.round((startSeconds + share * durationSeconds) * 24)),
  );
  const [burned, bare] = await Promise.all(
    [captioned, plain].map((video) => lumaFrames(video.file("video.mp4"), frames, size)),
  );
  frames.forEach((_, index) => {
    const [one, other] = [burned?.[index], bare?.[index]];
    const rows = new Set<number>();
    for (let at = 0; at < size.width * size.height; at += 1) {
      if (Math.abs((one?.[at] ?? 0) - (other?.[at] ?? 0)) > 60) rows.add(Math.floor(at / size.width) / size.height);
    }
    expect(rows.size).toBeGreaterThan(8);
    expect(Math.min(...rows)).toBeGreaterThan(0.6);
    expect(Math.max(...rows)).toBeLessThan(0.8);
  });
});

test("the caption files keep every word as written, escaped in their own ways", async () => {
  const read = async (name: string) => String(await captioned.read(name));
  const { words } = JSON.parse(await read("words.json")) as { words: { text: string; scene: number }[] };
  hostile.forEach((text, scene) => {
    const said = words.filter((word) => word.scene === scene).map((word) => word.text);
    expect(said.join(" ")).toBe(text);
  });
  const timeLine = /^\d\d:\d\d:\d\d[.,]\d{3} --> \d\d:\d\d:\d\d[.,]\d{3}$/;
  for (const name of ["captions.vtt", "captions.srt"]) {
    const arrows = (await read(name)).split("\n").filter((line) => line.includes("-->"));
    expect(arrows.filter((line) => !timeLine.test(line))).toEqual([]);
  }
  expect(await read("captions.vtt")).not.toContain("<b>");
  expect(await read("captions.srt")).not.toMatch(/<b>|\{\\/);
});

test("the voice reads hostile texts too", async () => {
  const opened = await offlineProviders.voice.open({ language: "en", signal: new AbortController().signal });
  try {
    for (const text of hostile) {
      const { words, samples } = await opened.speak(text, { name: "amani", speed: 1 });
      expect(words.map((word) => word.text).join(" ")).toBe(text);
      expect(samples.length).toBeGreaterThan(0);
    }
  } finally {
    opened.close();
  }
});
