import { z } from "zod";
import { listQuery } from "./credits.ts";
import { told } from "./field-codes.ts";
import { idSchema } from "./ids.ts";
import { videoStatuses } from "./render-events.ts";
import { scenesMax } from "./video.ts";
import { sceneBody, titleText, videoOptionsBody } from "./video-options.ts";

/** A scene keeps its id, so that putting it elsewhere in the list is a move. */
export const projectScene = sceneBody.extend({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, "1 to 40 letters, digits, _ and -")
    .optional()
    .meta({ description: "Of the project; one is given to a scene that has none." }),
});
export type ProjectSceneBody = z.infer<typeof projectScene>;

const projectScenes = z
  .array(projectScene)
  .max(scenesMax)
  .superRefine((scenes, context) => {
    const seen = new Set<string>();
    scenes.forEach(({ id }, index) => {
      if (id !== undefined && seen.has(id)) {
        context.addIssue({
          code: "custom",
          path: [index, "id"],
          message: "is the id of an earlier scene",
          params: { code: "repeated" },
        });
      }
      if (id !== undefined) seen.add(id);
    });
  });

export const createProjectBody = z
  .strictObject({
    title: titleText,
    scenes: projectScenes.optional(),
    options: videoOptionsBody.optional(),
  })
  .meta({
    examples: [
      { title: "Duka letu", scenes: [{ text: "Karibu dukani kwetu." }], options: { lang: "sw", vertical: true } },
    ],
  });
export type CreateProjectBody = z.infer<typeof createProjectBody>;

/** What is given replaces what was there; what is not stays. */
export const updateProjectBody = z
  .strictObject({
    title: titleText.optional(),
    scenes: projectScenes.optional(),
    options: videoOptionsBody.optional(),
    version: z.int().positive().optional().meta({
      description: "Of the project as you read it: when somebody has saved since, nothing is, and you are told.",
    }),
  })
  .refine(({ version: _, ...body }) => Object.values(body).some((field) => field !== undefined), {
    ...told("required", "give a title, scenes or options"),
  });
export type UpdateProjectBody = z.infer<typeof updateProjectBody>;

/** What one render has otherwise than the project's own options. */
export const renderProjectBody = videoOptionsBody;
export type RenderProjectBody = z.infer<typeof renderProjectBody>;

export const projectAnswer = z.object({
  id: idSchema("project"),
  title: z.string(),
  scenes: z.array(projectScene.extend({ id: z.string() })),
  options: videoOptionsBody,
  version: z.int().positive().meta({ description: "One more with each save." }),
  last_render: z
    .object({ video_id: idSchema("video"), status: z.enum(videoStatuses) })
    .nullable()
    .meta({ description: "The newest video made of it." }),
  created_at: z.string(),
  updated_at: z.string(),
});
export type ProjectAnswer = z.infer<typeof projectAnswer>;

export const projectsQuery = listQuery;
export type ProjectsQuery = z.infer<typeof projectsQuery>;
export const projectsAnswer = z.object({ data: z.array(projectAnswer), next_cursor: z.string().nullable() });
export type ProjectsAnswer = z.infer<typeof projectsAnswer>;
