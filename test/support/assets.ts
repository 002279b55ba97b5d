import { type AssetAnswer, assetAnswer } from "../../src/contract/assets.ts";
import { type Client, type Reply, read } from "./api-client.ts";

/** A file that the stand-in renderer takes for what it says; `note` makes its bytes its own. */
export function mediaFile(what = "image/png 640x480", note = ""): string {
  return `media ${what}\n${note}`;
}

export function uploadRaw(client: Client, body: BodyInit, headers: Record<string, string> = {}): Promise<Reply> {
  return client.call("POST", "/api/assets", {
    body,
    headers: { "Content-Type": "application/octet-stream", ...headers },
  });
}

export function uploadForm(client: Client, form: FormData): Promise<Reply> {
  return client.call("POST", "/api/assets", { body: form });
}

/** An asset that was not there before. */
export async function makeAsset(client: Client, body = mediaFile(), name = "market.png"): Promise<AssetAnswer> {
  return read(await uploadRaw(client, body, { "X-File-Name": encodeURIComponent(name) }), 201, assetAnswer);
}
