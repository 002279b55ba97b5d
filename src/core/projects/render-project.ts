import type { ProjectAnswer, RenderProjectBody } from "../../contract/projects.ts";
import type { SceneBody } from "../../contract/video-options.ts";
import type { VideoAccepted } from "../../contract/videos.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { toDocument } from "../videos/document.ts";
import { mergeOptions } from "../videos/merge-options.ts";
import { revisedByProject } from "../videos/project-videos.ts";
import { submitVideo } from "../videos/submit-video.ts";
import { requireProject } from "./require-project.ts";

export type RenderProjectInput = {
  projectId: string;
  body: RenderProjectBody;
  idempotencyKey: string | null;
  origin: string;
};

/**
 * Makes a video of a project, with the options given in place of its own. Against its last finished video of the same shape,
 * where there is one, only what has changed is charged. Refuses `not_found`, `validation_failed` for a project without scenes, and as
 * `submitVideo`.
 */
export async function renderProject(context: UserContext, input: RenderProjectInput): Promise<VideoAccepted> {
  const { projectId, body, ...charging } = input;
  const project = await requireProject(context, projectId);
  if (project.scenes.length === 0) {
    const detail = "this project has no scenes yet; add some with PATCH first";
    fail("validation_failed", `Nothing was charged: ${detail}.`, {
      errors: [{ pointer: "/scenes", detail, code: "required" }],
    });
  }
  const asked = {
    title: project.title,
    scenes: project.scenes.map(withoutId),
    ...mergeOptions(project.options, body),
    project_id: projectId,
  };
  const revises = await revisedByProject(context, {
    ...{ projectId, shape: toDocument(asked) },
    idempotencyKey: charging.idempotencyKey,
  });
  return submitVideo(context, { ...charging, body: { ...asked, ...(revises === null ? {} : { revises }) } });
}

function withoutId({ id: _, ...scene }: ProjectAnswer["scenes"][number]): SceneBody {
  return scene;
}
