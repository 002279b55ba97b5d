import type { VideoStatus } from "../../contract/render-events.ts";
import type { VideoDocument } from "../../contract/video.ts";
import type { UserContext } from "../context.ts";
import { videoIdOfKey } from "./key-id.ts";
import { findNewestOfProjects, listSucceeded } from "./store.ts";

/** D1 takes 100 bound parameters a statement, and a page of projects is as long. */
const idsPerQuery = 90;

/** The newest video of each of these projects that has one. */
export async function newestOfProjects(
  context: UserContext,
  projectIds: readonly string[],
): Promise<Map<string, { video_id: string; status: VideoStatus }>> {
  const found = new Map<string, { video_id: string; status: VideoStatus }>();
  for (let start = 0; start < projectIds.length; start += idsPerQuery) {
    const ids = projectIds.slice(start, start + idsPerQuery);
    for (const video of await findNewestOfProjects(context.deps, context.actor.tenantId, ids)) {
      if (video.projectId !== null) found.set(video.projectId, { video_id: video.id, status: video.status });
    }
  }
  return found;
}

/** So many of a project's finished videos are looked at for one of the same shape. */
const lookedAt = 20;

type Shape = Pick<VideoDocument, "aspect" | "resolution" | "fps" | "format" | "isDraft">;

/**
 * The video that a project's next render revises: the newest of its shape, since a project is rendered in several sizes by
 * turns. null: it is made whole. A repeat's own video is not what it revises.
 */
export async function revisedByProject(
  context: UserContext,
  { projectId, idempotencyKey, shape }: { projectId: string; idempotencyKey: string | null; shape: Shape },
): Promise<string | null> {
  const exceptId = await videoIdOfKey(context, idempotencyKey);
  const query = { tenantId: context.actor.tenantId, projectId, exceptId, limit: lookedAt };
  const finished = await listSucceeded(context.deps, query);
  return finished.find(({ document }) => isAlike(document, shape))?.id ?? null;
}

function isAlike(one: Shape, other: Shape): boolean {
  return (["aspect", "resolution", "fps", "format", "isDraft"] as const).every((side) => one[side] === other[side]);
}
