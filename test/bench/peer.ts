import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const settings = z.object({
  /** Where remotion, @remotion/renderer, @remotion/bundler, react and react-dom are installed. */
  REMOTION_DIRECTORY: z.string().optional(),
  CHROMIUM_PATH: z.string().default("/usr/bin/chromium"),
});

const measured = z.object({ seconds: z.number().positive(), frames: z.int().positive() });

export const peerUnavailable =
  "Remotion was not run: set REMOTION_DIRECTORY to a directory with remotion, @remotion/renderer, @remotion/bundler (one\n" +
  "  version), react and react-dom, and CHROMIUM_PATH to a browser. It is not a dependency: its licence asks companies to buy one.\n" +
  "  editly cannot be installed by npm alone: its canvas 2.11 and gl are built from source against Debian's libraries.";

/**
 * Seconds Remotion needs for six pictures, cross-fades and word highlights, 1797 frames of 1080p30, veryfast, crf 23, without
 * sound; undefined when it is not there.
 */
export async function remotionSeconds(
  pictures: string[],
): Promise<{ seconds: number; videoSeconds: number } | undefined> {
  const { REMOTION_DIRECTORY: home, CHROMIUM_PATH: browser } = settings.parse(process.env);
  if (home === undefined) return undefined;
  const directory = await mkdtemp(join(tmpdir(), "shujaa-peer-"));
  try {
    await Promise.all(pictures.map((picture, index) => copyFile(picture, join(directory, `picture-${index}.jpg`))));
    for (const file of ["film.mjs", "render.mjs"]) {
      await copyFile(join(import.meta.dirname, "remotion", file), join(home, file));
    }
    const output = join(directory, "film.mp4");
    const { stdout } = await promisify(execFile)(process.execPath, ["render.mjs", directory, output, browser], {
      cwd: home,
    });
    const { seconds, frames } = measured.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
    return { seconds, videoSeconds: frames / 30 };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
