/** Images alone: drawn, or made by an image model where one is set up. */
import { z } from "zod";
import { listQuery } from "./credits.ts";
import { idSchema } from "./ids.ts";
import { aspects, pictureStyles, readableText, sceneTextMaxCharacters } from "./video.ts";

export const imageCredits = 5;

export const createImageBody = z
  .strictObject({
    prompt: readableText(sceneTextMaxCharacters),
    aspect: z.enum(aspects).default("16:9"),
    style: z.enum(pictureStyles).default("flat"),
  })
  .meta({ examples: [{ prompt: "A fishing boat on Lake Victoria at sunrise", aspect: "16:9", style: "flat" }] });
export type CreateImageBody = z.infer<typeof createImageBody>;

export const imageAnswer = z.object({
  id: idSchema("image"),
  prompt: z.string(),
  aspect: z.enum(aspects),
  style: z.enum(pictureStyles),
  provider: z.string().meta({ description: "Who made it: `drawn`, or the name of a model." }),
  url: z.string().meta({ description: "Opens without credentials until `expires_at`." }),
  content_type: z.string(),
  size: z.int().positive().meta({ description: "Bytes." }),
  sha256: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  credits_used: z.int().nonnegative(),
  expires_at: z.string(),
  created_at: z.string(),
});
export type ImageAnswer = z.infer<typeof imageAnswer>;

export const imageMade = imageAnswer.extend({ balance: z.int().nonnegative() });
export type ImageMade = z.infer<typeof imageMade>;

export const imagesQuery = listQuery;
export type ImagesQuery = z.infer<typeof imagesQuery>;
export const imagesAnswer = z.object({ data: z.array(imageAnswer), next_cursor: z.string().nullable() });
export type ImagesAnswer = z.infer<typeof imagesAnswer>;
