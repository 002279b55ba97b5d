import { createRandom } from "../random.ts";
import { bandPass, filterInPlace, highPass, lowPass } from "./biquad.ts";
import type { Instrument } from "./piece.ts";

/** One note at full velocity, mono. */
type Sound = (pitch: number, sampleRate: number) => Float32Array;

export function pitchHertz(pitch: number): number {
  return 440 * 2 ** ((pitch - 69) / 12);
}

function noise(length: number, seed: string): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => random.next() * 2 - 1);
}

/** Adds a sine that dies away: `fallSeconds` is the time in which it falls by 60 dB. */
function addTone(samples: Float32Array, hertz: number, level: number, fallSeconds: number, sampleRate: number): void {
  if (hertz > sampleRate * 0.45) return;
  const omega = (2 * Math.PI * hertz) / sampleRate;
  const decay = 10 ** (-3 / (fallSeconds * sampleRate));
  const turn = Math.cos(omega) * decay;
  const lift = Math.sin(omega) * decay;
  let [real, imaginary] = [level, 0];
  for (let index = 0; index < samples.length; index += 1) {
    samples[index] = (samples[index] as number) + imaginary;
    [real, imaginary] = [real * turn - imaginary * lift, real * lift + imaginary * turn];
  }
}

/** A drum head: a sine that falls from `fromHertz` to `toHertz` while it dies away. */
function sweep(options: {
  fromHertz: number;
  toHertz: number;
  bendSeconds: number;
  fallSeconds: number;
  lengthSeconds: number;
  sampleRate: number;
}): Float32Array {
  const { fromHertz, toHertz, bendSeconds, fallSeconds, lengthSeconds, sampleRate } = options;
  const samples = new Float32Array(Math.round(lengthSeconds * sampleRate));
  const bend = Math.exp(-1 / (bendSeconds * sampleRate));
  const decay = 10 ** (-3 / (fallSeconds * sampleRate));
  let [phase, extra, level] = [0, fromHertz - toHertz, 1];
  for (let index = 0; index < samples.length; index += 1) {
    samples[index] = Math.sin(phase) * level;
    phase += (2 * Math.PI * (toHertz + extra)) / sampleRate;
    extra *= bend;
    level *= decay;
  }
  return samples;
}

function fadeEnds(
  samples: Float32Array,
  attackSeconds: number,
  releaseSeconds: number,
  sampleRate: number,
): Float32Array {
  const attack = Math.min(samples.length, Math.round(attackSeconds * sampleRate));
  const release = Math.min(samples.length, Math.round(releaseSeconds * sampleRate));
  for (let index = 0; index < attack; index += 1) samples[index] = ((samples[index] as number) * index) / attack;
  for (let index = 0; index < release; index += 1) {
    const at = samples.length - 1 - index;
    samples[at] = ((samples[at] as number) * index) / release;
  }
  return samples;
}

/** Karplus and Strong's string: a burst of noise round a damped loop, tuned between samples by an all-pass. */
function pluckString(
  pitch: number,
  { brightHertz, lengthSeconds, ringFactor }: { brightHertz: number; lengthSeconds: number; ringFactor: number },
  sampleRate: number,
): Float32Array {
  const period = sampleRate / pitchHertz(pitch) - 0.5;
  const whole = Math.floor(period - 0.1);
  const fraction = period - whole;
  const tuning = (1 - fraction) / (1 + fraction);
  const string = noise(whole, `string ${pitch}`);
  filterInPlace(string, lowPass(brightHertz, Math.SQRT1_2, sampleRate));
  const samples = new Float32Array(Math.round(lengthSeconds * sampleRate));
  // A string plucked near its middle: subtracting a delayed copy takes out the partials that have a node there.
  const pluck = Float32Array.from(
    string,
    (value, index) => value - 0.8 * (string[(index + Math.round(whole * 0.31)) % whole] as number),
  );
  const fall = 10 ** (-3 / (pitchHertz(pitch) * (2.4 - (pitch - 50) * 0.025) * ringFactor));
  let [at, previous, heldInput, heldOutput] = [0, 0, 0, 0];
  for (let index = 0; index < samples.length; index += 1) {
    const value = pluck[at] as number;
    samples[index] = value;
    const damped = fall * 0.5 * (value + previous);
    previous = value;
    heldOutput = tuning * (damped - heldOutput) + heldInput;
    heldInput = damped;
    pluck[at] = heldOutput;
    if (++at === whole) at = 0;
  }
  return fadeEnds(samples, 0.001, 0.4, sampleRate);
}

