import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import type { Speech } from "../../container/scenes.ts";
import { openVoice, type Voice } from "../../container/voice/speak.ts";
import { endsClause, endsSentence } from "../../src/contract/sentence-marks.ts";
import { recordedLanguages, spokenLanguages, voiceNames } from "../../src/contract/video.ts";
import { multilingualNarrations } from "../support/narrations.ts";
import { onsetSeconds, pitchHertz } from "../support/speech-measures.ts";

type Options = Partial<Parameters<typeof openVoice>[0]>;
type Manner = Partial<Parameters<Voice["speak"]>[1]>;
type Reader = { speak(narration: string, manner?: Manner): Promise<Speech>; close(): void };

const open: Reader[] = [];
/** A voice that is closed when its test ends; `amani` at its own speed unless told. */
async function voice(options: Options = {}): Promise<Reader> {
  const { speak, close } = await openVoice({ language: "en", signal: new AbortController().signal, ...options });
  const reader: Reader = {
    speak: (narration, manner) => speak(narration, { name: "amani", speed: 1, ...manner }),
    close,
  };
  open.push(reader);
  return reader;
}
afterEach(() => {
  for (const opened of open.splice(0)) opened.close();
});

function enginePids(): number[] {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").trim().split(" ");
  return children.map(Number).filter((pid) => pid > 0 && commandOf(pid).includes("espeak-process"));
}

/** Empty for a process that has ended, be it collected or not. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

function secondsOf({ samples, sampleRate }: Speech): number {
  return samples.length / sampleRate;
}

function levelDb({ samples, sampleRate }: Speech, startSeconds: number, endSeconds: number): number {
  const part = samples.subarray(Math.round(startSeconds * sampleRate), Math.round(endSeconds * sampleRate));
  return 10 * Math.log10(part.reduce((sum, sample) => sum + sample * sample, 1e-12) / part.length);
}

function expectTimesIn(speech: Speech, narration: string): void {
  expect(speech.words.map(({ text }) => text).join(" ")).toBe(narration.trim().split(/\s+/u).join(" "));
  let from = 0;
  for (const { startSeconds, endSeconds } of speech.words) {
    expect(startSeconds).toBeGreaterThanOrEqual(from);
    expect(endSeconds).toBeGreaterThan(startSeconds);
    from = endSeconds;
  }
  expect(from).toBeLessThanOrEqual(secondsOf(speech));
}

/** Whether the voice pauses after a word: it has a mark, and is no short form. */
function isClosing(word: string): boolean {
  return (endsClause(word) || endsSentence(word)) && !/^(?:[\p{L}\p{M}]{1,4}|\d{1,2})\.$/u.test(word);
}

