import { Hono, type Context as HonoContext } from "hono";
import { fail } from "../../core/fail.ts";
import { type OutputPart, outputParts } from "../../core/videos/files.ts";
import { findLinkedFile, findOwnFile } from "../../core/videos/open-file.ts";
import { contextOf, userContextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { operation } from "../operation.ts";
import { hasValidLink } from "../signed-link.ts";

const contentTypes: Record<OutputPart, string> = {
  file: "video/mp4",
  poster: "image/jpeg",
  "captions.vtt": "text/vtt",
  "captions.srt": "application/x-subrip",
  "words.json": "application/json",
};
const operations: Record<OutputPart, { id: string; summary: string }> = {
  file: { id: "getVideoFile", summary: "The video itself: MP4, WebM or GIF, as was chosen" },
  poster: { id: "getPoster", summary: "Its poster" },
  "captions.vtt": { id: "getCaptionsVtt", summary: "Its captions as WebVTT" },
  "captions.srt": { id: "getCaptionsSrt", summary: "Its captions as SRT" },
  "words.json": { id: "getWordsJson", summary: "When each word is spoken" },
};
/** A finished video never changes, but its link is personal. */
const cacheControl = "private, max-age=3600, immutable";

export const fileRoutes = new Hono<HttpEnv>();
for (const part of outputParts) {
  fileRoutes.get(
    `/videos/:id/${part}`,
    operation({
      ...operations[part],
      description: "With credentials, or with the signature in the link. Ranges and conditions are honoured.",
      tag: "Videos",
      permission: "videos.read",
      opensByLink: true,
      isRateLimited: false,
      answers: {
        200: { description: "The file", contentType: contentTypes[part] },
        206: { description: "The range asked for", contentType: contentTypes[part] },
      },
      refuses: ["unauthenticated", "not_found", "video_not_ready", "video_gone", "range_not_satisfiable"],
    }),
    existing("video"),
    async (c) => {
      const videoId = c.req.param("id");
      const key = (await hasValidLink(c))
        ? await findLinkedFile(contextOf(c), videoId, part)
        : await findOwnFile(signedIn(c), videoId, part);
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

/** Whoever came without a valid link; `link` says where one is to be had. */
export function signedIn(c: HonoContext<HttpEnv>, link = "the link from the video's `output`") {
  if (c.var.actor.kind !== "user") fail("unauthenticated", `Send your access token, or use ${link}.`);
  return userContextOf(c);
}
