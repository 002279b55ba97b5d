import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { MediaFacts } from "../../src/contract/container-protocol.ts";
import type { Wanted } from "../../src/contract/render-events.ts";
import type { MediaReference } from "../../src/contract/video.ts";
import { digestOf } from "../canonical.ts";
import { asRenderFault, RenderFault } from "../failure.ts";
import { probeMedia } from "../media/probe-media.ts";
import type { Render } from "./render.ts";
import { askedScenes } from "./scene-facts.ts";

type MediaUse = Extract<Wanted, { type: "media" }>["use"];
export type OwnMedia = { file: string; sha256: string; facts: MediaFacts };

export function wantedMedia(media: MediaReference, use: MediaUse, scene?: number): Wanted {
  const key = digestOf({ type: "media", media, use });
  return { type: "media", key, media, use, ...(scene === undefined ? {} : { scene }) };
}

/** All of the caller's own files that the video is made with. */
export function everyWantedMedia({ document }: Render): Wanted[] {
  const { music, brand } = document;
  const scenes = askedScenes(document).flatMap(({ picture, recording }, index) => [
    ...(picture?.kind === "media" ? [wantedMedia(picture.media, "picture", index)] : []),
    ...(recording ? [wantedMedia(recording, "recording", index)] : []),
  ]);
  return [
    ...scenes,
    ...(music.bed.kind === "media" ? [wantedMedia(music.bed.media, "music")] : []),
    ...(brand.logo ? [wantedMedia(brand.logo, "logo")] : []),
  ];
}

const kindsFor: Record<MediaUse, { kinds: MediaFacts["kind"][]; words: string }> = {
  picture: { kinds: ["image", "video"], words: "A scene's picture is an image or a video clip" },
  recording: { kinds: ["audio"], words: "A recording is a sound file" },
  music: { kinds: ["audio"], words: "Music is a sound file" },
  logo: { kinds: ["image"], words: "A logo is an image" },
};
const nouns: Record<MediaFacts["kind"], string> = { image: "an image", audio: "a sound file", video: "a video" };

/**
 * The caller's own file, looked at before anything uses it. Throws RenderFault `media_failed` when it did not come and
 * `media_refused` when it cannot be used, both naming the scene.
 */
export async function ownMedia(
  render: Render,
  signal: AbortSignal,
  media: MediaReference,
  use: MediaUse,
  scene?: number,
): Promise<OwnMedia> {
  const supply = await render.supplies.get(wantedMedia(media, use, scene), signal);
  if (!supply) {
    const detail = `${"asset" in media ? "An uploaded file" : "A file at an address"} of this video could not be fetched.`;
    throw new RenderFault("media_failed", detail, { isRetryable: true, scene });
  }
  try {
    const facts = await probeMedia(supply.file, signal);
    const { kinds, words } = kindsFor[use];
    if (!kinds.includes(facts.kind)) {
      throw new RenderFault("media_refused", `${words}; this is ${nouns[facts.kind]}.`, { isRetryable: false, scene });
    }
    return { file: supply.file, sha256: await sha256Of(supply.file, signal), facts };
  } catch (error) {
    signal.throwIfAborted();
    const detail = "A file of this video could not be read.";
    throw asRenderFault(error, { code: "media_refused", detail, ...(scene === undefined ? {} : { scene }) });
  }
}

export async function sha256Of(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash, { signal });
  return hash.digest("hex");
}
