import { exportHours } from "../../contract/privacy.ts";
import type { Context } from "../context.ts";
import { signedLink } from "../videos/links.ts";
import type { ExportRow } from "./export-store.ts";

export const keptMs = exportHours * 3_600_000;
/** A link is given before the export is made: it opens as long as making it may take, and the file's own day. */
const linkMs = 3 * 24 * 3_600_000;

/** Everything a tenant owns lies under its own prefix (product.md). */
export function exportKey({ tenantId, id }: Pick<ExportRow, "tenantId" | "id">): string {
  return `tenants/${tenantId}/exports/${id}.zip`;
}

/** Opens without credentials. Made of the export alone, so that it is the same whenever it is asked for. */
export function exportLink(
  context: Context,
  origin: string,
  row: Pick<ExportRow, "id" | "createdAtMs">,
): Promise<string> {
  return signedLink(context, origin, `/api/account/exports/${row.id}/file`, row.createdAtMs + linkMs);
}
