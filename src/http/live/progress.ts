import { Hono, type Context as HonoContext } from "hono";
import { progressEvent } from "../../contract/videos.ts";
import { fail } from "../../core/fail.ts";
import { progressById, requireOwnProgress } from "../../core/videos/read-video.ts";
import type { RoomEvent } from "../../core/videos/room-event.ts";
import { contextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { operation } from "../operation.ts";
import { signedIn } from "../routes/files.ts";
import { hasValidLink } from "../signed-link.ts";

export const liveRoutes = new Hono<HttpEnv>()
  .get(
    "/videos/:id/events",
    operation({
      id: "streamVideoEvents",
      summary: "A video's progress as server-sent events",
      description:
        "`progress` events, then one named `succeeded`, `failed` or `cancelled`, after which the stream ends. Resumes from Last-Event-ID. The link in `urls.events` needs no header.",
      tag: "Videos",
      permission: "videos.read",
      opensByLink: true,
      answers: {
        200: { description: "Events whose data is this", schema: progressEvent, contentType: "text/event-stream" },
      },
      refuses: ["unauthenticated", "not_found"],
    }),
    existing("video"),
    async (c) => {
      const snapshot = await snapshotOf(c, c.req.param("id"));
      const after = Number(c.req.header("Last-Event-ID") ?? Number.NaN);
      const afterSequence = Number.isSafeInteger(after) && after >= 0 ? after : 0;
      const stream = await c.env.deps.room(c.req.param("id")).stream(afterSequence, snapshot);
      return c.body(stream, 200, {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-cache, no-transform",
        "Access-Control-Allow-Origin": "*",
      });
    },
  )
  .get(
    "/videos/:id/socket",
    operation({
      id: "openVideoSocket",
      summary: "A video's progress over a WebSocket",
      description:
        "The events of `/events` as JSON messages `{id, event, data}`. The link in `urls.socket` needs no header.",
      tag: "Videos",
      permission: "videos.read",
      opensByLink: true,
      answers: { 101: { description: "The socket is open" } },
      refuses: ["unauthenticated", "not_found", "malformed_request"],
    }),
    existing("video"),
    async (c) => {
      const snapshot = await snapshotOf(c, c.req.param("id"));
      if (c.req.header("Upgrade")?.toLowerCase() !== "websocket")
        fail("malformed_request", "Open this path as a WebSocket.");
      return c.env.deps.room(c.req.param("id")).connect(c.req.raw, snapshot);
    },
  );

async function snapshotOf(c: HonoContext<HttpEnv>, videoId: string): Promise<RoomEvent> {
  const data = (await hasValidLink(c))
    ? await progressById(contextOf(c), videoId)
    : await requireOwnProgress(signedIn(c), videoId);
  return { sequence: 0, data };
}
