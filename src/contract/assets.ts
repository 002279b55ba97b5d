/** Files of the caller's: uploaded, or fetched from an address, and looked into before they are kept. */
import { z } from "zod";
import { mediaKinds } from "./container-protocol.ts";
import { listQuery } from "./credits.ts";
import { idSchema } from "./ids.ts";

export const assetNameMaxCharacters = 120;

/** POST /api/assets with a JSON body: the file behind a public address. */
export const fetchAssetBody = z
  .strictObject({
    url: z.url({ protocol: /^https?$/, error: "an http or https address" }).max(2_000),
    name: z.string().trim().min(1).max(assetNameMaxCharacters).optional(),
  })
  .meta({ examples: [{ url: "https://example.com/market.jpg", name: "market.jpg" }] });
export type FetchAssetBody = z.infer<typeof fetchAssetBody>;

export const assetAnswer = z.object({
  id: idSchema("asset"),
  kind: z.enum(mediaKinds),
  content_type: z.string().meta({ description: "As the bytes say, whatever the sender called them." }),
  name: z.string(),
  size: z.int().positive().meta({ description: "Bytes." }),
  sha256: z.string(),
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  duration: z.number().positive().optional().meta({ description: "Seconds." }),
  url: z.string().meta({ description: "Opens without credentials until `expires_at`." }),
  thumbnail_url: z.string().optional(),
  expires_at: z.string(),
  created_at: z.string(),
});
export type AssetAnswer = z.infer<typeof assetAnswer>;

export const assetsQuery = listQuery.extend({ kind: z.enum(mediaKinds).optional() });
export type AssetsQuery = z.infer<typeof assetsQuery>;
export const assetsAnswer = z.object({ data: z.array(assetAnswer), next_cursor: z.string().nullable() });
export type AssetsAnswer = z.infer<typeof assetsAnswer>;
