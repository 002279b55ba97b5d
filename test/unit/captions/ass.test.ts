import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { assDocument, type BurnStyle } from "../../../container/captions/ass.ts";
import { cutCues } from "../../../container/captions/cues.ts";
import { readTypeface } from "../../../container/captions/typeface.ts";
import { boldFontFile } from "../../../container/picture/font.ts";
import { timedScenes } from "../../support/timed-scenes.ts";

const typeface = readTypeface(readFileSync(boldFontFile));
const tall = { width: 1080, height: 1920, fontFamily: "Bricolage Grotesque", typeface };
const accent = "{\\c&H2FC4FF&}";

type Event = { start: number; end: number; style: string; text: string };

function events(text: string, highlight: BurnStyle["highlight"], lineCharactersMax = 24): Event[] {
  const cues = cutCues(timedScenes(30, [text]), { fps: 30, lineCharactersMax });
  const seconds = (clock: string) => clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return assDocument(cues, { highlight, ...tall })
    .split("\n")
    .filter((line) => line.startsWith("Dialogue:"))
    .map((line) => {
      const [, start = "", end = "", style = "", , , , , , ...rest] = line.split(",");
      return { start: seconds(start), end: seconds(end), style, text: rest.join(",") };
    });
}

const shown = (event: Event) => event.text.replace(/(?<!\\)\{[^}]*\}/g, "");

describe("burned captions", () => {
  test("words: the whole line is shown with one word after the other in the accent", () => {
    const words = events("Habari ya leo", "words").filter((event) => event.style === "Words");
    expect(words.map(shown)).toEqual(["Habari ya leo", "Habari ya leo", "Habari ya leo"]);
    expect(words.map((event) => event.text.split(accent)[1]?.split("{")[0])).toEqual(["Habari", "ya", "leo"]);
    expect(words.map((event) => event.start).slice(1)).toEqual(words.map((event) => event.end).slice(0, -1));
  });

  test("lines: one event a line, without an accent", () => {
    const lines = events("Habari ya leo", "lines").filter((event) => event.style === "Words");
    expect(lines.map(shown)).toEqual(["Habari ya leo"]);
    expect(lines[0]?.text).not.toContain(accent);
  });

  test("the second line waits unaccented while the first is said, and the first stays when it was", () => {
    const all = events("Every morning, she walks to the river.", "words").filter((event) => event.style === "Words");
    const atTime = (seconds: number) => all.filter((event) => event.start <= seconds && seconds < event.end).map(shown);
    const [first, last] = [all[0]?.start ?? 0, Math.max(...all.map((event) => event.end))];
    for (const seconds of [first, (first + last) / 2, last - 0.02]) {
      expect(atTime(seconds).sort()).toEqual(["Every morning,", "she walks to the river."]);
    }
  });

  test.each([
    ["{\\an8}up", "\\{\\\u2060an8\\}up"],
    ["a\\Nb\\hc", "a\\\u2060Nb\\\u2060hc"],
    ["{\\p1}m", "\\{\\\u2060p1\\}m"],
    ["\\{x", "\\\u2060\\{x"],
  ])("%s is text, not a command", (written, safe) => {
    expect(events(written, "lines").map(shown)).toContain(safe);
  });

  test("what the font cannot draw is left out, and a word of nothing else takes no place", () => {
    const texts = events("Sawa 🎉 sana🙂 مرحبا tena", "lines").map(shown);
    expect(new Set(texts)).toEqual(new Set(["Sawa sana tena"]));
  });

  test("a word wider than the frame is set smaller", () => {
    const size = (text: string) => Number(/\\fs([\d.]+)/.exec(events(text, "lines")[0]?.text ?? "")?.[1] ?? Number.NaN);
    expect(size("short")).toBeNaN();
    const [long, longer] = [size("W".repeat(40)), size("W".repeat(80))];
    expect(typeface.widthOf("W".repeat(40)) * (long / typeface.nominalHeight)).toBeLessThanOrEqual(
      0.9 * tall.width + 1,
    );
    expect(longer).toBeCloseTo(long / 2, 0);
  });
});

describe("the typeface", () => {
  test("knows its letters and not what it lacks", () => {
    const has = [..."aŵéÑ…“’{}\\"].map((character) => typeface.has(character));
    expect(has).not.toContain(false);
    expect([..."🙂عह中"].map((character) => typeface.has(character))).not.toContain(true);
  });

  test("refuses a file that is not a font", () => {
    expect(() => readTypeface(Buffer.alloc(64))).toThrow(RangeError);
  });
});
