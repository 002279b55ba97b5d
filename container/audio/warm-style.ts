import { majorScale } from "./harmony.ts";
import { hasTune } from "./melody.ts";
import type { Style } from "./style.ts";

/** An easy walk in four: marimba broken chords over a round bass, brushed shaker, and the coast's oud sings over it. */
export const warmStyle: Style = {
  scale: majorScale,
  chordSize: 4,
  stepsPerBar: 8,
  barSeconds: [2.2, 2.55],
  swing: 0.24,
  progressions: [
    [0, 5, 3, 4],
    [0, 4, 5, 3],
    [3, 4, 2, 5],
    [0, 2, 5, 4],
    [0, 3, 1, 4],
  ],
  cadence: 4,
  padLevel: 0.5,
  ending: { instrument: "marimba", hasKick: false },
  room: { decaySeconds: 1.9, wet: 0.2, dampingHertz: 3_900, lowCutHertz: 240 },
  melody: { ladder: [0, 2, 4, 7, 9], lowest: 67, highest: 84, strongSteps: [0, 3, 4, 6], notesPerBar: 4 },
  begin: (random) => {
    const broken = random.pick([
      [0, 1, 2, 3, 2, 1, 2, 1],
      [0, 2, 1, 3, 1, 2, 3, 2],
      [0, 1, 3, 2, 1, 3, 2, 1],
    ]);
    const walk = random.pick([
      [0, 3, 4],
      [0, 4, 7],
      [0, 3, 6],
    ]);
    return (bar, { play, tune }) => {
      const { voices, bass } = bar.chord;
      for (const [step, voice] of broken.entries()) {
        if (bar.fullness === 0 && step % 2 === 1) continue;
        play("marimba", voices[voice] ?? 64, step, step % 4 === 0 ? 0.6 : 0.4, voice * 0.2 - 0.35);
      }
      if (bar.fullness >= 1) {
        const tones = [bass, bass + 7, bar.isLastOfPhrase ? bar.next.bass + 2 : bass + 12];
        walk.forEach((step, index) => {
          play("bass", tones[index] ?? bass, step, index === 0 ? 0.72 : 0.5);
        });
      }
      if (bar.fullness >= 2) {
        for (let step = 0; step < 8; step += 1) play("shaker", step % 3, step, step % 4 === 2 ? 0.5 : 0.26, 0.3);
        for (const step of [0, 4]) play("kick", 0, step, 0.42);
        for (const step of [2, 6]) play("rim", 0, step, 0.24, -0.2);
      }
      if (bar.fullness === 3) {
        for (const [index, voice] of voices.entries()) play("keys", voice + 12, 4 + index * 0.04, 0.26, 0.4);
        if (bar.isLastOfPhrase) for (const step of [5, 6, 7]) play("conga", 60 - (step % 2) * 5, step, 0.42, -0.35);
      }
      if (hasTune(bar)) {
        for (const { step, pitch, velocity } of tune(bar)) play("oud", pitch - 12, step, velocity * 0.85, 0.25);
      }
    };
  },
};
