/** What the studio lets people hear of each voice, and the digest of what made it. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SpokenLanguage, VoiceName } from "../../src/contract/video.ts";

const root = join(import.meta.dirname, "../..");
export const samplesDirectory = join(root, "src/studio/voices");
/** Names the digest that the samples there were made under. */
export const digestFile = join(samplesDirectory, "made-by.txt");

type Written = "latin" | "arabic" | "ethiopic" | "devanagari";

/** In the letters of the language: a name in others is read by another voice. */
const names: Record<Written, Record<VoiceName, string>> = {
  latin: { amani: "Amani", zuri: "Zuri", baraka: "Baraka" },
  arabic: { amani: "أماني", zuri: "زوري", baraka: "باراكا" },
  ethiopic: { amani: "አማኒ", zuri: "ዙሪ", baraka: "ባራካ" },
  devanagari: { amani: "अमानी", zuri: "ज़ूरी", baraka: "बराका" },
};

const letters: Partial<Record<SpokenLanguage, Written>> = { ar: "arabic", am: "ethiopic", hi: "devanagari" };

const sentences: Record<SpokenLanguage, (name: string) => string> = {
  en: (name) => `Hello, I am ${name}. Let me tell your story.`,
  sw: (name) => `Habari, mimi ni ${name}. Nitasimulia hadithi yako.`,
  sheng: (name) => `Sasa, mimi ni ${name}. Nitakupea story yako fiti.`,
  fr: (name) => `Bonjour, je suis ${name}. Je raconte votre histoire.`,
  ar: (name) => `مرحبا، أنا ${name}. سأروي قصتك.`,
  am: (name) => `ሰላም፣ እኔ ${name} ነኝ። ታሪክዎን እተርካለሁ።`,
  om: (name) => `Akkam, ani ${name}. Seenaa keessan nan seenessa.`,
  tn: (name) => `Dumelang, ke ${name}. Ke tla anela kgang ya gago.`,
  af: (name) => `Hallo, ek is ${name}. Ek vertel jou storie.`,
  pt: (name) => `Olá, eu sou ${name}. Eu conto a sua história.`,
  hi: (name) => `नमस्ते, मैं ${name} हूँ। आइए, आपकी कहानी सुनाते हैं।`,
  es: (name) => `Hola, soy ${name}. Yo cuento tu historia.`,
  de: (name) => `Hallo, ich bin ${name}. Ich erzähle Ihre Geschichte.`,
  it: (name) => `Ciao, sono ${name}. Racconto la tua storia.`,
};

export function sampleText(language: SpokenLanguage, voice: VoiceName): string {
  return sentences[language](names[letters[language] ?? "latin"][voice]);
}

export function sampleFile(language: SpokenLanguage, voice: VoiceName): string {
  return join(samplesDirectory, `${language}-${voice}.m4a`);
}

/** Of the renderer's own voice, the engine under it, and the sentences: with another one the samples are to be made anew. */
export async function digestMakers(): Promise<string> {
  const hash = createHash("sha256");
  const voice = join(root, "container/voice");
  const rooms = (await readdir(voice)).sort().map((name) => join(voice, name));
  const engine = join(root, "node_modules/@echogarden/espeak-ng-emscripten/package.json");
  for (const file of [...rooms, import.meta.filename]) hash.update(await readFile(file));
  const { version } = JSON.parse(await readFile(engine, "utf8")) as { version: string };
  return hash.update(version).digest("hex");
}
