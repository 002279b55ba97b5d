import type { Context as HonoContext } from "hono";
import { fail } from "../../core/fail.ts";
import type { HttpEnv } from "../http-env.ts";

/** It never changes, but its link is personal. */
const cacheControl = "private, max-age=3600, immutable";
/** What a browser may show; anything else, such as an SVG, it saves. */
const shown = /^(image\/(png|jpeg|webp|gif|avif)|audio\/[\w.+-]+|video\/[\w.+-]+)$/;

/**
 * A stored file that came from outside. Whatever is in it, opened by itself it runs nothing: its type is what its bytes were
 * found to be, browsers do not guess another, and a page made of it would be one without scripts.
 */
export async function respondWithMedia(
  c: HonoContext<HttpEnv>,
  file: { key: string; contentType: string; name?: string },
): Promise<Response> {
  const headers = new Headers({
    "Cache-Control": cacheControl,
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": disposition(shown.test(file.contentType) ? "inline" : "attachment", file.name),
  });
  const response = await c.env.deps.files.respond(file.key, c.req.raw, headers);
  if (response === null) fail("not_found", "The file is gone.");
  response.headers.set("Content-Type", file.contentType);
  return response;
}

/** RFC 6266: a name for old readers in plain ASCII, and the name itself for all others. */
function disposition(kind: "inline" | "attachment", name: string | undefined): string {
  if (name === undefined) return kind;
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const exact = encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return `${kind}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
