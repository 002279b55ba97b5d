import { describe, expect, it } from "vitest";
import { scenesMax, sceneTextMaxCharacters } from "../../../src/contract/video.ts";
import { readingSeconds } from "../../../src/core/videos/estimate.ts";
import { splitScript } from "../../../src/core/videos/split-script.ts";

const sentence = "Every morning the fishermen of Lamu push their boats into the water before sunrise. ";
const inOneLine = (text: string) => text.replace(/\s+/g, " ").trim();

describe("a script", () => {
  it("becomes scenes of whole sentences, of about 8 to 12 seconds", () => {
    const script = sentence.repeat(20);
    const scenes = splitScript(script, "en") ?? [];
    expect(scenes.join(" ")).toBe(inOneLine(script));
    for (const scene of scenes) {
      expect(scene).toMatch(/\.$/);
      const usual = readingSeconds(scene, "en") * 0.7;
      expect(usual).toBeGreaterThan(4.5);
      expect(usual).toBeLessThanOrEqual(12);
    }
  });

  it("is not cut between a title or an initial and its name", () => {
    const visit =
      "On Monday the whole family from the village by the lake went to the clinic of Dr. J. Otieno in Kisumu. ";
    const scenes = splitScript(visit.repeat(6), "en") ?? [];
    expect(scenes.length).toBeGreaterThan(3);
    for (const scene of scenes) expect(scene).toMatch(/Kisumu\.$/);
  });

  it("loses no word, whatever its language and marks", () => {
    const scripts: [string, "en" | "ar" | "hi" | "am" | "sw"][] = [
      ["He said: “Stop!” She asked, ‘Why?’ It cost 3.50 shillings, i.e. little… And then? Nothing.", "en"],
      ["يوم جميل في نيروبي. هل تسمع الموسيقى؟ نعم، أسمعها.", "ar"],
      ["नैरोबी में सुबह होती है। सूरज निकलता है। बाज़ार खुलता है।", "hi"],
      ["ናይሮቢ ማለዳ ትነቃለች። ገበያው ይከፈታል።", "am"],
      ["Aya ya kwanza.\n\nAya ya pili ni ndefu kidogo.\nMstari mpya.", "sw"],
    ];
    for (const [script, language] of scripts) {
      expect((splitScript(script, language) ?? []).join(" ")).toBe(inOneLine(script));
    }
  });

  it("too long for 20 scenes of 12 s gets longer scenes, and beyond 20 full ones is refused", () => {
    const long = splitScript(sentence.repeat(80), "en") ?? [];
    expect(long.length).toBeGreaterThan(10);
    expect(long.length).toBeLessThanOrEqual(scenesMax);
    for (const scene of long) expect([...scene].length).toBeLessThanOrEqual(sceneTextMaxCharacters);
    expect(splitScript(`${"word ".repeat(110)}end. `.repeat(21), "en")).toBeNull();
  });

  it("without a full stop is cut after a comma or between words", () => {
    const words = "moja mbili tatu nne tano, ".repeat(60);
    const scenes = splitScript(words, "sw") ?? [];
    expect(scenes.join(" ")).toBe(words.trim());
    for (const scene of scenes) {
      expect([...scene].length).toBeLessThanOrEqual(sceneTextMaxCharacters);
      expect(scene).toMatch(/,$/);
    }
    const one = splitScript("a".repeat(1300), "en") ?? [];
    expect(one.map(({ length }) => length)).toEqual([600, 600, 100]);
  });

  it("has no scene of marks alone", () => {
    for (const scene of splitScript("Yes! … — !!! No. *** Done.", "en") ?? []) expect(scene).toMatch(/\p{L}/u);
  });
});