describe("a narration read aloud", () => {
  it.each(spokenLanguages)("%s: each word is heard when its time says so", async (language) => {
    const reader = await voice({ language });
    for (const narration of multilingualNarrations[language]) {
      const speech = await reader.speak(narration);
      expectTimesIn(speech, narration);
      for (const { startSeconds, endSeconds } of speech.words) {
        expect(levelDb(speech, startSeconds, endSeconds)).toBeGreaterThan(-38);
      }
      expect(levelDb(speech, 0, secondsOf(speech))).toBeGreaterThan(-24);
      expect(speech.samples.every((sample) => Math.abs(sample) < 1)).toBe(true);
    }
  });

  it.each(spokenLanguages)(
    "%s: after a pause, the voice and the word's time are at most 80 ms apart",
    async (language) => {
      const reader = await voice({ language });
      for (const narration of multilingualNarrations[language]) {
        const speech = await reader.speak(narration);
        const onsets = onsetSeconds(speech, 0.06);
        const afterPauses = speech.words.filter((_, index) => isClosing(speech.words[index - 1]?.text ?? "."));
        expect(afterPauses.length).toBeGreaterThan(1);
        for (const { startSeconds } of afterPauses) {
          const nearest = Math.min(...onsets.map((onset) => Math.abs(startSeconds - onset)));
          expect(nearest).toBeLessThanOrEqual(0.08);
        }
      }
    },
  );

  it.each(spokenLanguages)("%s: zuri speaks higher than amani, and baraka deeper", async (language) => {
    const reader = await voice({ language });
    const [narration = ""] = multilingualNarrations[language];
    const pitches = await Promise.all(
      voiceNames.map(async (name) => pitchHertz(await reader.speak(narration, { name }))),
    );
    const [amani = 0, zuri = 0, baraka = 0] = pitches;
    expect(zuri / amani).toBeGreaterThan(1.6);
    expect(amani / baraka).toBeGreaterThan(1.2);
  });

  it.each(recordedLanguages)("%s is refused: no other language's voice reads it", async (language) => {
    await expect(voice({ language })).rejects.toMatchObject({ code: "voice_failed", isRetryable: false });
  });

  it("pauses at a full stop for a third of a second, in silence", async () => {
    const speech = await (await voice()).speak("The day begins. The shop opens.");
    const [before, after] = [speech.words[2], speech.words[3]];
    const pauseSeconds = (after?.startSeconds ?? 0) - (before?.endSeconds ?? 0);
    expect(pauseSeconds).toBeCloseTo(0.35, 1);
    expect(levelDb(speech, (before?.endSeconds ?? 0) + 0.03, (after?.startSeconds ?? 0) - 0.03)).toBeLessThan(-55);
  });

  it("takes half the time at twice the speed, and twice the time at half", async () => {
    const narration = "Every morning before the city wakes Amina opens her small shop in Kisumu";
    const [slow, plain, fast] = await Promise.all(
      [0.5, 1, 2].map(async (speed) => secondsOf(await (await voice()).speak(narration, { speed }))),
    );
    expect((slow ?? 0) / (plain ?? 1)).toBeCloseTo(2, 0);
    expect((fast ?? 0) / (plain ?? 1)).toBeCloseTo(0.5, 0);
  });

  it("never takes text for markup, phonemes or commands", async () => {
    const reader = await voice();
    const plain = await reader.speak("one two three");
    const broken = await reader.speak('one <break time="9s"/> two three');
    const phonemes = await reader.speak("one two three [[_:::_:::_:::]]");
    expect(secondsOf(broken) - secondsOf(plain)).toBeLessThan(3);
    expect(secondsOf(phonemes) - secondsOf(plain)).toBeLessThan(0.6);
    expectTimesIn(broken, 'one <break time="9s"/> two three');
  });

  it.each([
    "“Quoted” 'words' — and… (brackets) [x] {y} <z> & more",
    "Hello مرحبا שלום 漢字 😀👨‍👩‍👧 world",
    "a".repeat(600),
    "9".repeat(600),
    "of the ".repeat(85).trim(),
    `${"!?.,;: ".repeat(40)}end`,
    "line one\nline two\ttabbed\u00a0space",
  ])("keeps the words and their order of %j", async (narration) => {
    expectTimesIn(await (await voice()).speak(narration), narration);
  });

  it("says the same thing the same way, whatever was said before it, also when asked all at once", async () => {
    const fresh = await (await voice({ language: "sw" })).speak("Habari ya leo?");
    const reader = await voice({ language: "sw" });
    const [, first, , again] = await Promise.all(
      [`${"9".repeat(300)} %`, "Habari ya leo?", "Nzuri sana.", "Habari ya leo?"].map((narration) =>
        reader.speak(narration),
      ),
    );
    expect(Buffer.from(first?.samples.buffer ?? []).equals(Buffer.from(fresh.samples.buffer))).toBe(true);
    expect(Buffer.from(again?.samples.buffer ?? []).equals(Buffer.from(fresh.samples.buffer))).toBe(true);
    expect(again?.words).toEqual(fresh.words);
  });

  it.each(["漢字 مرحبا", "😀 —", ""])("refuses %j, in which it can read nothing", async (narration) => {
    await expect((await voice()).speak(narration)).rejects.toMatchObject({ code: "voice_failed", isRetryable: false });
  });

  it("refuses more than a scene's 600 characters", async () => {
    await expect((await voice()).speak("a ".repeat(301))).rejects.toMatchObject({ code: "voice_failed" });
  });
});

describe("the process behind the voice", () => {
  it("is started again when it dies in the middle, and says the same", async () => {
    const narration = "Every order arrives warm, and the street has a new sound. ".repeat(8);
    const expected = await (await voice()).speak(narration);
    const reader = await voice();
    const [pid = 0] = enginePids().slice(-1);
    const speaking = reader.speak(narration);
    process.kill(pid, "SIGKILL");
    const speech = await speaking;
    expect(Buffer.from(speech.samples.buffer).equals(Buffer.from(expected.samples.buffer))).toBe(true);
    expect(speech.words).toEqual(expected.words);
    expect(enginePids()).not.toContain(pid);
  });

  it("fails as voice_failed when it dies again", async () => {
    const reader = await voice();
    const killed = new Set<number>();
    const killAll = () => {
      for (const pid of enginePids()) {
        killed.add(pid);
        process.kill(pid, "SIGKILL");
      }
    };
    const speaking = reader.speak("Every order arrives warm.").finally(() => clearInterval(killing));
    killAll();
    const killing = setInterval(killAll, 5);
    await expect(speaking).rejects.toMatchObject({ code: "voice_failed", isRetryable: true });
    expect(killed.size).toBe(2);
  });

  it("ends within a second of an abort, even while it hangs", async () => {
    const controller = new AbortController();
    const reader = await voice({ signal: controller.signal });
    const [pid = 0] = enginePids().slice(-1);
    process.kill(pid, "SIGSTOP");
    const speaking = reader.speak("This will not be heard.");
    const startedAt = performance.now();
    controller.abort(new Error("cancelled"));
    await expect(speaking).rejects.toThrow("cancelled");
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await expect.poll(() => commandOf(pid)).toBe("");
    await expect(reader.speak("Nor this.")).rejects.toThrow("cancelled");
  });

  it("is gone after close", async () => {
    const reader = await voice();
    const [pid = 0] = enginePids().slice(-1);
    reader.close();
    await expect.poll(() => commandOf(pid)).toBe("");
  });

  it("is not started for a render that is already cancelled", async () => {
    await expect(voice({ signal: AbortSignal.abort(new Error("cancelled")) })).rejects.toThrow("cancelled");
  });
});
