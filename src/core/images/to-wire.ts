import type { ImageAnswer } from "../../contract/images.ts";
import type { Context } from "../context.ts";
import { linkExpiry, signedLink } from "../videos/links.ts";
import { imagePath } from "./files.ts";
import type { ImageRow } from "./tables.ts";

export async function toImageAnswer(context: Context, origin: string, image: ImageRow): Promise<ImageAnswer> {
  const expiresAtMs = linkExpiry(context);
  return {
    id: image.id,
    prompt: image.prompt,
    aspect: image.aspect,
    style: image.style,
    provider: image.provider,
    url: await signedLink(context, origin, imagePath(image.id), expiresAtMs),
    content_type: image.contentType,
    size: image.size,
    sha256: image.sha256,
    width: image.width,
    height: image.height,
    credits_used: image.credits,
    expires_at: new Date(expiresAtMs).toISOString(),
    created_at: new Date(image.createdAtMs).toISOString(),
  };
}
