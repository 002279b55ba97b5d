import { Hono, type Context as HonoContext } from "hono";
import {
  createProjectBody,
  projectAnswer,
  projectsAnswer,
  projectsQuery,
  type RenderProjectBody,
  renderProjectBody,
  updateProjectBody,
} from "../../contract/projects.ts";
import { videoAccepted } from "../../contract/videos.ts";
import { createProject, deleteProject, updateProject } from "../../core/projects/edit-project.ts";
import { listProjects, readProject } from "../../core/projects/read-project.ts";
import { renderProject } from "../../core/projects/render-project.ts";
import { originOf, userContextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { validate } from "../validate.ts";
import { chargeRefusals } from "./videos.ts";

/** POST /api/projects/:id/render, and the path it also goes by. */
function renderOperation(id: string, summary: string) {
  return operation({
    id,
    summary,
    description:
      "The options given replace the project's own for this video. Against its last finished video only what has changed is charged.",
    tag: "Projects",
    permission: "projects.use",
    isIdempotent: true,
    answers: { 202: { description: "Charged and queued", schema: videoAccepted } },
    refuses: [...chargeRefusals, "not_found", "unsupported_media_type"],
  });
}

async function render(c: HonoContext<HttpEnv>, projectId: string, body: RenderProjectBody) {
  const { idempotencyKey } = c.var;
  const input = { projectId, body, idempotencyKey, origin: originOf(c) };
  return c.json(await renderProject(userContextOf(c), input), 202);
}

export const projectRoutes = new Hono<HttpEnv>()
  .post(
    "/projects",
    operation({
      id: "createProject",
      summary: "Make a project: scenes and options to work on",
      tag: "Projects",
      permission: "projects.use",
      isIdempotent: true,
      answers: { 201: { description: "The project", schema: projectAnswer } },
      refuses: ["validation_failed", "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", createProjectBody),
    async (c) => {
      const { idempotencyKey } = c.var;
      return c.json(await createProject(userContextOf(c), { body: c.req.valid("json"), idempotencyKey }), 201);
    },
  )
  .get(
    "/projects",
    operation({
      id: "listProjects",
      summary: "The projects, newest first",
      tag: "Projects",
      permission: "projects.use",
      answers: { 200: { description: "A page of projects", schema: projectsAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", projectsQuery),
    async (c) => c.json(await listProjects(userContextOf(c), c.req.valid("query")), 200),
  )
  .get(
    "/projects/:id",
    operation({
      id: "getProject",
      summary: "One project",
      tag: "Projects",
      permission: "projects.use",
      answers: { 200: { description: "The project", schema: projectAnswer } },
      refuses: ["not_found"],
    }),
    existing("project"),
    async (c) => c.json(await readProject(userContextOf(c), c.req.param("id")), 200),
  )
  .patch(
    "/projects/:id",
    operation({
      id: "updateProject",
      summary: "Change a project",
      description:
        "A field that is given replaces what was there. Scenes keep their ids, so another order is a move. With the `version` you read, nothing that was saved since is overwritten.",
      tag: "Projects",
      permission: "projects.use",
      answers: { 200: { description: "The project as it is now", schema: projectAnswer } },
      refuses: ["not_found", "project_changed", "validation_failed", "unsupported_media_type"],
    }),
    existing("project"),
    requireJson(),
    validate("json", updateProjectBody),
    async (c) => {
      const input = { projectId: c.req.param("id"), body: c.req.valid("json") };
      return c.json(await updateProject(userContextOf(c), input), 200);
    },
  )
  .delete(
    "/projects/:id",
    operation({
      id: "deleteProject",
      summary: "Delete a project; its videos stay",
      tag: "Projects",
      permission: "projects.use",
      answers: { 204: { description: "Gone" } },
      refuses: ["not_found"],
    }),
    existing("project"),
    async (c) => {
      await deleteProject(userContextOf(c), c.req.param("id"));
      return c.body(null, 204);
    },
  )
  .post(
    "/projects/:id/render",
    renderOperation("renderProject", "Make a video of a project"),
    existing("project"),
    requireJson({ isOptional: true }),
    validate("json", renderProjectBody),
    (c) => render(c, c.req.param("id"), c.req.valid("json")),
  )
  .post(
    "/v1/projects/:id/render/stitch",
    renderOperation("stitchProject", "Make a video of a project, by its other name"),
    existing("project"),
    requireJson({ isOptional: true }),
    validate("json", renderProjectBody),
    (c) => render(c, c.req.param("id"), c.req.valid("json")),
  );
