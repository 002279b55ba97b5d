/** A room: how long its sound takes to fall by 60 dB, how much of it is heard, and what it does not answer to. */
export type Room = { decaySeconds: number; wet: number; dampingHertz: number; lowCutHertz: number };

/** Mutually prime lengths in milliseconds, so that no echo stands out. */
const lineMs = [29.7, 37.1, 41.1, 43.7] as const;
const diffuserMs = [4.77, 3.59, 12.73] as const;
const diffusion = 0.6;

/**
 * Adds a stereo room to both channels where they stand: a feedback delay network of four damped lines behind three
 * all-pass diffusers.
 */
export function addRoom(left: Float32Array, right: Float32Array, sampleRate: number, room: Room): void {
  const lines = lineMs.map((ms) => new Float32Array(Math.round((ms / 1000) * sampleRate)));
  const diffusers = diffuserMs.map((ms) => new Float32Array(Math.round((ms / 1000) * sampleRate)));
  const [lineA, lineB, lineC, lineD] = lines as [Float32Array, Float32Array, Float32Array, Float32Array];
  const [diffA, diffB, diffC] = diffusers as [Float32Array, Float32Array, Float32Array];
  const fall = (line: Float32Array) => 10 ** ((-3 * line.length) / sampleRate / room.decaySeconds);
  const [fallA, fallB, fallC, fallD] = [fall(lineA), fall(lineB), fall(lineC), fall(lineD)];
  const damp = Math.exp((-2 * Math.PI * room.dampingHertz) / sampleRate);
  const lowCut = Math.exp((-2 * Math.PI * room.lowCutHertz) / sampleRate);
  let [heldA, heldB, heldC, heldD, lows] = [0, 0, 0, 0, 0];
  let [atA, atB, atC, atD, atE, atF, atG] = [0, 0, 0, 0, 0, 0, 0];

  for (let index = 0; index < left.length; index += 1) {
    const dryLeft = left[index] as number;
    const dryRight = right[index] as number;
    const mono = (dryLeft + dryRight) * 0.5;
    lows = mono + (lows - mono) * lowCut;
    let input = mono - lows;

    let delayed = diffA[atE] as number;
    let fed = input - diffusion * delayed;
    diffA[atE] = fed;
    input = delayed + diffusion * fed;
    delayed = diffB[atF] as number;
    fed = input - diffusion * delayed;
    diffB[atF] = fed;
    input = delayed + diffusion * fed;
    delayed = diffC[atG] as number;
    fed = input - diffusion * delayed;
    diffC[atG] = fed;
    input = delayed + diffusion * fed;

    const outA = lineA[atA] as number;
    const outB = lineB[atB] as number;
    const outC = lineC[atC] as number;
    const outD = lineD[atD] as number;
    heldA = outA + (heldA - outA) * damp;
    heldB = outB + (heldB - outB) * damp;
    heldC = outC + (heldC - outC) * damp;
    heldD = outD + (heldD - outD) * damp;
    const half = (heldA + heldB + heldC + heldD) * 0.5;
    lineA[atA] = input + (heldA - half) * fallA;
    lineB[atB] = input + (heldB - half) * fallB;
    lineC[atC] = (heldC - half) * fallC - input;
    lineD[atD] = (heldD - half) * fallD - input;

    left[index] = dryLeft + (outA + outC) * room.wet;
    right[index] = dryRight + (outB + outD) * room.wet;

    if (++atA === lineA.length) atA = 0;
    if (++atB === lineB.length) atB = 0;
    if (++atC === lineC.length) atC = 0;
    if (++atD === lineD.length) atD = 0;
    if (++atE === diffA.length) atE = 0;
    if (++atF === diffB.length) atF = 0;
    if (++atG === diffC.length) atG = 0;
  }
}
