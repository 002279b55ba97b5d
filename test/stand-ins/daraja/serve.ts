/**
 * The stand-in as a real server, for a developer and for tests of the whole stack. It delivers callbacks by itself, a moment
 * after the payer has acted, and shows the payers' phones on a page at `/`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, text } from "./answers.ts";
import type { CallbackMode } from "./callback-modes.ts";
import { StandInDaraja } from "./daraja.ts";
import { type Delivered, drawPage, pageActions, pageModes } from "./page.ts";
import type { DarajaOptions, Delivery } from "./world.ts";

export type ServeOptions = Omit<DarajaOptions, "now" | "origin" | "deliverEarly"> & {
  /** 0 takes any that is free. */
  port: number;
  host?: string;
  /** How others name this server, when not by host and port. */
  origin?: string;
  callbackDelayMs?: number;
  /** What `late` means here, where a clock cannot be moved. */
  lateMs?: number;
};

export type ServedDaraja = { origin: string; daraja: StandInDaraja; close: () => Promise<void> };

const tickMs = 100;
const deliveryTimeoutMs = 10_000;
const deliveredShown = 20;

export async function serve(options: ServeOptions): Promise<ServedDaraja> {
  const { port, host = "127.0.0.1", origin: told, callbackDelayMs = 300, lateMs = 20_000, ...rest } = options;
  const delivered: Delivered[] = [];
  const deliver = async (delivery: Delivery) => {
    delivered.unshift({ ...delivery, status: await post(delivery), atMs: Date.now() });
    delivered.length = Math.min(delivered.length, deliveredShown);
  };
  const server = createServer((request, response) => {
    void answerRequest(request).then((answer) => send(response, answer));
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const origin = told ?? `http://${host}:${(server.address() as AddressInfo).port}`;
  const daraja = new StandInDaraja({ ...rest, now: Date.now, origin, deliverEarly: deliver });
  let mode: CallbackMode = "normal";
  daraja.setDefaultCallbackMode(mode, lateMs);

  async function answerRequest(incoming: IncomingMessage): Promise<Answer> {
    const request = await readRequest(incoming, origin);
    const { pathname } = new URL(request.url);
    if (request.method === "GET" && pathname === "/") {
      return text(drawPage({ daraja, mode, delivered, now: Date.now() }), 200, "text/html; charset=utf-8");
    }
    if (request.method !== "POST" || !pathname.startsWith("/page/")) return daraja.answer(request);
    const form = new URLSearchParams(await request.text());
    const chosen = pageModes.find(([name]) => name === form.get("mode"));
    if (pathname === "/page/mode" && chosen !== undefined) {
      mode = chosen[0];
      daraja.setDefaultCallbackMode(mode, lateMs);
    }
    if (pathname === "/page/decide") press(daraja, form.get("prompt") ?? "", form.get("action") ?? "");
    return { ...text("", 303, "text/html"), headers: { Location: "/" } };
  }

  const waiting = new Set<NodeJS.Timeout>();
  const ticking = setInterval(() => {
    for (const delivery of daraja.takeCallbacks()) {
      const timer = setTimeout(() => {
        waiting.delete(timer);
        void deliver(delivery);
      }, callbackDelayMs);
      waiting.add(timer);
    }
  }, tickMs);

  async function close(): Promise<void> {
    clearInterval(ticking);
    for (const timer of waiting) clearTimeout(timer);
    daraja.release();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return { origin, daraja, close };
}

/** A button of a page that is a moment old may be of a prompt that has ended meanwhile: then it does nothing. */
function press(daraja: StandInDaraja, checkoutRequestId: string, action: string): void {
  const outcome = pageActions.find(([name]) => name === action)?.[0];
  const isOpen = daraja.listPrompts({ isOpen: true }).some((prompt) => prompt.checkoutRequestId === checkoutRequestId);
  if (outcome !== undefined && isOpen) daraja.decide(checkoutRequestId, outcome);
}

async function readRequest(incoming: IncomingMessage, origin: string) {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString("utf8");
  return {
    method: incoming.method ?? "GET",
    url: new URL(incoming.url ?? "/", origin).href,
    headers: { get: (name: string) => headerOf(incoming, name) },
    text: async () => body,
  };
}

function headerOf(incoming: IncomingMessage, name: string): string | null {
  const value = incoming.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer.isLost) {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

/** Once, whatever comes back: the real one does not try again. Zero when nobody answered. */
async function post(delivery: Delivery): Promise<number> {
  try {
    const response = await fetch(delivery.url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: delivery.body,
      signal: AbortSignal.timeout(deliveryTimeoutMs),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
