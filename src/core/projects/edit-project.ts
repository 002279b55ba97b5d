/** Making, changing and deleting projects: each with its audit row. */
import type { CreateProjectBody, ProjectAnswer, ProjectSceneBody, UpdateProjectBody } from "../../contract/projects.ts";
import { auditRow, auditRowIfChanged } from "../audit/audit-row.ts";
import { makeId, type UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { idempotencyPlace } from "../idempotency/scope.ts";
import { idFromDigest } from "../ids.ts";
import { answerProject, readProject } from "./read-project.ts";
import { requireNamedAssets } from "./require-named-assets.ts";
import { requireProject } from "./require-project.ts";
import { countProjects, deleteProjectRow, insertProject, updateProjectRow } from "./store.ts";

/** Far above what anybody keeps in mind; it bounds what one account can store for nothing. */
export const projectsMax = 1_000;

/** Makes a project. Refuses `validation_failed` when there are `projectsMax` of them, and for files that cannot be used. */
export async function createProject(
  context: UserContext,
  input: { body: CreateProjectBody; idempotencyKey: string | null },
): Promise<ProjectAnswer> {
  const { deps, actor } = context;
  const { body } = input;
  if ((await countProjects(deps, actor.tenantId)) >= projectsMax) {
    const detail = `an account keeps at most ${projectsMax} projects; delete one first`;
    fail("validation_failed", `Nothing was done: ${detail}.`, {
      errors: [{ pointer: "", detail, code: "limit_reached", params: { limit: projectsMax } }],
    });
  }
  await requireNamedAssets(context, body);
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

/**
 * Replaces what is given; with a version only when the project still has it. Refuses `not_found`, `project_changed`,
 * `validation_failed` for files that cannot be used.
 */
export async function updateProject(
  context: UserContext,
  input: { projectId: string; body: UpdateProjectBody },
): Promise<ProjectAnswer> {
  const { deps, actor } = context;
  const { title, scenes, options, version } = input.body;
  const { id } = await requireProject(context, input.projectId);
  await requireNamedAssets(context, input.body);
  const [[saved]] = await deps.db.batch([
    updateProjectRow(
      deps,
      { id, tenantId: actor.tenantId, version },
      {
        ...(title === undefined ? {} : { title }),
        ...(scenes === undefined ? {} : { scenes: withIds(context, scenes) }),
        ...(options === undefined ? {} : { options }),
        updatedAtMs: deps.clock.now(),
      },
    ),
    auditRowIfChanged(context, { action: "project.update", target: id, tenantId: actor.tenantId }),
  ]);
  return saved === undefined ? refuseChanged(context, id) : answerProject(context, saved);
}

async function refuseChanged(context: UserContext, id: string): Promise<never> {
  const { version } = await requireProject(context, id);
  return fail(
    "project_changed",
    `Somebody saved this project since you read it; it is at version ${version} now. Nothing was saved: read it again, or save with that version to overwrite it.`,
    { version },
  );
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
