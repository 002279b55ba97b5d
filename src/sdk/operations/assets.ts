import type { z } from "zod";
import type { AssetAnswer, AssetsAnswer, assetsQuery, fetchAssetBody } from "../../contract/assets.ts";
import { declare, declareFile, type Query } from "../operation.ts";

/** Has a file fetched; `uploadAsset` sends one of your own. */
export const createAsset = declare<z.input<typeof fetchAssetBody>, AssetAnswer>()("POST /api/assets");
export const listAssets = declare<Query<typeof assetsQuery>, AssetsAnswer>()("GET /api/assets");
export const getAsset = declare<{ id: string }, AssetAnswer>()("GET /api/assets/:id");
export const deleteAsset = declare<{ id: string }, undefined>()("DELETE /api/assets/:id");
export const getAssetFile = declareFile<{ id: string }>()("GET /api/assets/:id/file");
export const getAssetThumbnail = declareFile<{ id: string }>()("GET /api/assets/:id/thumbnail");
