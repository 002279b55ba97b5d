import { minorScale } from "./harmony.ts";
import { hasTune } from "./melody.ts";
import type { Style } from "./style.ts";

/** A bulletin's bed: short strings in even eighths that never stop, a ticking rim, and a drum on the change of chord. */
export const newsStyle: Style = {
  scale: minorScale,
  chordSize: 3,
  stepsPerBar: 16,
  barSeconds: [1.9, 2.05],
  swing: 0,
  progressions: [
    [0, 0, 5, 6],
    [0, 3, 5, 4],
    [0, 6, 5, 6],
    [0, 2, 5, 6],
    [0, 5, 3, 6],
  ],
  cadence: 6,
  padLevel: 0.4,
  ending: { instrument: "bell", hasKick: true },
  room: { decaySeconds: 1.4, wet: 0.17, dampingHertz: 4_400, lowCutHertz: 280 },
  melody: { ladder: [0, 3, 5, 7, 10], lowest: 72, highest: 86, strongSteps: [0, 4, 8, 12], notesPerBar: 3 },
  begin: (random) => {
    const figure = random.pick([
      [0, 2, 1, 2, 0, 2, 1, 2],
      [0, 1, 2, 1, 0, 1, 2, 1],
      [0, 0, 2, 1, 0, 0, 1, 2],
    ]);
    const pushes = random.pick([
      [0, 6, 12],
      [0, 3, 6, 12],
      [0, 10],
    ]);
    return (bar, { play, tune }) => {
      const { voices, bass } = bar.chord;
      for (const [index, voice] of figure.entries()) {
        const accent = index % 4 === 0 ? 0.62 : 0.42;
        play("staccato", voices[voice] ?? 62, index * 2, bar.fullness === 0 ? accent * 0.7 : accent, -0.25);
      }
      if (bar.fullness >= 1) {
        for (const step of pushes) play("bass", bass, step, step === 0 ? 0.78 : 0.55);
        play("kick", 0, 0, 0.62);
      }
      if (bar.fullness >= 2) {
        for (const step of [0, 4, 8, 12]) play("kick", 0, step, step === 0 ? 0.7 : 0.5);
        for (let step = 2; step < 16; step += 4) play("rim", 0, step, 0.3, 0.3);
        for (const [index, voice] of figure.entries())
          play("staccato", (voices[voice] ?? 62) + 12, index * 2 + 1, 0.24, 0.4);
      }
      if (bar.fullness === 3) {
        for (let step = 0; step < 16; step += 2) play("shaker", step % 3, step, step % 8 === 4 ? 0.42 : 0.24, 0.2);
        if (bar.isLastOfPhrase)
          for (const step of [12, 13, 14, 15]) play("conga", 46, step, 0.3 + (step - 12) * 0.1, 0);
      }
      if (hasTune(bar)) {
        for (const { step, pitch, velocity } of tune(bar)) play("bell", pitch, step, velocity * 0.55, 0.15);
      }
    };
  },
};
