/** The stand-in as a server of its own: real sockets, real time, and webhooks that go out by themselves. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
import { ConnectionBroken } from "./faults.ts";
import { createChance } from "./ids.ts";
import type { Answer, RequestLike } from "./serve-request.ts";
import { StandInStripe } from "./stand-in-stripe.ts";

export type ServeOptions = {
  /** 0: any that is free. */
  port: number;
  secretKey: string;
  webhookSecrets: string[];
  webhookUrl: string;
  /** manual: nothing goes out but by `POST /stand-in/take-deliveries`. */
  mode: "automatic" | "manual";
  now?: () => number;
  seed?: number;
  /** Before each further try of a delivery that got no 2xx; Stripe's own are hours. */
  retryDelaysMs?: number[];
};

export type ServedStripe = { origin: string; standIn: StandInStripe; close(): Promise<void> };

const policyBody = z.strictObject({
  /** The share of deliveries that never go out, from 0 to 1. */
  drop: z.number().min(0).max(1).optional(),
  /** How often each goes out beyond the first time. */
  repeat: z.number().int().min(0).max(10).optional(),
  delayMs: z.number().int().nonnegative().optional(),
  /** What happens at one time goes out in any order, all at once. */
  reorder: z.boolean().optional(),
});
type Policy = { drop: number; repeat: number; delayMs: number; reorder: boolean };

const tickMs = 200;
const webhookLimitMs = 30_000;

export async function serve(options: ServeOptions): Promise<ServedStripe> {
  const { port, secretKey, webhookSecrets, now = Date.now, seed = 1 } = options;
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  const origin = `http://127.0.0.1:${address.port}`;
  const standIn = new StandInStripe({ now, secretKey, webhookSecrets, origin, seed });
  const postman = createPostman(standIn, options);
  // What is due by the clock alone still has to reach the webhook.
  const tick = setInterval(() => postman.send(), tickMs);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const like = await readRequest(request, origin);
    try {
      const { pathname } = new URL(like.url);
      const given = pathname === "/stand-in/policy" ? await setPolicy(like) : await standIn.answer(like);
      write(response, given);
    } catch (error) {
      if (error instanceof ConnectionBroken) request.socket.destroy();
      else write(response, { status: 500, headers: {}, body: `The stand-in failed: ${String(error)}` });
    }
    postman.send();
  }

  async function setPolicy(request: RequestLike): Promise<Answer> {
    const parsed = policyBody.safeParse(JSON.parse((await request.text()) || "{}"));
    const body = parsed.success ? postman.setPolicy(parsed.data) : { error: { message: parsed.error.message } };
    return {
      status: parsed.success ? 200 : 400,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    };
  }

  return {
    origin,
    standIn,
    close: async () => {
      clearInterval(tick);
      postman.stop();
      standIn.clearFaults();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readRequest(request: IncomingMessage, origin: string): Promise<RequestLike> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString("utf8");
  const header = (name: string) => {
    const value = request.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(", ") : (value ?? null);
  };
  return {
    method: request.method ?? "GET",
    url: `${origin}${request.url ?? "/"}`,
    headers: { get: header },
    text: async () => body,
  };
}

function write(response: ServerResponse, { status, headers, body, isCut = false }: Answer): void {
  response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) });
  if (!isCut) response.end(body);
  else response.write(body.slice(0, body.length / 2), () => response.destroy());
}

function createPostman(standIn: StandInStripe, options: ServeOptions) {
  const { webhookUrl, mode, seed = 1, retryDelaysMs = [1_000, 10_000, 60_000] } = options;
  const chance = createChance(seed);
  const timers = new Set<NodeJS.Timeout>();
  let policy: Policy = { drop: 0, repeat: 0, delayMs: 0, reorder: false };
  let isStopped = false;
  let turn = Promise.resolve();

  function send(): void {
    if (mode === "manual" || isStopped) return;
    const events = standIn
      .takeDeliveries()
      .filter(() => chance() >= policy.drop)
      .flatMap(({ eventId }) => Array.from({ length: policy.repeat + 1 }, () => eventId));
    const { delayMs } = policy;
    if (policy.reorder) for (const event of shuffled(events)) later(delayMs, () => deliver(event, 1));
    else for (const event of events) later(delayMs, () => queue(event));
  }

  /** In order: one goes out when the one before was answered. */
  function queue(event: string): void {
    turn = turn.then(() => deliver(event, 1));
  }

  function shuffled(events: string[]): string[] {
    return events
      .map((event) => ({ event, place: chance() }))
      .sort((one, other) => one.place - other.place)
      .map(({ event }) => event);
  }

  function later(ms: number, run: () => unknown): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  }

  /** Signed when it goes out, however long it waited. */
  async function deliver(event: string, attempt: number): Promise<void> {
    if (isStopped) return;
    const { body, headers, type } = standIn.resend({ event });
    const outcome = await post(webhookUrl, body, headers);
    standIn.world.mailbox.recordAttempt({ eventId: event, type, attempt, outcome });
    const delayMs = retryDelaysMs[attempt - 1];
    if (outcome.startsWith("2") || delayMs === undefined) return;
    later(delayMs, () => deliver(event, attempt + 1));
  }

  return {
    send,
    setPolicy(changes: z.output<typeof policyBody>): Policy {
      const {
        drop = policy.drop,
        repeat = policy.repeat,
        delayMs = policy.delayMs,
        reorder = policy.reorder,
      } = changes;
      policy = { drop, repeat, delayMs, reorder };
      return policy;
    },
    stop(): void {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** The status, or why there was none. */
async function post(url: string, body: string, headers: Record<string, string>): Promise<string> {
  try {
    const signal = AbortSignal.timeout(webhookLimitMs);
    const answer = await fetch(url, { method: "POST", body, headers, redirect: "manual", signal });
    await answer.body?.cancel();
    return String(answer.status);
  } catch (error) {
    return error instanceof Error ? error.message : "no answer";
  }
}
