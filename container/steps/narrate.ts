import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Wanted } from "../../src/contract/render-events.ts";
import { recordedLanguages, type VoiceName } from "../../src/contract/video.ts";
import { inLanes, retried, withinTime } from "../bounded.ts";
import { digestOf } from "../canonical.ts";
import { asRenderFault, RenderFault } from "../failure.ts";
import { causesOf, log } from "../log.ts";
import { probeMedia } from "../media/probe-media.ts";
import type { Script, Speech } from "../scenes.ts";
import { readSpeech, writeSpeech } from "../speech-file.ts";
import { readRecording } from "../voice/recording.ts";
import { ownMedia } from "./own-media.ts";
import type { Render } from "./render.ts";
import { askedScenes, at } from "./scene-facts.ts";

/** A scene's speech; `digest` is of its samples and words. */
export type Narration = { speech: Speech; digest: string; provider: string };

const recordingProvider = "recording";
/** Recordings and what was made before are read side by side; the voice itself speaks one scene at a time. */
const readersAtATime = 3;

type Line = { scene: number; text: string; manner: { name: VoiceName; speed: number } };

function linesOf({ document }: Render, script: Script): Line[] {
  const asked = askedScenes(document);
  return script.scenes.map(({ narration }, scene) => ({
    scene,
    text: narration,
    manner: {
      name: asked[scene]?.voice?.name ?? document.voice.name,
      speed: asked[scene]?.voice?.speed ?? document.voice.speed,
    },
  }));
}

const hasRecording = ({ document }: Render, { scene }: Line) => askedScenes(document)[scene]?.recording !== undefined;
const hasModel = ({ request, document }: Render) => document.voice.isPremium && request.offers.includes("voice");

/** What is asked for at once, as soon as the script is known: voices of a model, or speeches made before. */
export function everyWantedSpeech(render: Render, script: Script): Wanted[] {
  const lines = linesOf(render, script).filter((line) => !hasRecording(render, line));
  if (hasModel(render)) return lines.map((line) => wantedVoice(render, line));
  if (!render.hasKeeper || isRecordedOnly(render)) return [];
  return lines.map((line) => ({ type: "artefact", kind: "speech", key: speechKey(render, line) }));
}

function wantedVoice({ document }: Render, { scene, text, manner }: Line): Wanted {
  const { language } = document;
  const key = digestOf({ type: "voice", text, language, name: manner.name });
  return { type: "voice", key, scene, text, language, name: manner.name };
}

function speechKey({ artefacts, document, providers }: Render, { text, manner }: Line): string {
  return artefacts.keyOf("speech", { text, language: document.language, manner, voice: providers.voice.name });
}

function isRecordedOnly({ document }: Render): boolean {
  return recordedLanguages.some((language) => language === document.language);
}

/**
 * Every scene's speech: a recording, else a speech model's where the caller has one, else the voice here. `onNew` is told
 * of each scene that nobody has spoken before, at once. Throws RenderFault `voice_failed`, `media_failed` or `media_refused`.
 */
export async function narrate(
  render: Render,
  script: Script,
  signal: AbortSignal,
  onNew: (scene: number) => void,
): Promise<Narration[]> {
  const narrations: Narration[] = [];
  const mouth = openMouth(render, signal);
  try {
    await inLanes(linesOf(render, script), readersAtATime, signal, async (line, laneSignal) => {
      narrations[line.scene] = await narrateLine(render, line, laneSignal, mouth, onNew).catch((error: unknown) => {
        const detail = "The voice could not be made.";
        throw asRenderFault(error, { code: "voice_failed", detail, scene: line.scene });
      });
      render.meter.voiced();
    });
  } finally {
    mouth.close();
  }
  return narrations;
}

