/** Both stand-ins as one real server, for a developer and for tests: `/google` and `/github` are their addresses. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, text } from "../daraja/answers.ts";
import type { Client } from "./codes.ts";
import { type Kind, StandInOauth } from "./stand-in-oauth.ts";

export type ServeOptions = { port: number; host?: string; clients: Record<Kind, Client> };
export type ServedOauth = { origin: string; close: () => Promise<void> };

export async function serve({ port, host = "127.0.0.1", clients }: ServeOptions): Promise<ServedOauth> {
  const server = createServer((request, response) => {
    void answerRequest(request).then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const newStandIn = (kind: Kind) =>
    new StandInOauth({ kind, now: Date.now, origin: `${origin}/${kind}`, client: clients[kind] });
  const standIns = { google: newStandIn("google"), github: newStandIn("github") };

  async function answerRequest(incoming: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? "/", origin);
    const kind = url.pathname.split("/")[1];
    if (kind !== "google" && kind !== "github") return text("/google and /github are here.", 404, "text/plain");
    return standIns[kind].answer({
      method: incoming.method ?? "GET",
      url: url.href,
      headers: { get: (name) => incoming.headers[name.toLowerCase()]?.toString() ?? null },
      text: async () => Buffer.concat(chunks).toString("utf8"),
    });
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return { origin, close };
}
