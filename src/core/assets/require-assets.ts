import type { MediaFacts } from "../../contract/container-protocol.ts";
import type { FieldError } from "../../contract/errors.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { findTenantAssets } from "./store.ts";
import type { AssetRow } from "./tables.ts";

export type NamedAsset = {
  /** Into the request body, RFC 6901. */
  pointer: string;
  assetId: string;
  kinds: readonly MediaFacts["kind"][];
};

const kindWords: Record<MediaFacts["kind"], string> = { image: "an image", audio: "a sound", video: "a video clip" };

/**
 * The assets that a request names, by id. Refuses `validation_failed`, each with its pointer: one that is not there, is
 * another tenant's, or is of a kind that cannot be used in its place.
 */
export async function requireAssets(
  context: UserContext,
  named: readonly NamedAsset[],
  /** What the refusal has kept from happening. */
  spared = "Nothing was charged",
): Promise<ReadonlyMap<string, AssetRow>> {
  const ids = [...new Set(named.map(({ assetId }) => assetId))];
  const rows = await findTenantAssets(context.deps, context.actor.tenantId, ids);
  const found = new Map(rows.map((asset) => [asset.id, asset]));
  const errors = named.flatMap((one) => wrongWith(one, found.get(one.assetId)) ?? []);
  const [first] = errors;
  if (first !== undefined) {
    fail("validation_failed", `«${first.pointer}»: ${first.detail}. ${spared}.`, { errors });
  }
  return found;
}

function wrongWith({ pointer, kinds }: NamedAsset, asset: AssetRow | undefined): FieldError | null {
  if (asset === undefined) {
    return { pointer, detail: "is not one of your uploads; upload it with POST /api/assets", code: "not_found" };
  }
  if (kinds.includes(asset.kind)) return null;
  const wanted = kinds.map((kind) => kindWords[kind]).join(" or ");
  const detail = `is ${kindWords[asset.kind]}, and needs to be ${wanted}`;
  return { pointer, detail, code: "wrong_kind", params: { wanted: kinds.join(", ") } };
}
