import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Aspect, CaptionStyle } from "../../src/contract/video.ts";
import { boldFontFile } from "../picture/font.ts";
import type { TimedScene } from "../scenes.ts";
import { assDocument } from "./ass.ts";
import { cutCues } from "./cues.ts";
import { srtDocument } from "./srt.ts";
import { readTypeface } from "./typeface.ts";
import { vttDocument } from "./vtt.ts";
import { wordsDocument } from "./words.ts";

/** Upright video is read at arm's length and beside other things: fewer, larger words at a time. */
const lineCharactersMax: Record<Aspect, number> = { "9:16": 24, "16:9": 42 };

/** Bricolage Grotesque Bold, by the name inside its file: that is how libass finds it. */
const fontFamily = "Bricolage Grotesque";
const assFile = "captions.ass";
const fontsDirectory = "fonts";

/** Writes captions.vtt, captions.srt and words.json into `directory`. They are there whatever is burned into the picture. */
export async function writeCaptionFiles(
  scenes: TimedScene[],
  options: { aspect: Aspect; fps: number; directory: string },
) {
  const cues = cutCues(scenes, { fps: options.fps, lineCharactersMax: lineCharactersMax[options.aspect] });
  const write = (name: string, text: string) => writeFile(path.join(options.directory, name), text);
  await write("captions.vtt", vttDocument(cues));
  await write("captions.srt", srtDocument(cues));
  await write("words.json", wordsDocument(scenes));
}

/** Writes what libass needs into `directory` and answers its names there: undefined when nothing is to be burned. */
export async function prepareBurn(
  scenes: TimedScene[],
  options: { style: CaptionStyle; aspect: Aspect; fps: number; width: number; height: number; directory: string },
): Promise<{ assFile: string; fontsDirectory: string } | undefined> {
  const { style, aspect, fps, width, height, directory } = options;
  if (style === "off") return undefined;
  const cues = cutCues(scenes, { fps, lineCharactersMax: lineCharactersMax[aspect] });
  const typeface = readTypeface(await readFile(boldFontFile));
  await mkdir(path.join(directory, fontsDirectory));
  await copyFile(boldFontFile, path.join(directory, fontsDirectory, "captions.ttf"));
  const document = assDocument(cues, { highlight: style, width, height, fontFamily, typeface });
  await writeFile(path.join(directory, assFile), document);
  return { assFile, fontsDirectory };
}
