import { majorScale } from "./harmony.ts";
import { hasTune } from "./melody.ts";
import type { Style } from "./style.ts";

/** Benga: two guitars pick in answer to each other over a walking bass, with a shaker, a soft kick and congas. */
export const brightStyle: Style = {
  scale: majorScale,
  chordSize: 3,
  stepsPerBar: 16,
  barSeconds: [1.92, 2.16],
  swing: 0.08,
  progressions: [
    [0, 3, 4, 0],
    [0, 3, 0, 4],
    [0, 0, 3, 4],
    [0, 4, 5, 3],
    [0, 5, 3, 4],
  ],
  cadence: 4,
  padLevel: 0.34,
  ending: { instrument: "guitar", hasKick: true },
  room: { decaySeconds: 1.3, wet: 0.15, dampingHertz: 4_800, lowCutHertz: 260 },
  melody: { ladder: [0, 2, 4, 7, 9], lowest: 74, highest: 91, strongSteps: [0, 3, 6, 8, 12], notesPerBar: 5 },
  begin: (random) => {
    const lead = random.pick([
      [0, 3, 4, 6, 8, 10, 11, 14],
      [0, 2, 3, 6, 8, 11, 12, 14],
      [0, 3, 6, 8, 9, 11, 14],
    ]);
    const answer = random.pick([
      [2, 5, 7, 10, 13, 15],
      [4, 7, 10, 12, 15],
      [1, 4, 7, 9, 12, 15],
    ]);
    const order = random.pick([
      [0, 1, 2, 1],
      [2, 1, 0, 1],
      [0, 2, 1, 2],
    ]);
    const walk = random.pick([
      [0, 6, 8, 14],
      [0, 3, 8, 11],
      [0, 6, 10, 14],
    ]);
    return (bar, { play, tune }) => {
      const { voices, bass } = bar.chord;
      lead.forEach((step, index) => {
        if (bar.fullness === 0 && index % 2 === 1) return;
        play("guitar", (voices[order[index % 4] ?? 0] ?? 64) + 12, step, step % 4 === 0 ? 0.72 : 0.52, -0.45);
      });
      if (bar.fullness >= 2) {
        answer.forEach((step, index) => {
          play("guitar", voices[order[(index + 2) % 4] ?? 0] ?? 64, step, 0.48, 0.5);
        });
      }
      if (bar.fullness >= 1) {
        const tones = [bass, bass + 7, bass + 12, bar.isLastOfPhrase ? bar.next.bass + 2 : bass + 7];
        walk.forEach((step, index) => {
          play("bass", tones[index] ?? bass, step, index === 0 ? 0.8 : 0.6);
        });
        for (let step = 0; step < 16; step += 2) play("shaker", step % 3, step, step % 4 === 2 ? 0.62 : 0.36, 0.3);
      }
      if (bar.fullness >= 2) {
        for (const step of [0, 4, 8, 12]) play("kick", 0, step, step === 0 ? 0.7 : 0.55);
        for (const step of [6, 14]) play("conga", 60, step, 0.42, -0.3);
        play("conga", 55, 15, 0.5, -0.3);
      }
      if (bar.fullness === 3) {
        for (const step of [4, 12]) play("rim", 0, step, 0.35, 0.15);
        for (let step = 1; step < 16; step += 2) play("shaker", step % 3, step, 0.22, 0.3);
        if (bar.isLastOfPhrase) for (const step of [10, 11, 13]) play("conga", 60 - (step % 2) * 5, step, 0.5, -0.3);
      }
      if (hasTune(bar)) {
        for (const { step, pitch, velocity } of tune(bar)) play("kalimba", pitch, step, velocity * 0.75, 0.1);
      }
    };
  },
};
