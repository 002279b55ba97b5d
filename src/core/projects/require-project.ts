import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { findTenantProject } from "./store.ts";
import type { ProjectRow } from "./tables.ts";

/** The project, or `not_found` for one that is not there or is another tenant's. */
export async function requireProject(context: UserContext, projectId: string): Promise<ProjectRow> {
  const project = await findTenantProject(context.deps, context.actor.tenantId, projectId);
  return project ?? fail("not_found", "There is no such project of yours.");
}

/** Refuses `validation_failed` when a video is to belong to a project that is not there. */
export async function requireProjectId(context: UserContext, projectId: string | undefined): Promise<void> {
  if (projectId === undefined) return;
  if ((await findTenantProject(context.deps, context.actor.tenantId, projectId)) !== null) return;
  const detail = "is not a project of yours";
  fail("validation_failed", `«/project_id» ${detail}. Nothing was charged.`, {
    errors: [{ pointer: "/project_id", detail, code: "not_found" }],
  });
}
