/**
 * The one protocol between the queue consumer and a renderer, be it a local Node process or a Cloudflare Container.
 * The renderer never calls out and holds no secret; what it needs is in the request, or is asked for in its events.
 *
 *   GET    /health                          200 RendererHealth
 *   POST   /renders/:id                     RenderRequest → 200 application/x-ndjson, one RenderEvent a line, the last one
 *                                           `done`, `part_done` or `failed`. The same id and request again re-attaches: the
 *                                           events so far are replayed, then the stream goes on. Closing the stream does
 *                                           not stop the render; after a failure that may be retried it starts afresh. 409
 *                                           the same id with another request; 422 a request that is not valid; 429 with
 *                                           Retry-After when every slot is taken.
 *   PUT    /renders/:id/supplies/:key       204; the bytes of something the render wanted, with Content-Type and, when a
 *                                           provider made it, X-Provider. A repeat, or what nobody waits for any more: 204.
 *   POST   /renders/:id/missing             MissingRequest → 204; what the caller has not: the render makes it itself, or
 *                                           fails when it is the caller's own media.
 *   GET    /renders/:id/artefacts/:key      200 the bytes of something `made`, with Content-Length; 404 unknown
 *   GET    /renders/:id/files/:name         200 the bytes of an output, with Content-Length; 404 before `done`
 *   DELETE /renders/:id                     204; stops the render within two seconds and deletes its files; unknown ids too
 *   POST   /media                           an image, audio or video file of at most `mediaMaxBytes` → 200 MediaFacts;
 *                                           422 `media_refused` with words for its owner
 *   POST   /images                          ImageRequest → 200 image/jpeg
 *
 * What is wanted and neither supplied nor missed within `supplyLimitMs` counts as missing; a segment is waited for as long
 * as somebody is attached. Errors are `{"code": string, "detail": string}` as application/json.
 */
import { z } from "zod";
import { artefactKey } from "./render-events.ts";
import { aspects, pictureStyles, readableText, sceneTextMaxCharacters, videoDocument } from "./video.ts";

/** What the caller can supply; nothing else is asked for. Media are always the caller's to supply. */
export const offers = ["artefact", "script", "voice", "picture"] as const;
export type Offer = (typeof offers)[number];

export const renderRequest = z.strictObject({
  document: videoDocument,
  /** Decides the drawn pictures, the music and the wording: the same request renders the same video. */
  seed: z.string().min(1).max(128),
  offers: z.array(z.enum(offers)),
  /** Only these segments are made, for another container to join: the render ends with `part_done`. */
  part: z.strictObject({ segments: z.array(artefactKey).min(1).max(1_000) }).optional(),
});
export type RenderRequest = z.infer<typeof renderRequest>;

export const missingRequest = z.strictObject({ keys: z.array(artefactKey).min(1).max(1_000) });
export type MissingRequest = z.infer<typeof missingRequest>;

export const mediaKinds = ["image", "audio", "video"] as const;
export const mediaFacts = z.strictObject({
  kind: z.enum(mediaKinds),
  /** As the bytes say, whatever the caller called them. */
  contentType: z.string(),
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  durationSeconds: z.number().positive().optional(),
  /** A JPEG of at most 320 pixels a side, base64; absent for sound. */
  thumbnail: z.string().optional(),
});
export type MediaFacts = z.infer<typeof mediaFacts>;

export const imageRequest = z.strictObject({
  prompt: readableText(sceneTextMaxCharacters),
  aspect: z.enum(aspects),
  style: z.enum(pictureStyles),
  seed: z.string().min(1).max(128),
});
export type ImageRequest = z.infer<typeof imageRequest>;

export const rendererHealth = z.strictObject({
  ok: z.literal(true),
  version: z.string(),
  ffmpeg: z.string(),
  running: z.int().nonnegative(),
  slots: z.int().positive(),
});
export type RendererHealth = z.infer<typeof rendererHealth>;

export const mediaMaxBytes = 100_000_000;
/** A line of the event stream arrives at least this often while a render runs. */
export const heartbeatIntervalMs = 5_000;
/** A stream silent for this long is taken for dead: the caller drops it and attaches again. */
export const silenceLimitMs = 30_000;
/** A finished render's files are kept this long for a caller that has to come back. */
export const keepFinishedMs = 15 * 60_000;
/** A provider has 60 s for a step with its retries; the rest is for carrying the bytes. */
export const supplyLimitMs = 90_000;