async function narrateLine(
  render: Render,
  line: Line,
  signal: AbortSignal,
  mouth: Mouth,
  onNew: (scene: number) => void,
): Promise<Narration> {
  const recording = askedScenes(render.document)[line.scene]?.recording;
  if (recording) {
    const { file } = await ownMedia(render, signal, recording, "recording", line.scene);
    return keep(await readRecording(file, line.text, { language: render.document.language, signal }), recordingProvider)
      .narration;
  }
  if (hasModel(render)) {
    onNew(line.scene);
    const spoken = await askModel(render, line, signal);
    if (spoken) return spoken;
  }
  if (isRecordedOnly(render)) {
    const detail = "No voice here speaks this language: each scene needs a recording.";
    throw new RenderFault("voice_failed", detail, { isRetryable: false, scene: line.scene });
  }
  return (await findSpoken(render, line, signal)) ?? speak(render, line, mouth, onNew);
}

/** A model's reading, if there is one that can be played; what is wrong with it is not the caller's to mend. */
async function askModel(render: Render, line: Line, signal: AbortSignal): Promise<Narration | undefined> {
  const supply = await render.supplies.get(wantedVoice(render, line), signal);
  if (!supply) return undefined;
  try {
    await probeMedia(supply.file, signal);
    const reading = { language: render.document.language, signal, speed: line.manner.speed };
    const speech = await readRecording(supply.file, line.text, reading);
    return keep(speech, supply.provider ?? "model").narration;
  } catch (error) {
    signal.throwIfAborted();
    log("voice_refused", { provider: supply.provider, scene: line.scene, causes: causesOf(error) });
    return undefined;
  }
}

async function findSpoken(render: Render, line: Line, signal: AbortSignal): Promise<Narration | undefined> {
  if (!render.hasKeeper || hasModel(render)) return undefined;
  const wanted = { type: "artefact", kind: "speech", key: speechKey(render, line) } as const;
  const supply = await render.supplies.get(wanted, signal);
  if (!supply) return undefined;
  const bytes = await readFile(supply.file);
  const speech = readSpeech(bytes);
  return speech && { speech, digest: digestOfBytes(bytes), provider: render.providers.voice.name };
}

async function speak(render: Render, line: Line, mouth: Mouth, onNew: (scene: number) => void): Promise<Narration> {
  onNew(line.scene);
  const { narration, bytes } = keep(await mouth.speak(line), render.providers.voice.name);
  await render.artefacts.write("speech", speechKey(render, line), bytes);
  return narration;
}

/** A speech as it comes back from where it is kept: so it is the same, to the last bit, for whoever made it. */
function keep(made: Speech, provider: string): { narration: Narration; bytes: Buffer } {
  const bytes = writeSpeech(made);
  const speech = readSpeech(bytes) ?? made;
  return { narration: { speech, digest: digestOfBytes(bytes), provider }, bytes };
}

function digestOfBytes(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

type Mouth = { speak(line: Line): Promise<Speech>; close(): void };
type OpenedVoice = Awaited<ReturnType<Render["providers"]["voice"]["open"]>>;

/** The voice of a render, started when it is first needed. It speaks one line at a time. */
function openMouth({ document, providers, stepLimitMs }: Render, signal: AbortSignal): Mouth {
  const limits = {
    signal,
    limitMs: stepLimitMs,
    late: () => new RenderFault("voice_failed", "The voice took too long.", { isRetryable: true }),
  };
  const detail = "The voice could not be made.";
  let voice: Promise<OpenedVoice> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const open = () =>
    retried(signal, () =>
      withinTime(limits, () => providers.voice.open({ language: document.language, signal })).catch(
        (error: unknown) => {
          throw asRenderFault(error, { code: "voice_failed", detail });
        },
      ),
    );
  const speakNow = async ({ scene, text, manner }: Line): Promise<Speech> => {
    voice ??= open();
    const opened = await voice;
    return retried(signal, () =>
      withinTime(limits, () => opened.speak(text, manner)).catch((error: unknown) => {
        throw asRenderFault(error, { code: "voice_failed", detail, scene });
      }),
    );
  };
  return {
    speak: (line) => {
      const turn = last.then(() => speakNow(line));
      last = turn.catch(() => undefined);
      return turn;
    },
    close: () => {
      voice?.then((opened) => opened.close()).catch(() => undefined);
    },
  };
}

/** The speeches of all scenes, in their order. */
export function speechesOf(narrations: Narration[], count: number): Speech[] {
  return Array.from({ length: count }, (_, scene) => at(narrations, scene).speech);
}
