import type { StereoSamples } from "./music.ts";

/** Where a recording that is too short begins again, its end and its beginning overlap by this, or by a quarter of it. */
const seamSeconds = 2;
const fadeInSeconds = 0.3;
const fadeOutSeconds = 1.5;

/** Somebody's own recording, of exactly `durationSeconds`: cut or repeated, and faded at both ends. */
export function layOwnMusic(recording: StereoSamples, durationSeconds: number, sampleRate: number): StereoSamples {
  const length = Math.round(durationSeconds * sampleRate);
  const seam = Math.round(Math.min(seamSeconds * sampleRate, recording.left.length / 4));
  return {
    left: fadeEnds(repeat(recording.left, length, seam), sampleRate),
    right: fadeEnds(repeat(recording.right, length, seam), sampleRate),
  };
}

/** At a seam both keep their power together: what ends and what begins are not alike, so amplitudes would dip. */
function repeat(samples: Float32Array, length: number, seam: number): Float32Array {
  const repeated = new Float32Array(length);
  const stride = samples.length - seam;
  if (stride <= 0) return repeated;
  for (let start = 0; start < length; start += stride) {
    const count = Math.min(samples.length, length - start);
    for (let index = 0; index < count; index += 1) {
      const rise = start > 0 && index < seam ? Math.sin((Math.PI / 2) * (index / seam)) : 1;
      const fall = index >= stride ? Math.cos((Math.PI / 2) * ((index - stride) / seam)) : 1;
      const at = start + index;
      repeated[at] = (repeated[at] as number) + (samples[index] as number) * rise * fall;
    }
  }
  return repeated;
}

function fadeEnds(samples: Float32Array, sampleRate: number): Float32Array {
  const fadeIn = Math.min(samples.length / 4, fadeInSeconds * sampleRate);
  const fadeOut = Math.min(samples.length / 3, fadeOutSeconds * sampleRate);
  for (let index = 0; index < fadeIn; index += 1) samples[index] = ((samples[index] as number) * index) / fadeIn;
  for (let index = 0; index < fadeOut; index += 1) {
    const at = samples.length - 1 - index;
    samples[at] = (samples[at] as number) * (index / fadeOut) ** 2;
  }
  return samples;
}
