/**
 * A process around espeak-ng (WASM), which is GPL-3: it shares nothing with its parent but the pipe.
 * Reads SpeakRequest frames from stdin, answers each on stdout, and ends when stdin ends.
 */
import { Buffer } from "node:buffer";
import createEngine from "@echogarden/espeak-ng-emscripten";
import { createFrameReader, type EngineEvent, encodeFrame, type SpeakRequest, type VoiceReply } from "./frames.ts";
import { voiceVariants } from "./variants.ts";

const requestMaxBytes = 64 * 1024;
/** A narration of 600 characters, each of them a sign that is read as a word of ten letters, has 7 kB. */
const textMaxBytes = 16_384;
/** A narration of 600 characters, all digits, at half speed takes about eight minutes to say. */
const spokenMaxSeconds = 900;

/** Full volume clips the raised formants at 1.0; half leaves 6 dB. */
const engineVolume = 50;

// The engine seeds its noise from the clock, and the same request must render the same video.
Date.now = () => 0;
const module = await createEngine({ print: () => {}, printErr: () => {} });
for (const [name, file] of Object.entries(voiceVariants)) {
  module.FS.writeFile(`/usr/share/espeak-ng-data/voices/!v/${name}`, file);
}
const engine = new module.eSpeakNGWorker();
const sampleRate = engine.get_samplerate();
engine.synthesize(" a".repeat(textMaxBytes / 2), () => true);
/**
 * The flutter and the breath of one utterance go on into the next. Every utterance begins from this copy of the
 * engine's memory instead, so that the same text always sounds the same. The long text above comes first because the
 * JavaScript around the engine keeps a buffer in that memory, which must not have to grow later.
 * Of its 16 MB one is not zero: the rest is neither kept nor written to, so that the system need not hold it either.
 */
const freshPages = new Map<number, Uint8Array>();
const pageBytes = 4_096;
const zeroPage = Buffer.alloc(pageBytes);

const isZero = (page: Uint8Array) => zeroPage.equals(page);

function* pagesOfEngine(): Generator<{ at: number; page: Uint8Array }> {
  const memory = module.HEAPU8;
  for (let at = 0; at < memory.length; at += pageBytes) yield { at, page: memory.subarray(at, at + pageBytes) };
}

for (const { at, page } of pagesOfEngine()) if (!isZero(page)) freshPages.set(at, page.slice());

function resetEngine(): void {
  for (const { at, page } of pagesOfEngine()) {
    const fresh = freshPages.get(at);
    if (fresh) page.set(fresh);
    else if (!isZero(page)) page.fill(0);
  }
}

function speak({ text, settings }: SpeakRequest): { reply: VoiceReply; body: Uint8Array } {
  const body = new Uint8Array(0);
  if (Buffer.byteLength(text) > textMaxBytes) {
    return { reply: { kind: "refused", reason: "The text takes too long to read aloud." }, body };
  }
  resetEngine();
  if (engine.set_voice(`${settings.voice}+${settings.variant}`) !== 0) {
    return { reply: { kind: "refused", reason: "This voice is not installed." }, body };
  }
  engine.set_rate(settings.rate);
  engine.set_pitch(settings.pitch);
  engine.set_range(settings.range);
  engine.set_volume(engineVolume);

  const chunks: Int16Array[] = [];
  const events: EngineEvent[] = [];
  let sampleCount = 0;
  engine.synthesize(text, (samples, engineEvents) => {
    chunks.push(samples);
    sampleCount += samples.length;
    for (const event of engineEvents) {
      if (event.type !== "word" && event.type !== "end") continue;
      const kind = event.type === "word" ? "word" : "clauseEnd";
      events.push({ kind, character: event.text_position - 1, timeMs: event.audio_position });
    }
    return sampleCount > spokenMaxSeconds * sampleRate;
  });
  if (sampleCount > spokenMaxSeconds * sampleRate) {
    return { reply: { kind: "refused", reason: "The text takes too long to read aloud." }, body };
  }
  const bytes = Buffer.concat(chunks.map((chunk) => new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)));
  return { reply: { kind: "spoken", sampleRate, events }, body: bytes };
}

const read = createFrameReader<SpeakRequest>(requestMaxBytes, (request) => {
  const { reply, body } = speak(request);
  process.stdout.write(encodeFrame(reply, body));
});
process.stdin.on("data", read);
process.stdin.on("end", () => process.exit(0));
process.stdout.write(encodeFrame({ kind: "ready" } satisfies VoiceReply));
