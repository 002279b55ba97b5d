import { ConnectionError } from "./errors.ts";
import type { CallOptions, Transport } from "./transport.ts";
import type { Transferred } from "./upload-asset.ts";
import { wait } from "./wait.ts";

export type DownloadOptions = Pick<CallOptions, "signal"> & { onProgress?: (received: Transferred) => void };
export type Download = {
  stream: ReadableStream<Uint8Array>;
  contentType: string;
  /** Bytes; null: the service did not say. */
  size: number | null;
};

const breaksMax = 5;
const resumeMs = 1_000;

/** A finished video's file as a stream. Where it breaks off it goes on from there, as long as more of it comes. */
export async function downloadVideo(
  transport: Transport,
  id: string,
  { onProgress, signal }: DownloadOptions = {},
): Promise<Download> {
  const open = (headers: Record<string, string>) =>
    transport.send({
      method: "GET",
      path: `/api/videos/${encodeURIComponent(id)}/file`,
      headers,
      ...(signal === undefined ? {} : { signal }),
      isRepeatable: true,
      timeoutMs: null,
    });
  const first = await open({});
  const length = first.headers.get("Content-Length");
  const size = length === null ? null : Number(length);
  const tag = first.headers.get("ETag");

  async function* read(): AsyncGenerator<Uint8Array> {
    let done = 0;
    let breaks = 0;
    for (let response = first; ; ) {
      for await (const chunk of untilItBreaks(response, signal)) {
        done += chunk.byteLength;
        breaks = 0;
        onProgress?.({ done, total: size });
        yield chunk;
      }
      if (size === null || done >= size) return;
      breaks += 1;
      if (breaks > breaksMax) throw new ConnectionError("The download breaks off again and again.");
      await wait(resumeMs, signal);
      response = await open({ Range: `bytes=${done}-`, ...(tag === null ? {} : { "If-Range": tag }) });
      if (response.status !== 206) throw new ConnectionError("The file changed while it was downloaded.");
    }
  }
  return { stream: streamOf(read()), size, contentType: first.headers.get("Content-Type") ?? "video/mp4" };
}

async function* untilItBreaks(response: Response, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) throw new ConnectionError("The file has no body.");
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        signal?.throwIfAborted();
        return { done: true as const, value: undefined };
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** ReadableStream.from is not in every browser. */
function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
