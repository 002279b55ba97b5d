import type { VideoStatus } from "../../contract/render-events.ts";
import type { UserContext } from "../context.ts";
import { videoIdOfKey } from "./key-id.ts";
import { findLastSucceeded, findNewestOfProjects } from "./store.ts";

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

/** The video that a project's next render revises; null: it is made whole. A repeat's own video is not what it revises. */
export async function lastSucceededOfProject(
  context: UserContext,
  { projectId, idempotencyKey }: { projectId: string; idempotencyKey: string | null },
): Promise<string | null> {
  const exceptId = await videoIdOfKey(context, idempotencyKey);
  const last = await findLastSucceeded(context.deps, { tenantId: context.actor.tenantId, projectId, exceptId });
  return last?.id ?? null;
}
