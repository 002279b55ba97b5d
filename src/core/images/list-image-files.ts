import type { Deps } from "../deps.ts";
import type { KeptFile } from "../kept-file.ts";
import { imageKey } from "./files.ts";
import { listTenantImages } from "./store.ts";
import type { ImageRow } from "./tables.ts";

const page = 100;

/** The file of every image in a tenant's library, the newest first. */
export async function* listImageFiles(deps: Deps, tenantId: string): AsyncGenerator<KeptFile> {
  let after: ImageRow | undefined;
  do {
    const rows = await listTenantImages(deps, { tenantId, after, limit: page });
    for (const image of rows) {
      const { id, prompt: title, contentType, createdAtMs: madeAtMs } = image;
      const ending = `.${contentType.slice("image/".length).replace("jpeg", "jpg")}`;
      yield { key: imageKey(image), folder: "images", title, id, ending, madeAtMs };
    }
    after = rows.length < page ? undefined : rows.at(-1);
  } while (after !== undefined);
}
