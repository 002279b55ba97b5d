/** API keys of tenants under test, made over the API as their owners make them. */
import { env } from "cloudflare:workers";
import { type KeyMade, keyMade } from "../../src/contract/keys.ts";
import { type Client, newClient, read, type Send } from "./api-client.ts";

export const shopOrigin = "https://shop.example";

export type Holder = Client & { readonly made: KeyMade };

/** Somebody at an address of their own who has a new secret key. */
export async function withSecretKey(owner: Client, send?: Send): Promise<Holder> {
  return holding(
    read(await owner.post("/api/account/api-keys", { name: "Program", kind: "secret" }), 201, keyMade),
    send,
  );
}

/** Somebody with a new embed key of `shopOrigin`; where they come from each call says by its `Origin`. */
export async function withEmbedKey(owner: Client, send?: Send): Promise<Holder> {
  const body = { name: "Shop", kind: "embed", origins: [shopOrigin] };
  return holding(read(await owner.post("/api/account/api-keys", body), 201, keyMade), send);
}

export function holding(made: KeyMade, send?: Send): Holder {
  return { ...newClient({ token: made.api_key, send }), made };
}

export async function run(sql: string, ...values: (string | number | null)[]): Promise<void> {
  await env.DB.prepare(sql)
    .bind(...values)
    .run();
}

export async function readKeyRow(id: string) {
  return env.DB.prepare("SELECT * FROM api_keys WHERE id = ?").bind(id).first<Record<string, string | number | null>>();
}
