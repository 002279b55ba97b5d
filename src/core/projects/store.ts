import { and, count, desc, eq, lt, or, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { type ProjectRow, projects } from "./tables.ts";

const own = (tenantId: string, projectId: string) => and(eq(projects.id, projectId), eq(projects.tenantId, tenantId));

export async function findTenantProject(deps: Deps, tenantId: string, projectId: string): Promise<ProjectRow | null> {
  const [row] = await deps.db.select().from(projects).where(own(tenantId, projectId)).limit(1);
  return row ?? null;
}

export async function countProjects(deps: Deps, tenantId: string): Promise<number> {
  const [row] = await deps.db.select({ rows: count() }).from(projects).where(eq(projects.tenantId, tenantId));
  return row?.rows ?? 0;
}

/** Newest first. */
export async function listTenantProjects(
  deps: Deps,
  query: { tenantId: string; after?: { createdAtMs: number; id: string } | undefined; limit: number },
): Promise<ProjectRow[]> {
  const { after } = query;
  return deps.db
    .select()
    .from(projects)
    .where(
      and(
        eq(projects.tenantId, query.tenantId),
        after === undefined
          ? undefined
          : or(
              lt(projects.createdAtMs, after.createdAtMs),
              and(eq(projects.createdAtMs, after.createdAtMs), lt(projects.id, after.id)),
            ),
      ),
    )
    .orderBy(desc(projects.createdAtMs), desc(projects.id))
    .limit(query.limit);
}

/** Does nothing when the id is there already: the same request, repeated. */
export function insertProject(deps: Deps, row: typeof projects.$inferInsert) {
  return deps.db.insert(projects).values(row).onConflictDoNothing();
}

/** Does nothing, and returns none, when the project is at another version than the one that was changed. */
export function updateProjectRow(
  deps: Deps,
  project: Pick<ProjectRow, "id" | "tenantId"> & { version: number | undefined },
  changes: Partial<Pick<ProjectRow, "title" | "scenes" | "options">> & { updatedAtMs: number },
) {
  const { id, tenantId, version } = project;
  return deps.db
    .update(projects)
    .set({ ...changes, version: sql`${projects.version} + 1` })
    .where(and(own(tenantId, id), version === undefined ? undefined : eq(projects.version, version)))
    .returning();
}

export function deleteProjectRow(deps: Deps, project: Pick<ProjectRow, "id" | "tenantId">) {
  return deps.db.delete(projects).where(own(project.tenantId, project.id));
}
