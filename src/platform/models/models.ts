import { type Language, languages } from "../../contract/video.ts";
import { type Models, OutsideError } from "../../core/deps.ts";
import type { ModelRunner } from "./model-runner.ts";
import { paintPicture } from "./paint-picture.ts";
import { speakText } from "./speak-text.ts";
import { writeScript } from "./write-script.ts";

/** Names of models; `off` for what none is to do. `voices` is `language=model`, separated by commas. */
export type ModelNames = { script: string; picture: string; voices: string };

/** What models can do here; without a runner nothing. */
export function createModels(runner: ModelRunner | null, names: ModelNames): Models {
  const voices = readVoices(names.voices);
  const isOn = (name: string) => runner !== null && name !== "off";
  const requireRunner = (name: string | undefined): { runner: ModelRunner; name: string } => {
    if (runner === null || name === undefined || name === "off")
      throw new OutsideError("no such model is set up", false);
    return { runner, name };
  };
  return {
    hasScripts: isOn(names.script),
    hasPictures: isOn(names.picture),
    hasVoice: (language) => runner !== null && voices.has(language),
    async script(ask) {
      const model = requireRunner(names.script);
      return writeScript(model.runner, model.name, ask);
    },
    async voice(ask) {
      const model = requireRunner(voices.get(ask.language));
      return speakText(model.runner, model.name, ask);
    },
    async picture(ask) {
      const model = requireRunner(names.picture);
      return paintPicture(model.runner, model.name, ask);
    },
  };
}

function readVoices(list: string): Map<Language, string> {
  const voices = new Map<Language, string>();
  for (const entry of list.split(",")) {
    const [code = "", model = ""] = entry.trim().split("=", 2);
    const language = languages.find((known) => known === code);
    if (language !== undefined && model !== "") voices.set(language, model);
  }
  return voices;
}
