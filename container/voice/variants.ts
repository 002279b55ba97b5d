import type { VoiceName } from "../../src/contract/video.ts";

/**
 * Three people, each laid over any language's own phonemes by an engine voice file: pitch in hertz from its lowest to its
 * highest, formants as percent of frequency, height and width. Measured against the long-term average speech spectrum
 * (Byrne 1994), the plain voice is 5 to 8 dB too strong from 2 to 4 kHz and as much too weak below 300 Hz: so the upper
 * formants are lowered and widened, the lowest raised, with a little breath and flutter against the buzz.
 * A shorter throat has higher formants: zuri's are a tenth up, baraka's a little down.
 */
export const voiceVariants: Readonly<Record<VoiceName, string>> = {
  amani: `language variant
name amani
gender male
pitch 76 124
flutter 6
roughness 1
formant 0 105 120 105
formant 1 98 105 110
formant 2 98 95 115
formant 3 97 70 115
formant 4 97 70 110
formant 5 97 75 110
formant 6 100 70 110
formant 7 100 70 110
formant 8 100 70 110
breath 0 2 3 3 3 3 2 2
consonants 95 95
`,
  zuri: `language variant
name zuri
gender female
pitch 150 226
flutter 5
roughness 0
formant 0 108 115 120
formant 1 108 105 125
formant 2 110 95 125
formant 3 110 75 120
formant 4 112 75 115
formant 5 112 75 115
formant 6 108 70 110
formant 7 108 70 110
formant 8 108 70 110
breath 0 2 3 3 3 3 2 2
consonants 95 95
`,
  baraka: `language variant
name baraka
gender male
pitch 60 96
flutter 6
roughness 2
formant 0 100 125 105
formant 1 94 108 110
formant 2 93 95 115
formant 3 92 68 115
formant 4 92 68 110
formant 5 92 72 110
formant 6 96 70 110
formant 7 96 70 110
formant 8 96 70 110
breath 0 2 3 3 3 3 2 2
consonants 92 92
`,
};
