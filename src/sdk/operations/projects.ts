import type { z } from "zod";
import type {
  createProjectBody,
  ProjectAnswer,
  ProjectsAnswer,
  projectsQuery,
  renderProjectBody,
  updateProjectBody,
} from "../../contract/projects.ts";
import type { VideoAccepted } from "../../contract/videos.ts";
import { declare, type Query } from "../operation.ts";

export const createProject = declare<z.input<typeof createProjectBody>, ProjectAnswer>()("POST /api/projects", {
  isIdempotent: true,
});
export const listProjects = declare<Query<typeof projectsQuery>, ProjectsAnswer>()("GET /api/projects");
export const getProject = declare<{ id: string }, ProjectAnswer>()("GET /api/projects/:id");
export const updateProject = declare<{ id: string } & z.input<typeof updateProjectBody>, ProjectAnswer>()(
  "PATCH /api/projects/:id",
);
export const deleteProject = declare<{ id: string }, undefined>()("DELETE /api/projects/:id");
export const renderProject = declare<{ id: string } & z.input<typeof renderProjectBody>, VideoAccepted>()(
  "POST /api/projects/:id/render",
  { isIdempotent: true },
);
export const stitchProject = declare<{ id: string } & z.input<typeof renderProjectBody>, VideoAccepted>()(
  "POST /api/v1/projects/:id/render/stitch",
  { isIdempotent: true },
);
