/** The quote is a ceiling: what the voice really takes stays under what was charged for it. */
import { afterAll, describe, expect, test } from "vitest";
import { writeScript } from "../../container/script/write-script.ts";
import { openVoice, type Voice } from "../../container/voice/speak.ts";
import {
  promptSceneCeilingSeconds,
  type SpokenLanguage,
  scenePaddingSeconds,
  spokenLanguages,
  voiceNames,
  writtenLanguages,
} from "../../src/contract/video.ts";
import { readingSeconds } from "../../src/core/videos/estimate.ts";
import { multilingualNarrations } from "../support/narrations.ts";

const voices = new Map<SpokenLanguage, Promise<Voice>>();
afterAll(async () => {
  for (const voice of voices.values()) (await voice).close();
});

async function spokenSeconds(
  language: SpokenLanguage,
  text: string,
  name = voiceNames[0] as (typeof voiceNames)[number],
) {
  const voice = voices.get(language) ?? openVoice({ language, signal: new AbortController().signal });
  voices.set(language, voice);
  const { samples, sampleRate } = await (await voice).speak(text, { name, speed: 1 });
  return samples.length / sampleRate;
}

const prompts = [
  "A young Kenyan entrepreneur builds an AI startup in Nairobi",
  "Mkulima mdogo wa Kakamega anauza mahindi kupitia simu yake",
  "How does M-Pesa work, and why did 30,000,000 people adopt it by 2024?",
  "Happy birthday grandma, 85 years of love, laughter and chapati!",
];

describe.each(writtenLanguages)("a written scene in %s", (language) => {
  test("is spoken within its ceiling", async () => {
    const narrations = prompts.flatMap((prompt) =>
      [3, 20].flatMap((sceneCount) =>
        writeScript({ prompt, sceneCount, language, seed: `${prompt}${sceneCount}` }).scenes.map(
          ({ narration }) => narration,
        ),
      ),
    );
    let longest = 0;
    for (const narration of new Set(narrations)) longest = Math.max(longest, await spokenSeconds(language, narration));
    expect(longest).toBeLessThanOrEqual(promptSceneCeilingSeconds - scenePaddingSeconds);
  });
});

const figures = "4,787,969. 7,474, 1999; 0712345678! 87%? 3.5";
const own: Partial<Record<SpokenLanguage, readonly string[]>> = {
  en: [
    "Nairobi wakes before the sun. Matatus roar, radios sing, and somewhere a kettle begins to whistle.",
    "In 2024 the company sold 1,250,000 units at KES 3,200 each, 17.5% more than in 2023.",
    "Yes.",
    "Stop. Look. Listen. Wait. Go. Now. Run, jump, fall, rise, laugh, cry, sleep, dream, wake, work, rest.",
  ],
  sw: [
    "Kabla jua halijachomoza, mkulima huyu ameshaamka na kuanza kazi, kwa sababu shamba halingoji mtu.",
    "Mwaka 2024 kampuni iliuza bidhaa 1,250,000 kwa bei ya KES 3,200 kila moja.",
  ],
  sheng: ["Msee ashaingia mtaani na idea moto, na ma-users wa kwanza wameanza kuicheki."],
};

describe.each(spokenLanguages)("a text in %s", (language) => {
  test.each(voiceNames)("is read by %s within its quote", async (name) => {
    for (const text of [...multilingualNarrations[language], ...(own[language] ?? []), figures]) {
      const seconds = await spokenSeconds(language, text, name);
      expect([text, seconds / readingSeconds(text, language)]).toEqual([text, expect.toSatisfy(isAtMostOne)]);
    }
  });
});

function isAtMostOne(ratio: unknown): boolean {
  return typeof ratio === "number" && ratio <= 1;
}
