import { createHash } from "node:crypto";
import { type FileStore, MediaFailed, OutsideError, StorageFailed } from "../core/deps.ts";
import { fail, Refusal } from "../core/fail.ts";

const deleteBatch = 1000;
/** For one file, until R2 says that it has it; the longest video is some hundred megabytes. */
const storeLimitMs = 180_000;
/** R2 wants parts of 5 MiB at least, all of one size but the last. */
const partBytes = 8 * 1024 * 1024;

/** Files in R2. */
export function createFileStore(bucket: R2Bucket): FileStore {
  return {
    async put(key, body, { size, sha256, contentType }) {
      const { readable, writable } = new FixedLengthStream(size);
      // R2 refuses the object when its bytes do not have this digest.
      const stored = bucket.put(key, readable, { sha256, httpMetadata: { contentType } });
      const sent = body.pipeTo(writable, { signal: AbortSignal.timeout(storeLimitMs) });
      await orStorageFailed(Promise.all([sent, stored]));
    },

    async receive(key, body, maxBytes) {
      const reader = body.getReader();
      const upload = createPartUpload(bucket, key, Math.min(partBytes, maxBytes));
      const digest = createHash("sha256");
      let isWhole = false;
      let size = 0;
      try {
        for (;;) {
          const { done, value } = await orBrokenOff(reader.read());
          if (done) break;
          size += value.byteLength;
          if (size > maxBytes) return null;
          digest.update(value);
          await orStorageFailed(upload.add(value));
        }
        await orStorageFailed(upload.complete());
        isWhole = true;
        return { size, sha256: digest.digest("hex") };
      } finally {
        if (!isWhole) await abandon(reader, upload);
      }
    },

    async open(key) {
      const object = await orStorageFailed(bucket.get(key));
      return object === null ? null : { body: object.body, size: object.size };
    },

    async respond(key, request, headers) {
      if (request.method === "HEAD") return respondToHead(bucket, key, request, headers);
      const found = await read(bucket, key, request.headers);
      if (found === null) return null;
      const { object, range } = found;
      describe(object, headers);
      if (!hasBody(object)) return new Response(null, { status: isNotModified(request) ? 304 : 412, headers });
      headers.set("Content-Length", String(range?.length ?? object.size));
      if (range === null) return new Response(object.body, { headers });
      headers.set("Content-Range", `bytes ${range.offset}-${range.offset + range.length - 1}/${object.size}`);
      return new Response(object.body, { status: 206, headers });
    },

    async probe() {
      await bucket.head("health");
    },

    async list(prefix, cursor) {
      const page = await orStorageFailed(bucket.list({ prefix, ...(cursor === null ? {} : { cursor }) }));
      const files = page.objects.map(({ key, size }) => ({ key, size }));
      return { files, cursor: page.truncated ? page.cursor : null };
    },

    async delete(keys) {
      await orStorageFailed(bucket.delete(keys));
    },

    async deleteAll(prefix) {
      let cursor: string | undefined;
      do {
        const page = await orStorageFailed(
          bucket.list({ prefix, limit: deleteBatch, ...(cursor === undefined ? {} : { cursor }) }),
        );
        if (page.objects.length > 0) await orStorageFailed(bucket.delete(page.objects.map((object) => object.key)));
        cursor = page.truncated ? page.cursor : undefined;
      } while (cursor !== undefined);
    },
  };
}

type PartUpload = { add(bytes: Uint8Array): Promise<void>; complete(): Promise<void>; abort(): Promise<void> };

/** One put for what fits into one part, and a multipart upload for what does not: at most a part is held in memory. */
function createPartUpload(bucket: R2Bucket, key: string, bufferBytes: number): PartUpload {
  const part = new Uint8Array(bufferBytes);
  let filled = 0;
  let upload: R2MultipartUpload | null = null;
  const uploaded: R2UploadedPart[] = [];
  const send = async (): Promise<void> => {
    upload ??= await bucket.createMultipartUpload(key);
    uploaded.push(await upload.uploadPart(uploaded.length + 1, part.slice(0, filled)));
    filled = 0;
  };
  return {
    async add(bytes) {
      for (let from = 0; from < bytes.byteLength; ) {
        if (filled === bufferBytes) await send();
        const taken = bytes.subarray(from, from + bufferBytes - filled);
        part.set(taken, filled);
        filled += taken.byteLength;
        from += taken.byteLength;
      }
    },
    async complete() {
      if (upload === null) {
        await bucket.put(key, part.slice(0, filled));
        return;
      }
      await send();
      await upload.complete(uploaded);
    },
    async abort() {
      await upload?.abort();
    },
  };
}

/** What is left over is nobody's: R2 drops parts that were never completed by itself. */
async function abandon(reader: ReadableStreamDefaultReader<Uint8Array>, upload: PartUpload): Promise<void> {
  await Promise.allSettled([reader.cancel(), upload.abort()]);
}

/** A sender that goes away in the middle is weather; what the stream's own maker says is passed on. */
async function orBrokenOff<Result>(read: Promise<Result>): Promise<Result> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof OutsideError || error instanceof Refusal) throw error;
    throw new MediaFailed("The file broke off before its end.", error);
  }
}

/** R2 that does not answer is R2 that fails. */
async function orStorageFailed<Result>(work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("R2 did not answer in time")), storeLimitMs);
  try {
    return await Promise.race([work, late.promise]);
  } catch (error) {
    throw new StorageFailed(error);
  } finally {
    clearTimeout(timer);
  }
}

function describe(object: R2Object, headers: Headers): void {
  object.writeHttpMetadata(headers);
  headers.set("ETag", object.httpEtag);
  headers.set("Accept-Ranges", "bytes");
  headers.set("Last-Modified", object.uploaded.toUTCString());
}

/** R2's `head` takes no conditions, and `get` would begin to send the file. */
async function respondToHead(
  bucket: R2Bucket,
  key: string,
  request: Request,
  headers: Headers,
): Promise<Response | null> {
  const object = await orStorageFailed(bucket.head(key));
  if (object === null) return null;
  describe(object, headers);
  const known = (request.headers.get("If-None-Match") ?? "").split(",").map((etag) => etag.trim().replace(/^W\//, ""));
  if (known.includes(object.httpEtag) || known.includes("*")) return new Response(null, { status: 304, headers });
  headers.set("Content-Length", String(object.size));
  return new Response(null, { headers });
}

type Range = { offset: number; length: number };

/** The object, and which part of it; all of it when no range was asked for that can be given. */
async function read(
  bucket: R2Bucket,
  key: string,
  conditions: Headers,
): Promise<{ object: R2ObjectBody | R2Object; range: Range | null } | null> {
  const asked = conditions.get("Range");
  const range = asked === null ? null : await findRange(bucket, key, conditions, asked);
  const object = await orStorageFailed(bucket.get(key, { onlyIf: conditions, ...(range === null ? {} : { range }) }));
  return object === null ? null : { object, range };
}

async function findRange(bucket: R2Bucket, key: string, conditions: Headers, asked: string): Promise<Range | null> {
  const head = await orStorageFailed(bucket.head(key));
  const ifRange = conditions.get("If-Range");
  if (head === null || (ifRange !== null && ifRange !== head.httpEtag)) return null;
  const range = parseRange(asked, head.size);
  if (range === "unsatisfiable") fail("range_not_satisfiable", `The file has ${head.size} bytes.`, { size: head.size });
  return range;
}

/** RFC 9110 §14.1.2, one range; null for what is to be ignored: another unit, several ranges, nonsense. */
export function parseRange(range: string, size: number): Range | "unsatisfiable" | null {
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
