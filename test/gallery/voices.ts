/** `npm run voices`: a sentence of each voice in each language, as the renderer speaks and mixes it, for the studio's listen buttons. */
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mixAudio } from "../../container/audio/mix.ts";
import { runFfmpeg } from "../../container/ffmpeg/run.ts";
import type { Speech } from "../../container/scenes.ts";
import { openVoice } from "../../container/voice/speak.ts";
import { spokenLanguages, voiceNames } from "../../src/contract/video.ts";
import { videoDefaults } from "../../src/contract/video-options.ts";
import { digestFile, digestMakers, sampleFile, samplesDirectory, sampleText } from "./voice-samples.ts";

const { signal } = new AbortController();
/** The room's last sound. */
const tailSeconds = 0.35;
/** The engine speaks at 22 kHz: one channel at 24 kHz loses nothing of it, and a phone loads it in a moment. */
const encoding = ["-ac", "1", "-ar", "24000", "-c:a", "aac", "-b:a", "28k", "-movflags", "+faststart"];
const bitExact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"];

async function keep(speech: Speech, file: string, workDirectory: string): Promise<number> {
  const outputPath = join(workDirectory, "mix.webm");
  await mixAudio({
    scenes: [{ speech, startSeconds: 0 }],
    bed: { kind: "mood", mood: "none" },
    duckDb: 0,
    loudnessLufs: videoDefaults.loudness_lufs,
    seed: "voices",
    durationSeconds: speech.samples.length / speech.sampleRate + tailSeconds,
    format: "webm",
    outputPath,
    workDirectory,
    signal,
  });
  await runFfmpeg(["-i", outputPath, ...bitExact, ...encoding, file], { signal });
  return (await stat(file)).size;
}

await mkdir(samplesDirectory, { recursive: true });
const workDirectory = await mkdtemp(join(tmpdir(), "shujaa-voices-"));
let total = 0;
for (const language of spokenLanguages) {
  const speaker = await openVoice({ language, signal });
  for (const name of voiceNames) {
    const speech = await speaker.speak(sampleText(language, name), { name, speed: videoDefaults.voice.speed });
    const bytes = await keep(speech, sampleFile(language, name), workDirectory);
    const seconds = speech.samples.length / speech.sampleRate;
    console.log(`${language} ${name}: ${seconds.toFixed(1)} s, ${(bytes / 1000).toFixed(1)} kB`);
    total += bytes;
  }
  speaker.close();
}
await rm(workDirectory, { recursive: true });
await writeFile(digestFile, `${await digestMakers()}\n`);
console.log(`${(total / 1000).toFixed(0)} kB`);
