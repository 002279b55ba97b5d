import type { Context } from "../context.ts";
import { assetPrefix } from "./files.ts";
import { deleteUpload, findStaleUploads } from "./store.ts";
import type { Upload } from "./tables.ts";

/** No upload takes longer; one that does finds its id spent, and is refused. */
const staleAfterMs = 60 * 60_000;
const batch = 100;

/** Cron: takes away what uploads have left behind that were cut off. */
export async function sweepUploads(context: Context): Promise<void> {
  const stale = await findStaleUploads(context.deps, context.deps.clock.now() - staleAfterMs, batch);
  for (const { isAsset, ...upload } of stale) {
    if (isAsset) await deleteUpload(context.deps, upload.id);
    else await discardUpload(context, upload);
  }
}

/** Takes an upload back: its bytes, their place in the ledger, and last the row by which the rest would be found again. */
export async function discardUpload(context: Context, upload: Upload): Promise<void> {
  const { deps } = context;
  const [files, counted] = await Promise.allSettled([
    deps.files.deleteAll(assetPrefix(upload)),
    deps.ledger(upload.tenantId).unstore({ id: upload.id }),
  ]);
  const isGone = files.status === "fulfilled" && counted.status === "fulfilled";
  if (isGone) await deleteUpload(deps, upload.id);
  else deps.log.write("warn", "discard_upload_failed", { assetId: upload.id });
}
