import { createParser } from "eventsource-parser";
import type { ProgressEvent } from "../contract/videos.ts";
import { ConnectionError } from "./errors.ts";
import type { CallOptions, Transport } from "./transport.ts";
import { wait } from "./wait.ts";

const ended = new Set(["succeeded", "failed", "cancelled"]);
const reconnectMs = 1_000;

/**
 * A video's progress until it has ended; the last event says how. A stream that breaks is taken up where it was, for as
 * long as the service answers.
 */
export async function* followVideo(
  transport: Transport,
  id: string,
  options: Pick<CallOptions, "signal"> = {},
): AsyncGenerator<ProgressEvent, void, undefined> {
  let lastEventId = "";
  for (;;) {
    const response = await transport.send({
      ...options,
      method: "GET",
      path: `/api/videos/${encodeURIComponent(id)}/events`,
      headers: { Accept: "text/event-stream", ...(lastEventId === "" ? {} : { "Last-Event-ID": lastEventId }) },
      isRepeatable: true,
      timeoutMs: null,
    });
    for await (const event of readEvents(response, options.signal)) {
      lastEventId = event.id;
      yield event.data;
      if (ended.has(event.data.status)) return;
    }
    await wait(reconnectMs, options.signal);
  }
}

type Sent = { id: string; data: ProgressEvent };

async function* readEvents(response: Response, signal: AbortSignal | undefined): AsyncGenerator<Sent> {
  if (response.body === null) throw new ConnectionError("The stream of events has no body.");
  const events: Sent[] = [];
  const parser = createParser({
    onEvent: ({ id = "", data }) => events.push({ id, data: JSON.parse(data) as ProgressEvent }),
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(value);
      yield* events.splice(0);
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SyntaxError) throw error;
    // It broke: whoever reads takes it up again.
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
