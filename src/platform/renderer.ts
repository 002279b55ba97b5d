import { z } from "zod";
import {
  type ImageRequest,
  type MissingRequest,
  mediaFacts,
  type RendererHealth,
  type RenderRequest,
  rendererHealth,
  silenceLimitMs,
} from "../contract/container-protocol.ts";
import { type RenderEvent, renderEvent } from "../contract/render-events.ts";
import { MediaRefused, OutsideError, type Renderer, RendererBusy } from "../core/deps.ts";

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

/** Until the renderer has taken a file, or looked at one. */
const carryLimitMs = 90_000;

/** What is asked of no render in particular goes to one of so many containers, which stay warm for the next. */
const anyRendererCount = 4;
const errorBody = z.object({ code: z.string(), detail: z.string() });

/** The renderer's protocol, over whatever carries it. The same code speaks to the local process and to the container. */
export function createRenderer(transport: RendererTransport): Renderer {
  async function send(renderId: string, path: string, init: RequestInit): Promise<Response> {
    try {
      return await transport.send(renderId, path, init);
    } catch (error) {
      if (error instanceof OutsideError) throw error;
      throw new OutsideError("the renderer cannot be reached", true, error);
    }
  }

  async function call(renderId: string, path: string, init: RequestInit): Promise<Response> {
    const response = await send(renderId, path, init);
    if (response.ok) return response;
    const refusal = errorBody.safeParse(await response.json().catch(() => null)).data;
    if (response.status === 429) throw new RendererBusy();
    if (refusal?.code === "media_refused") throw new MediaRefused(refusal.detail);
    throw new OutsideError(`the renderer answered ${response.status}`, response.status >= 500);
  }

  /** A call that is over with its answer. */
  async function callBriefly(renderId: string, path: string, limitMs: number, init: RequestInit): Promise<Response> {
    const late = new AbortController();
    return withLimit(call(renderId, path, { ...init, signal: late.signal }), limitMs, late);
  }

  async function open(renderId: string, path: string, init: RequestInit = {}): Promise<ReadableStream<Uint8Array>> {
    const { body } = await callBriefly(renderId, path, answerLimitMs, init);
    if (body === null) throw new OutsideError("the renderer sent an empty file", true);
    return body;
  }

  return {
    health: transport.health,

    async *run(renderId, request, signal) {
      const late = new AbortController();
      const response = await withLimit(
        call(renderId, `/renders/${renderId}`, {
          ...jsonInit(request satisfies RenderRequest),
          signal: AbortSignal.any([signal, late.signal]),
        }),
        answerLimitMs,
        late,
      );
      yield* readEvents(response);
    },

    async supply(renderId, key, body, { contentType, provider }) {
      const headers = { "Content-Type": contentType, ...(provider === undefined ? {} : { "X-Provider": provider }) };
      const response = await callBriefly(renderId, `/renders/${renderId}/supplies/${key}`, carryLimitMs, {
        method: "PUT",
        headers,
        body,
      });
      await response.body?.cancel();
    },

    async miss(renderId, keys) {
      const init = jsonInit({ keys } satisfies MissingRequest);
      const response = await callBriefly(renderId, `/renders/${renderId}/missing`, shortCallMs, init);
      await response.body?.cancel();
    },

    artefact: (renderId, key) => open(renderId, `/renders/${renderId}/artefacts/${key}`),
    file: (renderId, name) => open(renderId, `/renders/${renderId}/files/${name}`),

    async discard(renderId) {
      try {
        await transport.discard(renderId);
      } catch (error) {
        throw new OutsideError("the renderer did not discard the render", true, error);
      }
    },

    async probe(body, size) {
      const { readable, writable } = new FixedLengthStream(size);
      const sent = body.pipeTo(writable);
      const answered = callBriefly(anyRenderer(), "/media", carryLimitMs, {
        method: "POST",
        headers: { "Content-Type": "application/octet-stream" },
        body: readable,
      });
      // A renderer that refuses a file by its first bytes does not read the rest.
      sent.catch(() => undefined);
      const response = await answered;
      const facts = mediaFacts.safeParse(await response.json().catch(() => null));
      if (!facts.success) throw new OutsideError("the renderer sent something that are no facts", true, facts.error);
      return facts.data;
    },

    draw: (request) => open(anyRenderer(), "/images", jsonInit(request satisfies ImageRequest)),
  };
}

function jsonInit(body: unknown): RequestInit {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

function anyRenderer(): string {
  return `any-${Math.floor(Math.random() * anyRendererCount)}`;
}

/** A line may be this long: the longest is `wanted` with every segment of a long video, or with the scenes' texts. */
const lineMaxCharacters = 1_000_000;

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
        if (event.type === "done" || event.type === "part_done" || event.type === "failed") return;
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

/**
 * Renderers that run as processes of their own, such as those `npm start` starts. A render is always at the same one, and
 * the parts of a video are each at another one than the video itself, as far as there are enough.
 */
export function createProcessTransport(baseUrls: readonly string[]): RendererTransport {
  const baseOf = (renderId: string): string => {
    const [, render = renderId, part = "0"] = /^(.*)-p(\d+)$/.exec(renderId) ?? [];
    const base = baseUrls[(stableHash(render) + Number(part)) % baseUrls.length] ?? "";
    return base.replace(/\/$/, "");
  };
  return {
    send: (renderId, path, init) => fetch(`${baseOf(renderId)}${path}`, init),
    async health() {
      const response = await fetch(`${baseOf("health")}/health`, { signal: AbortSignal.timeout(shortCallMs) });
      return rendererHealth.parse(await response.json());
    },
    async discard(renderId) {
      const signal = AbortSignal.timeout(shortCallMs);
      const response = await fetch(`${baseOf(renderId)}/renders/${renderId}`, { method: "DELETE", signal });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the renderer answered ${response.status}`);
    },
  };
}

/** FNV-1a, 32 bits. */
function stableHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}