const guitar: Sound = (pitch, sampleRate) =>
  pluckString(pitch, { brightHertz: 5_200, lengthSeconds: 1.7, ringFactor: 1 }, sampleRate);

/** The coast's lute: darker and shorter than a guitar, with the knock of a plectrum on the soundboard. */
const oud: Sound = (pitch, sampleRate) => {
  const samples = pluckString(pitch, { brightHertz: 3_100, lengthSeconds: 1.2, ringFactor: 0.55 }, sampleRate);
  const knock = noise(Math.round(0.03 * sampleRate), "plectrum");
  filterInPlace(knock, bandPass(620, 1.4, sampleRate));
  fadeEnds(knock, 0.001, 0.026, sampleRate).forEach((value, index) => {
    samples[index] = (samples[index] as number) + value * 0.3;
  });
  return samples;
};

/** A wooden bar over a tube: its fourth and tenth partials are tuned and gone at once. */
const marimba: Sound = (pitch, sampleRate) => {
  const samples = new Float32Array(Math.round(1.1 * sampleRate));
  const hertz = pitchHertz(pitch);
  addTone(samples, hertz, 0.85, 1.1, sampleRate);
  addTone(samples, hertz * 3.98, 0.2, 0.28, sampleRate);
  addTone(samples, hertz * 9.6, 0.07, 0.12, sampleRate);
  return fadeEnds(samples, 0.003, 0.3, sampleRate);
};

/** Struck glass: slightly stretched partials that ring on. */
const bell: Sound = (pitch, sampleRate) => {
  const samples = new Float32Array(Math.round(2.6 * sampleRate));
  const hertz = pitchHertz(pitch);
  addTone(samples, hertz, 0.6, 3.4, sampleRate);
  addTone(samples, hertz * 2.01, 0.2, 2.2, sampleRate);
  addTone(samples, hertz * 3.03, 0.12, 1.4, sampleRate);
  addTone(samples, hertz * 4.98, 0.05, 0.7, sampleRate);
  return fadeEnds(samples, 0.004, 0.6, sampleRate);
};

/** Strings that are let go of at once: a short, soft-edged stack of partials. */
const staccato: Sound = (pitch, sampleRate) => {
  const samples = new Float32Array(Math.round(0.34 * sampleRate));
  const hertz = pitchHertz(pitch);
  for (let partial = 1; partial <= 8; partial += 1) {
    const level = 0.5 / partial ** 1.25;
    addTone(samples, hertz * partial * 1.0015, level, 0.55 / partial ** 0.4, sampleRate);
    addTone(samples, hertz * partial * 0.9985, level, 0.5 / partial ** 0.4, sampleRate);
  }
  return fadeEnds(samples, 0.012, 0.12, sampleRate);
};

/** A tine: its inharmonic partials die at once and leave a round tone. */
const kalimba: Sound = (pitch, sampleRate) => {
  const samples = new Float32Array(Math.round(1.6 * sampleRate));
  const hertz = pitchHertz(pitch);
  addTone(samples, hertz, 0.8, 2.2, sampleRate);
  addTone(samples, hertz * 2.003, 0.16, 1.2, sampleRate);
  addTone(samples, hertz * 5.41, 0.2, 0.4, sampleRate);
  addTone(samples, hertz * 8.9, 0.09, 0.2, sampleRate);
  const thumb = noise(Math.round(0.02 * sampleRate), "thumb");
  filterInPlace(thumb, bandPass(1_300, 0.8, sampleRate));
  fadeEnds(thumb, 0.001, 0.018, sampleRate).forEach((value, index) => {
    samples[index] = (samples[index] as number) + value * 0.25;
  });
  return fadeEnds(samples, 0.002, 0.35, sampleRate);
};

