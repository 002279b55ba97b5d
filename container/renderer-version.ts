import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ArtefactKind } from "../src/contract/render-events.ts";
import { canCompose } from "./video/compositor-lanes.ts";

/** What the bytes of each kind of artefact are made by: rooms and files of this folder. A change anywhere in them makes new keys. */
const makersOf: Record<ArtefactKind, readonly string[]> = {
  speech: ["voice", "ffmpeg", "media", "script", "speech-file.ts", "scenes.ts"],
  sound: ["audio", "ffmpeg", "media", "random.ts", "scenes.ts"],
  segment: ["video", "overlay", "captions", "picture", "ffmpeg", "media", "random.ts", "scenes.ts"],
  poster: ["video", "overlay", "captions", "picture", "ffmpeg", "media", "random.ts", "scenes.ts"],
};

/** Packages whose code or data ends up in what is made; a test holds this list against the imports. */
export const makingPackages = [
  "@echogarden/espeak-ng-emscripten",
  "@expo-google-fonts/anton",
  "@expo-google-fonts/bricolage-grotesque",
  "@expo-google-fonts/dm-serif-display",
  "@expo-google-fonts/noto-emoji",
  "@expo-google-fonts/noto-sans",
  "@expo-google-fonts/noto-sans-arabic",
  "@expo-google-fonts/noto-sans-devanagari",
  "@expo-google-fonts/noto-sans-ethiopic",
  "@expo-google-fonts/poppins",
  "@napi-rs/canvas",
  "@resvg/resvg-js",
] as const;

/** A number to raise when the bytes change for a reason that is in none of these files. */
const engineRevision = 1;

export type RendererVersion = Record<ArtefactKind, string>;

const folder = path.dirname(fileURLToPath(import.meta.url));

/**
 * What made an artefact, as a digest of the very code, the packages and the ffmpeg that did: nobody has to remember to
 * raise a number when a look changes, and what did not change keeps its artefacts.
 */
export async function readRendererVersion(ffmpegVersion: string): Promise<RendererVersion> {
  const packages = await Promise.all(makingPackages.map(packageVersion));
  const engine = canCompose() ? "compositor" : "filters";
  const common = JSON.stringify([engineRevision, ffmpegVersion, process.arch, engine, packages]);
  const digestOf = async (kind: ArtefactKind) => {
    const hash = createHash("sha256").update(common);
    for (const maker of makersOf[kind]) {
      for (const file of await filesOf(path.join(folder, maker))) {
        hash.update(`\n${path.relative(folder, file)}\n`).update(await readFile(file));
      }
    }
    return hash.digest("hex");
  };
  const [speech, sound, segment, poster] = await Promise.all([
    digestOf("speech"),
    digestOf("sound"),
    digestOf("segment"),
    digestOf("poster"),
  ]);
  return { speech, sound, segment, poster };
}

async function packageVersion(name: string): Promise<string> {
  const file = path.join(folder, "..", "node_modules", name, "package.json");
  const { version } = JSON.parse(await readFile(file, "utf8")) as { version: string };
  return `${name}@${version}`;
}

/** In an order that is the same on every machine. */
async function filesOf(where: string): Promise<string[]> {
  if (path.extname(where) !== "") return [where];
  const entries = await readdir(where, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return files.sort();
}
