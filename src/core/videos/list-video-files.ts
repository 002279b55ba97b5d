import type { Deps } from "../deps.ts";
import type { KeptFile } from "../kept-file.ts";
import { fileKey } from "./files.ts";
import { listTenantVideos, type VideoCursor } from "./store.ts";

const page = 100;

/** Every file of the finished videos in a tenant's library, the newest video first. */
export async function* listVideoFiles(deps: Deps, tenantId: string): AsyncGenerator<KeptFile> {
  let after: VideoCursor | undefined;
  do {
    const rows = await listTenantVideos(deps, { tenantId, status: "succeeded", after, limit: page });
    for (const video of rows) {
      const { id, title, createdAtMs: madeAtMs } = video;
      for (const { name } of video.output?.files ?? []) {
        const ending = name.startsWith("video.") ? name.slice("video".length) : `.${name}`;
        yield { key: fileKey(video, name), folder: "videos", title, id, ending, madeAtMs };
      }
    }
    after = rows.length < page ? undefined : rows.at(-1);
  } while (after !== undefined);
}
