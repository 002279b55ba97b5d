import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toSpokenText } from "../../../container/voice/spoken-text.ts";
import { languages } from "../../../src/contract/video.ts";
import { nastyText } from "./nasty-text.ts";

describe("what the engine is given to read", () => {
  it.each([
    ["en", "KES 3,200 a day", "Kenya shillings 3,200 a day"],
    ["en", "It costs $4.99.", "It costs 4.99 dollars."],
    ["en", "Milk & honey", "Milk and honey"],
    ["en", "Shujaa's way, at Shujaa.", "shoojaa's way, at shoojaa."],
    ["en", "2010-2020", "2010 to 2020"],
    ["sw", "KES 3,200 kwa siku", "shilingi 3,200 kwa siku"],
    ["sw", "Ng'ombe 50%", "ngombe asilimia 50"],
    ["sheng", "Startup ya AI, town", "statap ya ey ai, taun"],
    ["en", "constructor toString", "constructor toString"],
  ] as const)("%s: %s", (language, narration, spoken) => {
    expect(toSpokenText(narration, language).text).toBe(spoken);
  });

  it.each([
    'say <break time="9s"/> this',
    "a &lt;b&gt; c",
    "[[h@l'oU]]",
    "\u0001 50r",
    "<voice xml:lang='fr'>non</voice>",
    "{{x}} ]] | \\ ^ ~ *",
  ])("keeps no markup of %j", (narration) => {
    expect(toSpokenText(narration, "en").text).toMatch(/^[\w .,;:!?'-]*$/u);
  });

  it("gives emoji, foreign letters and lone dashes no sound", () => {
    const { text, words } = toSpokenText("Hope 😀 — 漢字 مرحبا wins", "en");
    expect(text).toBe("Hope, wins");
    expect(words.filter(({ spoken }) => spoken).map((word) => word.text)).toEqual(["Hope", "wins"]);
  });

  it("keeps every written word and knows where it is spoken, whatever the text", () => {
    fc.assert(
      fc.property(nastyText, fc.constantFrom(...languages), (narration, language) => {
        const { text, words } = toSpokenText(narration, language);
        expect(words.map((word) => word.text).join(" ")).toBe(narration.trim().split(/\s+/u).join(" "));
        expect(text).toMatch(/^[\p{Script=Latin}\d .,;:!?'-]*$/u);
        let from = 0;
        for (const { spoken } of words) {
          if (!spoken) continue;
          expect(spoken.start).toBeGreaterThanOrEqual(from);
          expect(text.slice(spoken.start, spoken.end)).toMatch(/[\p{L}\d]/u);
          from = spoken.end;
        }
      }),
    );
  });
});
