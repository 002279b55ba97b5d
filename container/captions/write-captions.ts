import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Aspect } from "../../src/contract/video.ts";
import type { TimedScene } from "../scenes.ts";
import { columnsOf } from "./columns.ts";
import { cutCues } from "./cues.ts";
import { srtDocument } from "./srt.ts";
import { vttDocument } from "./vtt.ts";
import { wordsDocument } from "./words.ts";

/** Upright video is read at arm's length and beside other things: fewer, larger words at a time. */
const lineColumnsMax: Record<Aspect, number> = { "9:16": 24, "4:5": 30, "1:1": 32, "16:9": 42 };

/** Writes captions.vtt, captions.srt and words.json into `directory`. They are there whatever is drawn into the picture. */
export async function writeCaptionFiles(
  scenes: TimedScene[],
  options: { aspect: Aspect; fps: number; directory: string },
): Promise<void> {
  const cues = cutCues(scenes, {
    ...{ fps: options.fps, lineWidthMax: lineColumnsMax[options.aspect], gapWidth: 1, widthOf: columnsOf },
  });
  const write = (name: string, text: string) => writeFile(path.join(options.directory, name), text);
  await write("captions.vtt", vttDocument(cues));
  await write("captions.srt", srtDocument(cues));
  await write("words.json", wordsDocument(scenes));
}
