import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toSpokenText } from "../../../container/voice/spoken-text.ts";
import { spokenLanguages } from "../../../src/contract/video.ts";
import { nastyText } from "./nasty-text.ts";

/** Nothing here is markup, a phoneme, a command or a sign with a name. */
const readable = /^[\p{Script=Latin}\p{Script=Arabic}\p{Script=Ethiopic}\p{Script=Devanagari}\p{M}\d .,;:!?'،؛؟।॥-]*$/u;
const latinOnly = new Set(spokenLanguages.filter((language) => !["ar", "am", "hi"].includes(language)));

describe("what the engine is given to read", () => {
  it.each([
    ["en", "KES 3,200 a day", "Kenya shillings 3200 a day"],
    ["en", "It costs $4.99.", "It costs 4.99 dollars."],
    ["en", "Milk & honey", "Milk and honey"],
    ["en", "Shujaa's way, at Shujaa.", "shoojaa's way, at shoojaa."],
    ["en", "2010-2020", "2010 to 2020"],
    ["sw", "KES 3,200 kwa siku", "shilingi 3200 kwa siku"],
    ["sw", "Ng'ombe 50%", "ngombe asilimia 50"],
    ["sheng", "Startup ya AI, town", "statap ya ey ai, taun"],
    ["en", "constructor toString", "constructor toString"],
    ["en", "Dr. Otieno and Mr. Kamau, e.g. at 10:00.", "doctor Otieno and mister kamaow, for example at 10 o'clock."],
    ["en", "No. 5 is 5 km. No.", "number 5 is 5 kilometres. No."],
    ["en", "Call 0712345678 by 12/10/2026.", "Call 0 7 1 2 3 4 5 6 7 8 by 12 10 2026."],
    ["en", "An NGO paid $10k at 3.5%", "An N.G.O paid 10 thousand dollars at 3.5 percent"],
    ["sw", "Dkt. Amina, saa 10:30, km 5", "daktari Amina, saa 10 na dakika 30, kilomita 5"],
    ["fr", "Le Dr. Koné paie 1 250,50 € à 10h30", "Le docteur Koné paie 1 250,50 euros à 10 heures 30"],
    ["fr", "L’ONG : 12.500 FCFA, 3,5 %", "L'O.N.G: 12500 francs C.F.A, 3,5 pour cent"],
    ["es", "EE.UU. gana 1.250 $ el 12.10.2026", "Estados Unidos gana 1250 dólares el 12 10 2026"],
    ["pt", "A Sra. Maria, n.º 5, às 9h", "A senhora Maria, número 5, às 9 horas"],
    ["de", "Am 3. Mai kostet es 1.250,50 €, d.h. 5 %", "Am dritten Mai kostet es 1250,50 Euro, das heißt 5 Prozent"],
    ["it", "Il dott. Rossi, alle 10:30, 1.250 €", "Il dottor Rossi, alle 10 e 30, 1250 euro"],
    ["af", "Mnr. Nel betaal R3,50 om 10:00", "meneer Nel betaal 3 komma 50 rand om 10 uur"],
    ["tn", "P1,250 le 50%", "dipula 1250 le phesente 50"],
    ["om", "ETB 50 fi 3.5%", "qarshii 50 fi dhibbeentaa 3.5"],
    ["am", "ዶ/ር አበበ ፳፻፲፰ ዓ.ም. ፲፪ ኪ.ሜ. ሄዱ።", "ዶክተር አበበ 2018 ዓመተ ምህረት 12 ኪሎ ሜትር ሄዱ።"],
    ["ar", "السعر ١٬٢٥٠ شلن، أي ٣٫٥٪؟", "السعر 1250 شلن، أي 3.5 بالمئة؟"],
    ["ar", "وصل د. أحمد من Safaricom", "وصل دكتور أحمد من Safaricom"],
    ["hi", "डॉ. शर्मा ने ₹१,२५,००० दिए।", "डॉक्टर शर्मा ने 125000 रुपये दिए।"],
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
    "a×b c÷d",
  ])("keeps no markup of %j", (narration) => {
    expect(toSpokenText(narration, "en").text).toMatch(/^[\w .,;:!?'-]*$/u);
  });

  it("gives emoji, foreign letters and lone dashes no sound", () => {
    const { text, words } = toSpokenText("Hope 😀 — 漢字 مرحبا wins", "en");
    expect(text).toBe("Hope, wins");
    expect(words.filter(({ spoken }) => spoken).map((word) => word.text)).toEqual(["Hope", "wins"]);
  });

  it("reads a word that is stretched on paper as the word it is", () => {
    expect(toSpokenText("مـــرحبا", "ar").text).toBe("مرحبا");
    expect(toSpokenText("ـ shop", "ar").text).toBe("shop");
  });

  it("keeps every written word and knows where it is spoken, whatever the text", () => {
    fc.assert(
      fc.property(nastyText, fc.constantFrom(...spokenLanguages), (narration, language) => {
        const { text, words } = toSpokenText(narration, language);
        expect(words.map((word) => word.text).join(" ")).toBe(narration.trim().split(/\s+/u).join(" "));
        expect(text).toMatch(readable);
        if (latinOnly.has(language)) expect(text).toMatch(/^[\p{Script=Latin}\d .,;:!?'-]*$/u);
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
