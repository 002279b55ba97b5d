/**
 * Models that know one answer each, behind Cloudflare's REST interface at http://models.test. The account's id says how they
 * feel: `well`, or one of `garbage`, `empty`, `wrong-shape`, `refused`, `down`, `busy-once` (429 the first time a model is
 * asked in it), `down-once`. `GET http://models.test/asked` tells how often each model of each account was asked.
 */
import { type Request, Response } from "miniflare";

const asked: Record<string, number> = {};

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]);
const mp3 = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0]);

export async function standInModels(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === "/asked") return Response.json(asked);
  const [, account = "", model = ""] = /^\/client\/v4\/accounts\/([^/]+)\/ai\/run\/(.+)$/.exec(pathname) ?? [];
  const name = `${account} ${model}`;
  asked[name] = (asked[name] ?? 0) + 1;
  if (request.headers.get("Authorization") !== "Bearer a token of the tests") return failed(401);
  const mood = account.split("-of-", 1)[0];
  if (mood === "refused") return failed(403);
  if (mood === "down" || (mood === "down-once" && asked[name] === 1)) return failed(503);
  if (mood === "busy-once" && asked[name] === 1) return failed(429);
  if (mood === "empty") return new Response(null);
  if (mood === "garbage")
    return new Response("<html>not what you wanted</html>", { headers: { "Content-Type": "text/html" } });
  const body = (await request.json()) as Record<string, unknown>;
  if (model.includes("llama"))
    return result({ response: mood === "wrong-shape" ? { title: "No scenes" } : scriptFor(body) });
  if (mood === "wrong-shape") return result({ something: "else" });
  if (model.includes("flux")) return result({ image: jpeg.toString("base64") });
  if (model.includes("melotts")) return result({ audio: mp3.toString("base64") });
  return new Response(mp3, { headers: { "Content-Type": "audio/mpeg" } });
}

type Message = { content: string };

function scriptFor({ messages }: Record<string, unknown>): unknown {
  const [system = { content: "" }] = messages as Message[];
  const count = Number(/exactly (\d+) scenes/.exec(system.content)?.[1]);
  const scenes = Array.from({ length: count }, (_, index) => ({
    title: `Part ${index + 1}`,
    narration: "Said by a model.",
  }));
  return { title: "Written by a model", scenes };
}

function result(value: unknown): Response {
  return Response.json({ result: value, success: true, errors: [], messages: [] });
}

function failed(status: number): Response {
  return Response.json({ result: null, success: false, errors: [{ code: status, message: "no" }] }, { status });
}
