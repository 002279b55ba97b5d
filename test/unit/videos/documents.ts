import type { VideoDocument } from "../../../src/contract/video.ts";
import { type CreateVideoBody, createVideoBody } from "../../../src/contract/videos.ts";
import { toDocument } from "../../../src/core/videos/document.ts";

/** A body as it arrives, checked and completed. */
export function bodyOf(body: Record<string, unknown>): CreateVideoBody {
  return createVideoBody.parse(body);
}

export function documentOf(body: Record<string, unknown>): VideoDocument {
  return toDocument(bodyOf(body));
}
