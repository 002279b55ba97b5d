import type { FetchAssetBody } from "../../contract/assets.ts";
import type { UserContext } from "../context.ts";
import { orTellOwner } from "./media-refusal.ts";
import { type Uploaded, uploadAsset } from "./upload-asset.ts";

/** Keeps the file behind a public address. Refuses as `uploadAsset`, and `media_refused` or `media_failed` for the address. */
export async function fetchAsset(
  context: UserContext,
  { body, origin }: { body: FetchAssetBody; origin: string },
): Promise<Uploaded> {
  const fetched = await orTellOwner(context.deps.mediaFetcher.open(body.url));
  return uploadAsset(context, {
    body: fetched.body,
    declaredSize: fetched.size,
    name: body.name ?? nameIn(body.url),
    origin,
  });
}

function nameIn(url: string): string | null {
  const last = new URL(url).pathname.split("/").at(-1) ?? "";
  return /^[\w.~ -]+$/.test(last) ? last : null;
}
