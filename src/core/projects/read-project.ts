import type { ProjectAnswer, ProjectsAnswer, ProjectsQuery } from "../../contract/projects.ts";
import type { UserContext } from "../context.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import { newestOfProjects } from "../videos/project-videos.ts";
import { requireProject } from "./require-project.ts";
import { listTenantProjects } from "./store.ts";
import type { ProjectRow } from "./tables.ts";

/** One project. Refuses `not_found`. */
export async function readProject(context: UserContext, projectId: string): Promise<ProjectAnswer> {
  return answerProject(context, await requireProject(context, projectId));
}

export async function answerProject(context: UserContext, project: ProjectRow): Promise<ProjectAnswer> {
  return toAnswer(project, await newestOfProjects(context, [project.id]));
}

/** The projects of the caller's tenant, newest first. */
export async function listProjects(context: UserContext, query: ProjectsQuery): Promise<ProjectsAnswer> {
  const [createdAtMs, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["number", "string"]);
  const rows = await listTenantProjects(context.deps, {
    tenantId: context.actor.tenantId,
    after: createdAtMs === undefined ? undefined : { createdAtMs: Number(createdAtMs), id: String(id) },
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const renders = await newestOfProjects(
    context,
    page.map((project) => project.id),
  );
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    data: page.map((project) => toAnswer(project, renders)),
    next_cursor: last === undefined ? null : encodeCursor([last.createdAtMs, last.id]),
  };
}

type Renders = Awaited<ReturnType<typeof newestOfProjects>>;

function toAnswer(project: ProjectRow, renders: Renders): ProjectAnswer {
  return {
    id: project.id,
    title: project.title,
    scenes: project.scenes,
    options: project.options,
    version: project.version,
    last_render: renders.get(project.id) ?? null,
    created_at: new Date(project.createdAtMs).toISOString(),
    updated_at: new Date(project.updatedAtMs).toISOString(),
  };
}
