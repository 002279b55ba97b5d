/** Stands between the Worker and one renderer: passes everything on, sees how far each render is, and answers what a liar says instead. */
import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import type { Liar } from "./liar.ts";
import { type Asked, linesOf } from "./lies.ts";

/** How far a render was seen to be: its stages, the joining of its segments, and the moment its files are fetched. */
export const moments = ["scripting", "voicing", "illustrating", "rendering", "joining", "fetched"] as const;
export type Moment = (typeof moments)[number];
export type Sight = { renderId: string; moment: Moment };

/** From here on a render only joins what it has encoded. */
const joiningPercent = 98;

export class RendererFront {
  readonly #server: Server;
  readonly #backUrl: string;
  readonly #onSight: (sight: Sight) => void;
  readonly #liar: Liar;

  private constructor(server: Server, backUrl: string, liar: Liar, onSight: (sight: Sight) => void) {
    this.#server = server;
    this.#backUrl = backUrl;
    this.#liar = liar;
    this.#onSight = onSight;
  }

  static async open(backUrl: string, liar: Liar, onSight: (sight: Sight) => void): Promise<RendererFront> {
    const server = createServer();
    const front = new RendererFront(server, backUrl, liar, onSight);
    // Whatever breaks on either side is passed on as a broken connection.
    server.on("request", (request, response) => {
      front.#answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, renderId = "", rest = ""] = /^\/renders\/([^/]+)(.*)$/.exec(request.url ?? "") ?? [];
    const asked = askedFor(request.method ?? "", rest);
    if (asked === "file") this.#onSight({ renderId, moment: "fetched" });
    const lie = asked === null ? null : this.#liar.take(asked, renderId);
    const askBehind = () => this.#askBehind(request, response);
    if (lie !== null) return lie.tell({ request, response, ask: askBehind });
    const answer = await askBehind();
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    if (asked !== "events") return pipeline(answer, response);
    for await (const line of linesOf(answer)) {
      response.write(`${line}\n`);
      this.#look(renderId, line);
    }
    // A stream that was cut is no stream that has ended.
    if (answer.complete) response.end();
    else response.destroy();
  }

  #look(renderId: string, line: string): void {
    if (!line.includes('"type":"progress"')) return;
    const { stage, percent } = JSON.parse(line) as { stage: Moment; percent: number };
    this.#onSight({ renderId, moment: percent >= joiningPercent ? "joining" : stage });
  }

  #askBehind(request: IncomingMessage, response: ServerResponse): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { method, headers, url } = request;
      const behind = ask(`${this.#backUrl}${url}`, { method, headers, agent: false }, resolve);
      behind.once("error", reject);
      response.once("close", () => behind.destroy());
      request.pipe(behind);
    });
  }
}

/** null: nobody lies about that. */
function askedFor(method: string, rest: string): Asked | null {
  if (method === "POST" && rest === "") return "events";
  if (method === "GET" && rest.startsWith("/files/")) return "file";
  if (method === "GET" && rest.startsWith("/artefacts/")) return "artefact";
  if (method === "POST" && rest === "/missing") return "missing";
  return null;
}
