import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cue, cutCues } from "../../../container/captions/cues.ts";
import type { TimedScene } from "../../../container/scenes.ts";
import { timedScenes } from "../../support/timed-scenes.ts";

const fps = 30;
const lettersOf = (lineWidthMax: number) => ({
  fps,
  lineWidthMax,
  gapWidth: 1,
  widthOf: (word: string) => [...word].length,
});
const limits = lettersOf(24);
const linesOf = (cue: Cue) => cue.lines.map((line) => line.map((word) => word.text).join(" "));
const read = (scenes: TimedScene[], lineWidthMax = 24) => cutCues(scenes, lettersOf(lineWidthMax)).map(linesOf);

describe("cutting words into cues", () => {
  test("breaks where a sentence ends", () => {
    const scenes = timedScenes(fps, ["The rain came late this year. Nobody had planted yet."]);
    expect(read(scenes, 42)).toEqual([["The rain came late this year."], ["Nobody had planted yet."]]);
  });

  test.each([
    ["سقط المطر متأخرا هذا العام؟", "لم يزرع أحد شيئا بعد."],
    ["በዚህ ዓመት ዝናቡ ዘግይቶ መጣ።", "እስካሁን ማንም አልዘራም።"],
    ["इस साल बारिश देर से आई।", "अभी तक किसी ने नहीं बोया।"],
  ])("also where it ends in another script: %s", (first, second) => {
    expect(read(timedScenes(fps, [`${first} ${second}`]), 42)).toEqual([[first], [second]]);
  });

  test("keeps a title with its name", () => {
    for (const said of [
      "It was more than three kilometres to Dr. Otieno of the clinic in Siaya.",
      "On Monday the whole family walked to the clinic of Dr. J. Otieno in Kisumu.",
    ]) {
      for (const width of [16, 20, 24, 30, 36, 42]) {
        for (const line of read(timedScenes(fps, [said]), width).flat()) expect(line).not.toMatch(/(?:Dr|J)\.$/);
      }
    }
  });

  test("breaks a cue's lines at a comma rather than in the middle of a clause", () => {
    const scenes = timedScenes(fps, ["Every morning, she walks to the river."]);
    expect(read(scenes)).toEqual([["Every morning,", "she walks to the river."]]);
  });

  test("does not leave an article at the end of a line", () => {
    const ends = read(timedScenes(fps, ["Forty villages now share the same warning about the flood in the valley"]))
      .flat()
      .map((line) => line.split(" ").at(-1));
    expect(ends).not.toContain("the");
    expect(ends).not.toContain("in");
  });

  test("never joins the words of two scenes", () => {
    const scenes = timedScenes(fps, ["Yes.", "No."]);
    expect(cutCues(scenes, limits).map((cue) => [cue.scene, ...linesOf(cue)])).toEqual([
      [0, "Yes."],
      [1, "No."],
    ]);
  });

  test("gives a word longer than a line a line of its own", () => {
    const long = "x".repeat(60);
    expect(read(timedScenes(fps, [`see ${long} there`])).flat()).toContain(long);
  });

  test("a cue stays until the next one when only a breath is between them", () => {
    const [first, second] = cutCues(timedScenes(fps, ["The rain came late. Nobody had planted."]), lettersOf(20));
    expect(first?.endSeconds).toBe(second?.startSeconds);
  });

  test("a short word is shown for at least a second", () => {
    const [cue] = cutCues(timedScenes(fps, ["Go."]), limits);
    expect((cue?.endSeconds ?? 0) - (cue?.startSeconds ?? 0)).toBeGreaterThanOrEqual(1);
  });

  test("whatever is said: every word once and in order, two lines that fit, in time order, within the scene", () => {
    const word = fc.stringMatching(/^[a-z]{1,30}[.,!?;:]?$/);
    const scene = fc.array(word, { minLength: 1, maxLength: 60 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(fc.array(scene, { minLength: 1, maxLength: 3 }), (texts) => {
        const scenes = timedScenes(fps, texts);
        const cues = cutCues(scenes, limits);
        expect(cues.flatMap((cue) => cue.lines.flat())).toEqual(scenes.flatMap((timed) => timed.words));
        let previousEnd = 0;
        for (const cue of cues) {
          const timed = scenes[cue.scene];
          expect(cue.lines.length).toBeLessThanOrEqual(2);
          for (const line of linesOf(cue)) {
            expect(line.length <= limits.lineWidthMax || !line.includes(" ")).toBe(true);
          }
          expect(cue.startSeconds).toBeGreaterThanOrEqual(previousEnd);
          expect(cue.endSeconds).toBeGreaterThan(cue.startSeconds);
          expect(cue.endSeconds).toBeLessThanOrEqual(
            ((timed?.startFrame ?? 0) + (timed?.frameCount ?? 0)) / fps + 1e-9,
          );
          previousEnd = cue.endSeconds;
        }
      }),
      { numRuns: 60 },
    );
  });
});
