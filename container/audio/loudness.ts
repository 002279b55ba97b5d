/** Loudness by ITU-R BS.1770-4: K-weighted, in blocks of 400 ms, gated at -70 LUFS and 10 LU under the mean. */
import type { Biquad } from "./biquad.ts";
import type { GainCurve } from "./gain-curve.ts";

/** What the meter reads for silence, and for anything under the absolute gate. */
export const silenceLufs = -70;

const offsetLufs = -0.691;
const relativeGateLu = -10;
/** Blocks overlap by three quarters: the meter adds up four of these. */
const stepSeconds = 0.1;
const stepsPerBlock = 4;

/** The two filters of BS.1770 table 1 and 2, which the standard gives for 48 kHz, for any sample rate. */
function kWeighting(sampleRate: number): [Biquad, Biquad] {
  const shelf = Math.tan((Math.PI * 1_681.974450955533) / sampleRate);
  const shelfQ = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const shelfScale = 1 + shelf / shelfQ + shelf * shelf;
  const cut = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const cutQ = 0.5003270373238773;
  const cutScale = 1 + cut / cutQ + cut * cut;
  return [
    {
      b0: (high + (band * shelf) / shelfQ + shelf * shelf) / shelfScale,
      b1: (2 * (shelf * shelf - high)) / shelfScale,
      b2: (high - (band * shelf) / shelfQ + shelf * shelf) / shelfScale,
      a1: (2 * (shelf * shelf - 1)) / shelfScale,
      a2: (1 - shelf / shelfQ + shelf * shelf) / shelfScale,
    },
    {
      b0: 1,
      b1: -2,
      b2: 1,
      a1: (2 * (cut * cut - 1)) / cutScale,
      a2: (1 - cut / cutQ + cut * cut) / cutScale,
    },
  ];
}

/** Adds one channel's K-weighted energy to `energies`, a sum for each step of 100 ms, in one pass without a copy. */
function addEnergies(samples: Float32Array, sampleRate: number, energies: Float64Array, curve?: GainCurve): void {
  const [shelf, cut] = kWeighting(sampleRate);
  const step = Math.round(stepSeconds * sampleRate);
  const span = curve?.stepSamples ?? step;
  let [s1, s2, c1, c2] = [0, 0, 0, 0];
  let [gain, slope, change] = [1, 0, 0];
  for (let block = 0; block * step < samples.length; block += 1) {
    const end = Math.min(samples.length, (block + 1) * step);
    let energy = 0;
    for (let index = block * step; index < end; index += 1) {
      if (curve && index === change) {
        const at = index / span;
        gain = curve.values[at] as number;
        slope = ((curve.values[at + 1] ?? gain) - gain) / span;
        change += span;
      }
      const input = (samples[index] as number) * gain;
      gain += slope;
      const shelved = shelf.b0 * input + s1;
      s1 = shelf.b1 * input - shelf.a1 * shelved + s2;
      s2 = shelf.b2 * input - shelf.a2 * shelved;
      const weighted = cut.b0 * shelved + c1;
      c1 = cut.b1 * shelved - cut.a1 * weighted + c2;
      c2 = cut.b2 * shelved - cut.a2 * weighted;
      energy += weighted * weighted;
    }
    energies[block] = (energies[block] ?? 0) + energy / step;
  }
}

/**
 * Integrated loudness in LUFS; `silenceLufs` when nothing is loud enough to count. Give a mono signal as both channels
 * when it will be heard from both. Sound shorter than one block counts as one.
 */
export function integratedLoudness(channels: readonly Float32Array[], sampleRate: number, curve?: GainCurve): number {
  const length = Math.max(0, ...channels.map((channel) => channel.length));
  const energies = new Float64Array(Math.ceil(length / Math.round(stepSeconds * sampleRate)));
  for (const channel of new Set(channels)) {
    const before = energies.slice();
    addEnergies(channel, sampleRate, energies, curve);
    if (channels.filter((other) => other === channel).length < 2) continue;
    for (let step = 0; step < energies.length; step += 1) {
      energies[step] = 2 * (energies[step] ?? 0) - (before[step] ?? 0);
    }
  }
  const blocks: number[] = [];
  for (let start = 0; start + stepsPerBlock <= Math.max(energies.length, stepsPerBlock); start += 1) {
    let energy = 0;
    for (let step = start; step < start + stepsPerBlock; step += 1) energy += energies[step] ?? 0;
    blocks.push(energy / stepsPerBlock);
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const toLufs = (energy: number) => offsetLufs + 10 * Math.log10(energy);
  const audible = blocks.filter((energy) => energy > 0 && toLufs(energy) > silenceLufs);
  if (audible.length === 0) return silenceLufs;
  const gate = toLufs(mean(audible)) + relativeGateLu;
  return toLufs(mean(audible.filter((energy) => toLufs(energy) > gate)));
}
