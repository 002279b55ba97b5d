import type { z } from "zod";
import type { createImageBody, ImageAnswer, ImageMade, ImagesAnswer, imagesQuery } from "../../contract/images.ts";
import { declare, declareFile, type Query } from "../operation.ts";

export const createImage = declare<z.input<typeof createImageBody>, ImageMade>()("POST /api/images", {
  isIdempotent: true,
});
export const generateImage = declare<z.input<typeof createImageBody>, ImageMade>()("POST /api/generate-image", {
  isIdempotent: true,
});
export const listImages = declare<Query<typeof imagesQuery>, ImagesAnswer>()("GET /api/images");
export const getImage = declare<{ id: string }, ImageAnswer>()("GET /api/images/:id");
export const getImageFile = declareFile<{ id: string }>()("GET /api/images/:id/file");
export const deleteImage = declare<{ id: string }, undefined>()("DELETE /api/images/:id");
