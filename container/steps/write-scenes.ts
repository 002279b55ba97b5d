import { readFile } from "node:fs/promises";
import { type Wanted, writtenScript } from "../../src/contract/render-events.ts";
import { promptSceneCeilingSeconds } from "../../src/contract/video.ts";
import { digestOf } from "../canonical.ts";
import { asRenderFault } from "../failure.ts";
import { log } from "../log.ts";
import type { Script } from "../scenes.ts";
import { scriptFromScenes } from "../script-from-scenes.ts";
import type { Render } from "./render.ts";

export type WrittenScenes = { script: Script; provider: string };

/**
 * What fits a prompt's scene at any voice's own speed: the slowest reads some twelve characters a second, and what does
 * not fit would last longer than was paid for.
 */
const modelCharactersPerSecond = 15;

/** Who says what: the caller's own scenes, else a text model's where one is offered, else sentence templates. */
export async function writeScenes(render: Render, signal: AbortSignal): Promise<WrittenScenes> {
  const { source } = render.document;
  if (source.kind === "scenes") return { script: scriptFromScenes(source.scenes), provider: "caller" };
  return (await askModel(render, source, signal)) ?? writeHere(render, source);
}

type Prompt = Extract<Render["document"]["source"], { kind: "prompt" }>;

async function askModel(
  { request, document, supplies }: Render,
  source: Prompt,
  signal: AbortSignal,
): Promise<WrittenScenes | undefined> {
  if (!request.offers.includes("script")) return undefined;
  const { prompt, sceneCount } = source;
  const { language } = document;
  const key = digestOf({ type: "script", prompt, sceneCount, language, seed: request.seed });
  const wanted: Wanted = { type: "script", key, prompt, sceneCount, language };
  const supply = await supplies.get(wanted, signal);
  if (!supply) return undefined;
  const script = await readScript(supply.file, sceneCount, document.voice.speed);
  if (!script) log("script_refused", { provider: supply.provider });
  return script && { script, provider: supply.provider ?? "model" };
}

/** undefined: not a script, not so many scenes, or a scene that takes too long to say. */
async function readScript(file: string, sceneCount: number, speed: number): Promise<Script | undefined> {
  const parsed = writtenScript.safeParse(parseJson(await readFile(file, "utf8")));
  if (!parsed.success || parsed.data.scenes.length !== sceneCount) return undefined;
  const charactersMax = promptSceneCeilingSeconds * modelCharactersPerSecond * Math.min(1, speed);
  const isTooLong = parsed.data.scenes.some(({ narration }) => [...narration].length > charactersMax);
  return isTooLong ? undefined : parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function writeHere({ request, document, providers }: Render, source: Prompt): WrittenScenes {
  const { prompt, sceneCount } = source;
  try {
    const { language } = document;
    const script = providers.script.write({ prompt, sceneCount, language, seed: request.seed });
    if (script.scenes.length === sceneCount) return { script, provider: providers.script.name };
    throw new RangeError(`${script.scenes.length} scenes instead of ${sceneCount}`);
  } catch (error) {
    throw asRenderFault(error, { code: "script_failed", detail: "The script could not be written." });
  }
}
