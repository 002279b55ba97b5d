import type { Speech } from "../../container/scenes.ts";

const blockSeconds = 0.01;
/** 46 dB under full scale: speech is levelled to 20 dB under it. */
const silentBelow = 0.005;

/** When sound begins: at the start, and after each silence of at least `silenceSeconds`. */
export function onsetSeconds({ samples, sampleRate }: Speech, silenceSeconds: number): number[] {
  const block = Math.round(blockSeconds * sampleRate);
  const onsets: number[] = [];
  let quietBlocks = Number.POSITIVE_INFINITY;
  for (let start = 0; start + block <= samples.length; start += block) {
    let peak = 0;
    for (let index = start; index < start + block; index += 1) peak = Math.max(peak, Math.abs(samples[index] ?? 0));
    if (peak < silentBelow) {
      quietBlocks += 1;
      continue;
    }
    if (quietBlocks * blockSeconds >= silenceSeconds) onsets.push(start / sampleRate);
    quietBlocks = 0;
  }
  return onsets;
}

/** The median fundamental frequency of what is voiced, by autocorrelation, between 55 and 400 Hz. */
export function pitchHertz({ samples, sampleRate }: Speech): number {
  const window = Math.round(0.046 * sampleRate);
  const pitches: number[] = [];
  for (let start = 0; start + 2 * window < samples.length; start += Math.round(0.03 * sampleRate)) {
    const lag = voicedLag(samples.subarray(start, start + 2 * window), window, sampleRate);
    if (lag !== undefined) pitches.push(sampleRate / lag);
  }
  pitches.sort((left, right) => left - right);
  return pitches[pitches.length >> 1] ?? Number.NaN;
}

function voicedLag(samples: Float32Array, window: number, sampleRate: number): number | undefined {
  const energyFrom = (from: number) => {
    let energy = 1e-9;
    for (let index = from; index < from + window; index += 1) energy += (samples[index] ?? 0) ** 2;
    return energy;
  };
  const energy = energyFrom(0);
  if (energy / window < 0.004) return undefined;
  let best = { lag: 0, likeness: 0 };
  for (let lag = Math.round(sampleRate / 400); lag < sampleRate / 55; lag += 1) {
    let product = 0;
    for (let index = 0; index < window; index += 1) product += (samples[index] ?? 0) * (samples[index + lag] ?? 0);
    const likeness = product / Math.sqrt(energy * energyFrom(lag));
    if (likeness > best.likeness + 0.01) best = { lag, likeness };
  }
  return best.likeness > 0.75 ? best.lag : undefined;
}
