import type { FileStore } from "../core/deps.ts";
import { StorageFailed } from "../core/deps.ts";
import { fail } from "../core/fail.ts";

const deleteBatch = 1000;

/** Files in R2. */
export function createFileStore(bucket: R2Bucket): FileStore {
  return {
    async put(key, body, { size, sha256, contentType }) {
      const { readable, writable } = new FixedLengthStream(size);
      try {
        // R2 refuses the object when its bytes do not have this digest.
        const stored = bucket.put(key, readable, { sha256, httpMetadata: { contentType } });
        await Promise.all([body.pipeTo(writable), stored]);
      } catch (error) {
        throw new StorageFailed(error);
      }
    },

    async respond(key, request, headers) {
      const isHead = request.method === "HEAD";
      const found = isHead ? await bucket.head(key) : await getRange(bucket, key, request.headers);
      if (found === null) return null;
      found.writeHttpMetadata(headers);
      headers.set("ETag", found.httpEtag);
      headers.set("Accept-Ranges", "bytes");
      headers.set("Last-Modified", found.uploaded.toUTCString());
      if (isHead) {
        headers.set("Content-Length", String(found.size));
        return new Response(null, { headers });
      }
      if (!hasBody(found)) return new Response(null, { status: isNotModified(request) ? 304 : 412, headers });
      return rangeResponse(found, request, headers);
    },

    async probe() {
      await bucket.head("health");
    },

    async deleteAll(prefix) {
      let cursor: string | undefined;
      do {
        const page = await bucket.list({ prefix, limit: deleteBatch, ...(cursor === undefined ? {} : { cursor }) });
        if (page.objects.length > 0) await bucket.delete(page.objects.map((object) => object.key));
        cursor = page.truncated ? page.cursor : undefined;
      } while (cursor !== undefined);
    },
  };
}

async function getRange(bucket: R2Bucket, key: string, headers: Headers): Promise<R2ObjectBody | R2Object | null> {
  const range = headers.get("Range");
  if (range === null) return bucket.get(key, { onlyIf: headers });
  const head = await bucket.head(key);
  if (head === null) return null;
  const wanted = parseRange(range, head.size);
  const ifRange = headers.get("If-Range");
  const isCurrent = ifRange === null || ifRange === head.httpEtag;
  if (wanted === "unsatisfiable" && isCurrent) {
    fail("range_not_satisfiable", `The file has ${head.size} bytes.`, { size: head.size });
  }
  if (wanted === null || wanted === "unsatisfiable" || !isCurrent) return bucket.get(key, { onlyIf: headers });
  return bucket.get(key, { onlyIf: headers, range: wanted });
}

/** RFC 9110 §14.1.2, one range; null for what is to be ignored: another unit, several ranges, nonsense. */
export function parseRange(range: string, size: number): { offset: number; length: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range.trim());
  if (match === null) return null;
  const [, first = "", last = ""] = match;
  if (first === "") {
    if (last === "") return null;
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { offset: size - length, length };
  }
  const offset = Number(first);
  if (last !== "" && Number(last) < offset) return null;
  if (offset >= size) return "unsatisfiable";
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return { offset, length: end - offset + 1 };
}

function hasBody(object: R2Object | R2ObjectBody): object is R2ObjectBody {
  return "body" in object;
}

function isNotModified(request: Request): boolean {
  return request.headers.has("If-None-Match") || request.headers.has("If-Modified-Since");
}

function rangeResponse(object: R2ObjectBody, request: Request, headers: Headers): Response {
  const range = request.headers.has("Range") ? object.range : undefined;
  if (range === undefined || !("offset" in range) || range.offset === undefined || range.length === undefined) {
    headers.set("Content-Length", String(object.size));
    return new Response(object.body, { headers });
  }
  headers.set("Content-Range", `bytes ${range.offset}-${range.offset + range.length - 1}/${object.size}`);
  headers.set("Content-Length", String(range.length));
  return new Response(object.body, { status: 206, headers });
}
