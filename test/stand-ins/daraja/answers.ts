/** What is asked, as far as it matters: the platform's Request, miniflare's and Node's all have it. */
export type IncomingRequest = {
  method: string;
  url: string;
  headers: { get(name: string): string | null };
  text(): Promise<string>;
  signal?: AbortSignal | null;
};

/**
 * `isLost`: nothing of this reaches the caller, the connection breaks. Where a Response must be made of it all the same (an
 * outbound service of miniflare cannot break a connection), it is a gateway's 502 without a body.
 */
export type Answer = { status: number; headers: Record<string, string>; body: string; isLost: boolean };

type ResponseClass<R> = new (body: string | null, init: { status: number; headers: Record<string, string> }) => R;

/** The one place where an answer becomes a Response, of whichever class the caller's platform takes. */
export function toResponse<R>(answer: Answer, Class: ResponseClass<R>): R {
  return new Class(answer.body, { status: answer.status, headers: answer.headers });
}

export function json(body: unknown, status = 200): Answer {
  return text(JSON.stringify(body), status, "application/json");
}

export function text(body: string, status: number, contentType: string): Answer {
  return { status, headers: { "Content-Type": contentType }, body, isLost: false };
}

export const lost: Answer = { status: 502, headers: {}, body: "", isLost: true };
