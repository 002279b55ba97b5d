/** Making, changing and deleting projects: each with its audit row. */
import type { CreateProjectBody, ProjectAnswer, ProjectSceneBody, UpdateProjectBody } from "../../contract/projects.ts";
import { auditRow } from "../audit/audit-row.ts";
import { makeId, type UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { idempotencyPlace } from "../idempotency/scope.ts";
import { idFromDigest } from "../ids.ts";
import { readProject } from "./read-project.ts";
import { requireProject } from "./require-project.ts";
import { countProjects, deleteProjectRow, insertProject, updateProjectRow } from "./store.ts";

/** Far above what anybody keeps in mind; it bounds what one account can store for nothing. */
export const projectsMax = 1_000;

/** Makes a project. Refuses `validation_failed` when there are `projectsMax` of them. */
export async function createProject(
  context: UserContext,
  input: { body: CreateProjectBody; idempotencyKey: string | null },
): Promise<ProjectAnswer> {
  const { deps, actor } = context;
  const { body } = input;
  if ((await countProjects(deps, actor.tenantId)) >= projectsMax) {
    const detail = `an account keeps at most ${projectsMax} projects; delete one first`;
    fail("validation_failed", `Nothing was done: ${detail}.`, { errors: [{ pointer: "", detail }] });
  }
  const id = await chooseId(context, input.idempotencyKey);
  const nowMs = deps.clock.now();
  await deps.db.batch([
    insertProject(deps, {
      id,
      tenantId: actor.tenantId,
      userId: actor.userId,
      title: body.title,
      scenes: withIds(context, body.scenes ?? []),
      options: body.options ?? {},
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
    }),
    auditRow(context, { action: "project.create", target: id, tenantId: actor.tenantId }),
  ]);
  return readProject(context, id);
}

/** Replaces what is given. Refuses `not_found`. */
export async function updateProject(
  context: UserContext,
  input: { projectId: string; body: UpdateProjectBody },
): Promise<ProjectAnswer> {
  const { deps, actor } = context;
  const { title, scenes, options } = input.body;
  const project = await requireProject(context, input.projectId);
  await deps.db.batch([
    updateProjectRow(deps, project, {
      ...(title === undefined ? {} : { title }),
      ...(scenes === undefined ? {} : { scenes: withIds(context, scenes) }),
      ...(options === undefined ? {} : { options }),
      updatedAtMs: deps.clock.now(),
    }),
    auditRow(context, { action: "project.update", target: project.id, tenantId: actor.tenantId }),
  ]);
  return readProject(context, project.id);
}

/** Deletes a project; the videos that were made of it stay in the library. Refuses `not_found`. */
export async function deleteProject(context: UserContext, projectId: string): Promise<void> {
  const { deps, actor } = context;
  const project = await requireProject(context, projectId);
  await deps.db.batch([
    deleteProjectRow(deps, project),
    auditRow(context, { action: "project.delete", target: project.id, tenantId: actor.tenantId }),
  ]);
}

function withIds(context: UserContext, scenes: readonly ProjectSceneBody[]): ProjectAnswer["scenes"] {
  return scenes.map((scene) => ({ ...scene, id: scene.id ?? newSceneId(context) }));
}

function newSceneId(context: UserContext): string {
  return `s_${Array.from(context.deps.randomness.bytes(8), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

async function chooseId(context: UserContext, idempotencyKey: string | null): Promise<string> {
  if (idempotencyKey === null) return makeId(context, "project");
  return idFromDigest(
    "project",
    await context.deps.digests.sha256(`project:${idempotencyPlace(context.actor)}:${idempotencyKey}`),
  );
}