/** An electric piano, near enough: a tone, its octave and a bell that is soon gone. */
const keys: Sound = (pitch, sampleRate) => {
  const samples = new Float32Array(Math.round(1.3 * sampleRate));
  const hertz = pitchHertz(pitch);
  addTone(samples, hertz, 0.7, 1.9, sampleRate);
  addTone(samples, hertz * 1.002, 0.2, 1.6, sampleRate);
  addTone(samples, hertz * 2, 0.16, 0.9, sampleRate);
  addTone(samples, hertz * 3, 0.12, 0.6, sampleRate);
  addTone(samples, hertz * 7, 0.1, 0.25, sampleRate);
  return fadeEnds(samples, 0.006, 0.3, sampleRate);
};

const bass: Sound = (pitch, sampleRate) => {
  const samples = new Float32Array(Math.round(0.75 * sampleRate));
  const hertz = pitchHertz(pitch);
  addTone(samples, hertz, 0.75, 1.3, sampleRate);
  addTone(samples, hertz * 2, 0.3, 0.8, sampleRate);
  addTone(samples, hertz * 3, 0.12, 0.45, sampleRate);
  addTone(samples, hertz * 4, 0.06, 0.25, sampleRate);
  return fadeEnds(samples, 0.007, 0.22, sampleRate);
};

/** Amapiano's bass: a log struck hard enough to growl. */
const logDrum: Sound = (pitch, sampleRate) => {
  const hertz = pitchHertz(pitch);
  const samples = sweep({
    fromHertz: hertz * 1.9,
    toHertz: hertz,
    bendSeconds: 0.018,
    fallSeconds: 1,
    lengthSeconds: 0.62,
    sampleRate,
  });
  for (let index = 0; index < samples.length; index += 1)
    samples[index] = Math.tanh((samples[index] as number) * 2.6) * 0.75;
  filterInPlace(samples, lowPass(1_100, Math.SQRT1_2, sampleRate));
  return fadeEnds(samples, 0.002, 0.2, sampleRate);
};

const kick: Sound = (_, sampleRate) =>
  fadeEnds(
    sweep({ fromHertz: 130, toHertz: 47, bendSeconds: 0.028, fallSeconds: 0.42, lengthSeconds: 0.32, sampleRate }),
    0.001,
    0.08,
    sampleRate,
  );

/** `pitch` picks one of a few shakes, so that no two in a row are alike. */
const shaker: Sound = (pitch, sampleRate) => {
  const samples = noise(Math.round(0.085 * sampleRate), `shaker ${pitch}`);
  filterInPlace(samples, highPass(4_500, 0.8, sampleRate));
  filterInPlace(samples, lowPass(11_500, Math.SQRT1_2, sampleRate));
  return fadeEnds(samples, 0.012, 0.07, sampleRate);
};

const conga: Sound = (pitch, sampleRate) => {
  const hertz = pitchHertz(pitch);
  const samples = sweep({
    fromHertz: hertz * 1.25,
    toHertz: hertz,
    bendSeconds: 0.02,
    fallSeconds: 0.38,
    lengthSeconds: 0.36,
    sampleRate,
  });
  const skin = noise(Math.round(0.03 * sampleRate), `skin ${pitch}`);
  filterInPlace(skin, bandPass(hertz * 4.6, 1.2, sampleRate));
  fadeEnds(skin, 0.001, 0.028, sampleRate).forEach((value, index) => {
    samples[index] = (samples[index] as number) + value * 0.5;
  });
  return fadeEnds(samples, 0.001, 0.1, sampleRate);
};

const rim: Sound = (_, sampleRate) => {
  const samples = new Float32Array(Math.round(0.09 * sampleRate));
  addTone(samples, 1_720, 0.5, 0.05, sampleRate);
  addTone(samples, 830, 0.4, 0.07, sampleRate);
  return fadeEnds(samples, 0.001, 0.03, sampleRate);
};

const sounds: Record<Instrument, Sound> = {
  ...{ guitar, oud, kalimba, marimba, bell, staccato, keys, bass },
  ...{ logDrum, kick, shaker, conga, rim },
};

/** Plays each note of each instrument once and keeps it: a piece has a few dozen different ones. */
export function createInstruments(sampleRate: number): (instrument: Instrument, pitch: number) => Float32Array {
  const kept = new Map<string, Float32Array>();
  return (instrument, pitch) => {
    const key = `${instrument} ${pitch}`;
    const known = kept.get(key);
    if (known) return known;
    const samples = sounds[instrument](pitch, sampleRate);
    kept.set(key, samples);
    return samples;
  };
}
