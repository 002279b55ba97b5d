import { describe, expect, test } from "vitest";
import { columnsOf } from "../../../container/captions/columns.ts";
import { type Cue, cutCues } from "../../../container/captions/cues.ts";
import { srtDocument } from "../../../container/captions/srt.ts";
import { vttDocument } from "../../../container/captions/vtt.ts";
import { wordsDocument } from "../../../container/captions/words.ts";
import { timedScenes } from "../../support/timed-scenes.ts";

function cue(startSeconds: number, endSeconds: number, ...lines: string[]): Cue {
  const words = lines.map((line) => line.split(" ").map((text) => ({ text, startSeconds, endSeconds })));
  return { scene: 0, startSeconds, endSeconds, lines: words };
}

describe("WebVTT", () => {
  test("numbers cues and writes hours, minutes, seconds and milliseconds", () => {
    expect(vttDocument([cue(0.3, 1.5, "Habari", "ya leo"), cue(3_661.2346, 3_662, "Sawa")])).toBe(
      "WEBVTT\n\n1\n00:00:00.300 --> 00:00:01.500\nHabari\nya leo\n\n2\n01:01:01.235 --> 01:01:02.000\nSawa\n",
    );
  });

  test("a line break in what was said cannot end a cue", () => {
    const scenes = timedScenes(30, ["one two"]).map((scene) => ({
      ...scene,
      words: scene.words.map((word) => ({ ...word, text: `${word.text}\n\n` })),
    }));
    const cues = cutCues(scenes, { fps: 30, lineWidthMax: 24, gapWidth: 1, widthOf: columnsOf });
    expect(vttDocument(cues)).toContain("\none two\n");
  });

  test("text cannot be a tag, an entity or a time line", () => {
    const document = vttDocument([cue(0, 1, "<b>&amp; 00:00 --> 00:01")]);
    expect(document).toContain("&lt;b&gt;&amp;amp; 00:00 --&gt; 00:01");
  });
});

describe("SRT", () => {
  test("numbers cues and writes milliseconds behind a comma", () => {
    expect(srtDocument([cue(0.3, 1.5, "Habari", "ya leo")])).toBe("1\n00:00:00,300 --> 00:00:01,500\nHabari\nya leo\n");
  });

  test("text cannot be a tag, a position or a time line", () => {
    const document = srtDocument([cue(0, 1, "<i>{\\an8}up 00:00 --> 00:01")]);
    expect(document).not.toMatch(/<i>|\{\\an8\}/);
    expect(document.match(/-->/g)).toHaveLength(1);
    expect(document.replaceAll("\u2060", "")).toContain("<i>{\\an8}up");
  });
});

describe("words.json", () => {
  test("has each word as written, when it is said and in which scene", () => {
    const { words } = JSON.parse(wordsDocument(timedScenes(30, ["Habari, dunia.", "Sawa."])));
    expect(words.map((word: { text: string; scene: number }) => [word.text, word.scene])).toEqual([
      ["Habari,", 0],
      ["dunia.", 0],
      ["Sawa.", 1],
    ]);
    expect(words[0]).toEqual({ text: "Habari,", start: 0.3, end: 0.82, scene: 0 });
  });
});

describe("lines of Arabic", () => {
  test.each([
    ["WebVTT", vttDocument],
    ["SRT", srtDocument],
  ])(
    "%s runs them right to left, a foreign name at their beginning and a full stop at their end included",
    (_, write) => {
      const document = write([cue(0, 1, "Shujaa شركة ناشئة في نيروبي.")]);
      expect(document).toContain("\u202bShujaa شركة ناشئة في نيروبي.\u202c");
    },
  );

  test("one Arabic name leaves an English line as it is", () => {
    expect(vttDocument([cue(0, 1, "They call it شجاع in Cairo.")])).not.toContain("\u202b");
  });
});

test("marks over and under a letter take no column, emoji take two", () => {
  expect(["kọ́", "हिन्दी", "ሰላም", "سلام", "🎉"].map(columnsOf)).toEqual([2, 2.5, 3.75, 4, 2]);
});
