import type { AssetAnswer } from "../contract/assets.ts";
import type { CallOptions, Fetch, RawCall, Transport } from "./transport.ts";

/** In bytes; `total` null: a stream does not say. */
export type Transferred = { done: number; total: number | null };
export type UploadOptions = Pick<CallOptions, "signal"> & {
  /** How the library calls it; a File has one of its own. */
  name?: string;
  onProgress?: (sent: Transferred) => void;
};

/**
 * Keeps a picture, a sound or a clip of your own, of at most 100 MB. The same bytes again are the same asset and count nothing,
 * so a blob is sent again where it has to be; a stream can be read but once.
 */
export async function uploadAsset(
  transport: Transport,
  file: Blob | ReadableStream<Uint8Array>,
  { name = nameOf(file), onProgress, signal }: UploadOptions = {},
): Promise<AssetAnswer> {
  const response = await transport.send({
    method: "POST",
    path: "/api/assets",
    // Its bytes say what it is; as JSON or a form it would be taken for something else.
    headers: {
      "Content-Type": "application/octet-stream",
      ...(name === undefined ? {} : { "X-File-Name": encodeURIComponent(name) }),
    },
    ...bodyOf(file, onProgress),
    ...(signal === undefined ? {} : { signal }),
    isRepeatable: file instanceof Blob,
    timeoutMs: null,
  });
  return (await response.json()) as AssetAnswer;
}

function nameOf(file: Blob | ReadableStream<Uint8Array>): string | undefined {
  return "name" in file && typeof file.name === "string" && file.name !== "" ? file.name : undefined;
}

function bodyOf(
  file: Blob | ReadableStream<Uint8Array>,
  onProgress: UploadOptions["onProgress"],
): Pick<RawCall, "body" | "fetch"> {
  if (!(file instanceof Blob)) return { body: onProgress === undefined ? file : counted(file, null, onProgress) };
  if (onProgress === undefined) return { body: file };
  const XmlHttpRequest = (globalThis as { XMLHttpRequest?: new () => UploadRequest }).XMLHttpRequest;
  if (XmlHttpRequest !== undefined)
    return { body: file, fetch: (url, init) => sendCounted(new XmlHttpRequest(), url, init, onProgress) };
  return { body: () => counted(file.stream(), file.size, onProgress) };
}

function counted(
  stream: ReadableStream<Uint8Array>,
  total: number | null,
  onProgress: (sent: Transferred) => void,
): ReadableStream<Uint8Array> {
  let done = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      done += chunk.byteLength;
      onProgress({ done, total });
    },
  });
  return stream.pipeThrough(count);
}

/** What is used of a browser's XMLHttpRequest. */
type UploadRequest = {
  readonly upload: { onprogress: ((event: { loaded: number; total: number }) => void) | null };
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
  responseType: string;
  readonly response: ArrayBuffer;
  readonly status: number;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getAllResponseHeaders(): string;
  send(body: unknown): void;
  abort(): void;
};

/** Browsers tell how much of a body is sent by this alone, not by fetch. */
function sendCounted(
  request: UploadRequest,
  url: string,
  init: Parameters<Fetch>[1],
  onProgress: (sent: Transferred) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const abort = () => request.abort();
    const settle = (how: () => void) => () => {
      init.signal?.removeEventListener("abort", abort);
      how();
    };
    request.open(init.method ?? "POST", url);
    for (const [name, value] of new Headers(init.headers)) request.setRequestHeader(name, value);
    request.responseType = "arraybuffer";
    request.upload.onprogress = ({ loaded, total }) => onProgress({ done: loaded, total });
    request.onload = settle(() => resolve(readResponse(request)));
    request.onerror = settle(() => reject(new TypeError("The file could not be sent.")));
    request.onabort = settle(() => reject(init.signal?.reason));
    init.signal?.addEventListener("abort", abort, { once: true });
    request.send(init.body);
  });
}

function readResponse(request: UploadRequest): Response {
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().trim().split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return new Response(request.response, { status: request.status, headers });
}
