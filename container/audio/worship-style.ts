import { majorScale } from "./harmony.ts";
import { hasTune } from "./melody.ts";
import type { Style } from "./style.ts";

/** Slow and open: wide strings, an electric piano in whole bars, bells above, a low drum like a heart when it is full. */
export const worshipStyle: Style = {
  scale: majorScale,
  chordSize: 3,
  stepsPerBar: 8,
  barSeconds: [3.1, 3.6],
  swing: 0,
  progressions: [
    [0, 4, 5, 3],
    [3, 0, 4, 5],
    [0, 3, 5, 4],
    [5, 3, 0, 4],
    [0, 0, 3, 4],
  ],
  // The plagal close: it is the amen of the hymn book.
  cadence: 3,
  padLevel: 0.95,
  ending: { instrument: "bell", hasKick: false },
  room: { decaySeconds: 3.4, wet: 0.32, dampingHertz: 3_200, lowCutHertz: 200 },
  melody: { ladder: [0, 2, 4, 7, 9], lowest: 74, highest: 90, strongSteps: [0, 2, 4, 6], notesPerBar: 3 },
  begin: (random) => {
    const rolled = random.pick([
      [0, 2, 4, 5],
      [0, 1, 4, 6],
      [0, 3, 4, 7],
    ]);
    return (bar, { play, tune }) => {
      const { voices, bass } = bar.chord;
      play("bass", bass, 0, bar.fullness >= 1 ? 0.66 : 0.4);
      if (bar.fullness >= 1) {
        for (const [index, pitch] of [...voices, (voices[0] ?? 60) + 12].entries()) {
          play("keys", pitch, rolled[index] ?? index, index === 0 ? 0.5 : 0.36, index * 0.2 - 0.3);
        }
      } else {
        for (const [index, pitch] of voices.entries()) play("keys", pitch, index * 0.08, 0.36, index * 0.25 - 0.25);
      }
      if (bar.fullness >= 2) {
        play("kick", 0, 0, 0.46);
        play("kick", 0, 4.5, 0.3);
        play("bass", bass + 7, 4, 0.4);
      }
      if (bar.fullness === 3) {
        for (let step = 0; step < 8; step += 2) play("shaker", step % 3, step, step === 4 ? 0.3 : 0.18, 0.3);
        if (bar.isLastOfPhrase) for (const step of [4, 5, 6, 7]) play("conga", 48, step, 0.22 + step * 0.05, 0);
      }
      if (hasTune(bar)) {
        for (const { step, pitch, velocity } of tune(bar)) play("bell", pitch, step, velocity * 0.7, 0.2);
      }
    };
  },
};
