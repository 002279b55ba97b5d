/**
 * The one protocol between the queue consumer and a renderer, be it a local Node process or a Cloudflare Container.
 * The renderer never calls out and holds no secret; everything it needs is in the request.
 *
 *   GET    /health                     200 RendererHealth
 *   POST   /renders/:id                RenderRequest → 200 application/x-ndjson, one RenderEvent a line, the last one
 *                                      `done` or `failed`. The same id and request again re-attaches: the events so
 *                                      far are replayed, then the stream goes on. Closing the stream does not stop
 *                                      the render; after a failure that may be retried it starts afresh. 409 the same
 *                                      id with another request; 422 a request that is not valid; 429 with Retry-After
 *                                      when every slot is taken.
 *   GET    /renders/:id/files/:name    200 the bytes of an output, with Content-Length; 404 before `done`
 *   DELETE /renders/:id                204; stops the render within two seconds and deletes its files; unknown ids too
 *
 * Errors are `{"code": string, "detail": string}` as application/json.
 */
import { z } from "zod";
import { videoDocument } from "./video.ts";

export const renderRequest = z.strictObject({
  document: videoDocument,
  /** Decides the drawn pictures, the music and the wording: the same request renders the same video. */
  seed: z.string().min(1).max(128),
});
export type RenderRequest = z.infer<typeof renderRequest>;

export const rendererHealth = z.strictObject({
  ok: z.literal(true),
  version: z.string(),
  ffmpeg: z.string(),
  running: z.int().nonnegative(),
  slots: z.int().positive(),
});
export type RendererHealth = z.infer<typeof rendererHealth>;

/** A line of the event stream arrives at least this often while a render runs. */
export const heartbeatIntervalMs = 5_000;
/** A stream silent for this long is taken for dead: the caller drops it and attaches again. */
export const silenceLimitMs = 30_000;
/** A finished render's files are kept this long for a caller that has to come back. */
export const keepFinishedMs = 15 * 60_000;
