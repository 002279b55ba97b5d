import {
  type RendererHealth,
  type RenderRequest,
  rendererHealth,
  silenceLimitMs,
} from "../contract/container-protocol.ts";
import { type RenderEvent, renderEvent } from "../contract/render-events.ts";
import { OutsideError, type Renderer, RendererBusy } from "../core/deps.ts";

/** How a request gets to the renderer: over the network, or through the container's Durable Object. */
export type RendererTransport = {
  /** `renderId` chooses the container. */
  send(renderId: string, path: string, init: RequestInit): Promise<Response>;
  health(): Promise<RendererHealth>;
  /** Stops the render, if it runs, and deletes what is kept of it. */
  discard(renderId: string): Promise<void>;
};

/** A small answer, such as health or a deletion, takes no longer. */
const shortCallMs = 10_000;

/** Until an answer begins: a container's cold start takes up to half of it. */
const answerLimitMs = 60_000;

/** The renderer's protocol, over whatever carries it. The same code speaks to the local process and to the container. */
export function createRenderer(transport: RendererTransport): Renderer {
  async function call(renderId: string, path: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await transport.send(renderId, path, init);
    } catch (error) {
      if (error instanceof OutsideError) throw error;
      throw new OutsideError("the renderer cannot be reached", true, error);
    }
    if (response.ok) return response;
    await response.body?.cancel();
    if (response.status === 429) throw new RendererBusy();
    throw new OutsideError(`the renderer answered ${response.status}`, response.status >= 500);
  }

  return {
    health: transport.health,

    async *run(videoId, request, signal) {
      const late = new AbortController();
      const response = await withLimit(
        call(videoId, `/renders/${videoId}`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(request satisfies RenderRequest),
          signal: AbortSignal.any([signal, late.signal]),
        }),
        answerLimitMs,
        late,
      );
      yield* readEvents(response);
    },

    async file(videoId, name) {
      const late = new AbortController();
      const opened = call(videoId, `/renders/${videoId}/files/${name}`, { signal: late.signal });
      const response = await withLimit(opened, answerLimitMs, late);
      if (response.body === null) throw new OutsideError("the renderer sent an empty file", true);
      return response.body;
    },

    async discard(videoId) {
      try {
        await transport.discard(videoId);
      } catch (error) {
        throw new OutsideError("the renderer did not discard the render", true, error);
      }
    },
  };
}

/** A line may be this long: the longest is `done` with the scenes' texts. */
const lineMaxCharacters = 200_000;

async function* readEvents(response: Response): AsyncGenerator<RenderEvent> {
  if (response.body === null) throw new OutsideError("the renderer sent no events", true);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await withSilenceLimit(reader.read());
      if (done) throw new OutsideError("the renderer's events broke off", true);
      rest += value;
      if (rest.length > lineMaxCharacters) throw new OutsideError("the renderer sent a line without end", true);
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "") continue;
        const event = parseEvent(line);
        yield event;
        if (event.type === "done" || event.type === "failed") return;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseEvent(line: string): RenderEvent {
  try {
    return renderEvent.parse(JSON.parse(line));
  } catch (error) {
    throw new OutsideError("the renderer sent something that is no event", true, error);
  }
}

async function withLimit<Result>(work: Promise<Result>, limitMs: number, late: AbortController): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new OutsideError("the renderer did not answer in time", true));
      late.abort();
    }, limitMs);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

async function withSilenceLimit<Result>(read: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OutsideError("the renderer fell silent", true)), silenceLimitMs);
  });
  try {
    return await Promise.race([read, silence]);
  } catch (error) {
    throw error instanceof OutsideError ? error : new OutsideError("the renderer's events broke off", true, error);
  } finally {
    clearTimeout(timer);
  }
}

/** A renderer that runs as a process of its own, such as the one `npm start` starts. */
export function createProcessTransport(baseUrl: string): RendererTransport {
  const base = baseUrl.replace(/\/$/, "");
  return {
    send: (_renderId, path, init) => fetch(`${base}${path}`, init),
    async health() {
      const response = await fetch(`${base}/health`, { signal: AbortSignal.timeout(shortCallMs) });
      return rendererHealth.parse(await response.json());
    },
    async discard(renderId) {
      const signal = AbortSignal.timeout(shortCallMs);
      const response = await fetch(`${base}/renders/${renderId}`, { method: "DELETE", signal });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the renderer answered ${response.status}`);
    },
  };
}
