/** The quote is a ceiling: what the voice really takes stays under what was charged for it. */
import { expect, test } from "vitest";
import { writeScript } from "../../container/script/write-script.ts";
import { openVoice } from "../../container/voice/speak.ts";
import {
  type Language,
  promptSceneCeilingSeconds,
  scenePaddingSeconds,
  type VideoDocument,
} from "../../src/contract/video.ts";
import { ceilingSeconds } from "../../src/core/videos/estimate.ts";

const document: Omit<VideoDocument, "source" | "language"> = {
  aspect: "16:9",
  resolution: "720p",
  fps: 30,
  voiceSpeed: 1,
  captions: "words",
  music: "none",
};

async function spokenSeconds(language: Language, texts: string[], speed = 1): Promise<number[]> {
  const voice = await openVoice({ language, speed, signal: new AbortController().signal });
  try {
    const seconds: number[] = [];
    for (const text of texts) {
      const speech = await voice.speak(text);
      seconds.push(speech.samples.length / speech.sampleRate);
    }
    return seconds;
  } finally {
    voice.close();
  }
}

const prompts = [
  "A young Kenyan entrepreneur builds an AI startup in Nairobi",
  "Mkulima mdogo wa Kakamega anauza mahindi kupitia simu yake",
  "How does M-Pesa work, and why did 30,000,000 people adopt it by 2024?",
  "Happy birthday grandma, 85 years of love, laughter and chapati!",
];

test.each(["en", "sw", "sheng"] as const)("a written scene in %s is spoken within its ceiling", async (language) => {
  const scripts = prompts.flatMap((prompt) => [3, 12].map((sceneCount) => ({ prompt, sceneCount })));
  const narrations = scripts.flatMap(({ prompt, sceneCount }) =>
    writeScript({ prompt, sceneCount, language, seed: `${prompt}${sceneCount}` }).scenes.map(
      (scene) => scene.narration,
    ),
  );
  const longest = Math.max(...(await spokenSeconds(language, narrations)));
  expect(longest).toBeLessThanOrEqual(promptSceneCeilingSeconds - scenePaddingSeconds);
});

const texts: [Language, string][] = [
  ["en", "Nairobi wakes before the sun. Matatus roar, radios sing, and somewhere a kettle begins to whistle."],
  ["en", "In 2024 the company sold 1,250,000 units at KES 3,200 each, 17.5% more than in 2023."],
  ["en", "Yes."],
  ["en", "Stop. Look. Listen. Wait. Go. Now. Run, jump, fall, rise, laugh, cry, sleep, dream, wake, work, rest."],
  ["sw", "Kabla jua halijachomoza, mkulima huyu ameshaamka na kuanza kazi, kwa sababu shamba halingoji mtu."],
  ["sw", "Mwaka 2024 kampuni iliuza bidhaa 1,250,000 kwa bei ya KES 3,200 kila moja."],
  ["sheng", "Msee ashaingia mtaani na idea moto, na ma-users wa kwanza wameanza kuicheki."],
];

test.each(texts)("%s: «%s»", async (language, text) => {
  for (const voiceSpeed of [0.5, 1, 2]) {
    const [seconds = Number.NaN] = await spokenSeconds(language, [text], voiceSpeed);
    const ceiling = ceilingSeconds({
      ...document,
      language,
      voiceSpeed,
      source: { kind: "scenes", scenes: [{ text }] },
    });
    expect(seconds + scenePaddingSeconds).toBeLessThanOrEqual(ceiling);
  }
});
