import { Hono, type Context as HonoContext } from "hono";
import { type OutputName, outputNames } from "../../contract/render-events.ts";
import { fail } from "../../core/fail.ts";
import { outputSegments } from "../../core/videos/files.ts";
import { findLinkedFile, findOwnFile } from "../../core/videos/open-file.ts";
import { contextOf, userContextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { operation } from "../operation.ts";
import { hasValidLink } from "../signed-link.ts";

const contentTypes: Record<OutputName, string> = {
  "video.mp4": "video/mp4",
  "poster.jpg": "image/jpeg",
  "captions.vtt": "text/vtt",
  "captions.srt": "application/x-subrip",
  "words.json": "application/json",
};
const summaries: Record<OutputName, string> = {
  "video.mp4": "The video itself",
  "poster.jpg": "Its poster",
  "captions.vtt": "Its captions as WebVTT",
  "captions.srt": "Its captions as SRT",
  "words.json": "When each word is spoken",
};
/** A finished video never changes, but its link is personal. */
const cacheControl = "private, max-age=3600, immutable";

export const fileRoutes = new Hono<HttpEnv>();
for (const name of outputNames) {
  fileRoutes.get(
    `/videos/:id/${outputSegments[name]}`,
    operation({
      id: `get${name.replace(/(^|[.-])(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`,
      summary: summaries[name],
      description: "With credentials, or with the signature in the link. Ranges and conditions are honoured.",
      tag: "Videos",
      who: "link",
      isRateLimited: false,
      answers: {
        200: { description: "The file", contentType: contentTypes[name] },
        206: { description: "The range asked for", contentType: contentTypes[name] },
      },
      refuses: ["unauthenticated", "not_found", "video_not_ready", "video_gone", "range_not_satisfiable"],
    }),
    existing("video"),
    async (c) => {
      const videoId = c.req.param("id");
      const key = (await hasValidLink(c))
        ? await findLinkedFile(contextOf(c), videoId, name)
        : await findOwnFile(signedIn(c), videoId, name);
      if (key === null) fail("video_not_ready", "The video is still being made. Try again in a moment.");
      return respondWithFile(c, key);
    },
  );
}

export async function respondWithFile(c: HonoContext<HttpEnv>, key: string): Promise<Response> {
  const headers = new Headers({ "Cache-Control": cacheControl, "Access-Control-Allow-Origin": "*" });
  const response = await c.env.deps.files.respond(key, c.req.raw, headers);
  return response ?? fail("not_found", "The file is gone.");
}

export function signedIn(c: HonoContext<HttpEnv>) {
  if (c.var.actor.kind !== "user")
    fail("unauthenticated", "Send your access token, or use the link from the video's `output`.");
  return userContextOf(c);
}
