import type { Context } from "../../context.ts";

/** Who a request came from, as far as can be told: the same browser on the same line. */
export async function clientDigest(context: Context, userAgent: string | null): Promise<string> {
  const digest = await context.deps.digests.sha256(`${context.address ?? ""}\n${userAgent ?? ""}`);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
