/**
 * The web, as far as the tests need one: whatever host but the renderer's a Worker under test asks, this answers.
 *
 *   /file?type=&body=&length=no   those bytes                  /redirect?to=&status=     a redirect
 *   /loop                         redirects to itself          /endless                  a body without end
 *   /slow                         begins and never ends        /hang                     never answers
 *   /status/404                   that status
 *   /flaky?id=&fails=2            503 so often, then a file    /asked?id=                how often it was asked
 *   /headers                      a file that says what headers came along
 *   /dns-query?name=&type=        DNS over HTTPS: the addresses of `names`, and a public one for every other name
 */
import { type Request, Response } from "miniflare";

const publicAddress = { A: ["93.184.216.34"], AAAA: ["2606:2800:220:1:248:1893:25c8:1946"] };
const names: Record<string, { A: string[]; AAAA: string[] }> = {
  "rebind.example.com": { A: ["10.0.0.7"], AAAA: [] },
  "half.example.com": { A: ["93.184.216.34", "127.0.0.1"], AAAA: [] },
  "six.example.com": { A: ["93.184.216.34"], AAAA: ["::ffff:169.254.169.254"] },
  "nowhere.example.com": { A: [], AAAA: [] },
};
const recordTypes = { A: 1, AAAA: 28 };

const asked = new Map<string, number>();

export async function standInWeb(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const [, place, argument] = pathname.split("/");
  const told = (name: string, otherwise: string) => searchParams.get(name) ?? otherwise;
  const file = (body: string, type = told("type", "image/png")) => {
    const isUnsized = searchParams.get("length") === "no";
    if (isUnsized) return new Response(streamOf([body]), { headers: { "Content-Type": type } });
    return new Response(body, { headers: { "Content-Type": type, "Content-Length": String(Buffer.byteLength(body)) } });
  };
  switch (place) {
    case "file":
      return file(told("body", "media image/png 640x480"));
    case "redirect":
      return new Response(null, { status: Number(told("status", "302")), headers: { Location: told("to", "") } });
    case "loop":
      return new Response(null, { status: 302, headers: { Location: "/loop" } });
    case "endless":
      return new Response(endless(), { headers: { "Content-Type": "video/mp4" } });
    case "slow":
      return new Response(beginning(), { headers: { "Content-Type": "video/mp4" } });
    case "hang":
      return untilForgotten().then(() => new Response(null, { status: 504 }));
    case "status":
      return new Response("no file", { status: Number(argument), headers: { "Content-Type": "image/png" } });
    case "flaky": {
      const count = (asked.get(told("id", "")) ?? 0) + 1;
      asked.set(told("id", ""), count);
      return count > Number(told("fails", "1")) ? file("media image/png 64x64") : new Response("no", { status: 503 });
    }
    case "asked":
      return Response.json(asked.get(told("id", "")) ?? 0);
    case "headers":
      return file(`media image/png 64x64\n${JSON.stringify([...request.headers])}`);
    case "dns-query":
      return dnsAnswer(told("name", ""), told("type", "A") as keyof typeof recordTypes);
    default:
      return new Response("no such page", { status: 404, headers: { "Content-Type": "text/html" } });
  }
}

function dnsAnswer(name: string, type: keyof typeof recordTypes): Response {
  const addresses = (names[name] ?? publicAddress)[type];
  const alias = { name, type: 5, TTL: 60, data: "elsewhere.example.com." };
  return Response.json({
    Status: 0,
    Answer: [alias, ...addresses.map((data) => ({ name, type: recordTypes[type], TTL: 60, data }))],
  });
}

const encoder = new TextEncoder();

function streamOf(parts: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(encoder.encode(part));
      controller.close();
    },
  });
}

/** As good as without end: 200 MB, a chunk at a time, so that whoever has enough is heard. */
function endless(): ReadableStream<Uint8Array> {
  let chunks = 0;
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve));
      chunks += 1;
      if (chunks > 3_000) controller.close();
      else controller.enqueue(new Uint8Array(64 * 1024));
    },
  });
}

function beginning(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode("media video/mp4")),
    async pull(controller) {
      await untilForgotten();
      controller.close();
    },
  });
}

const forgottenMs = 3_000;

/** Longer than any test waits, and short enough not to keep the tests from ending. */
function untilForgotten(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, forgottenMs));
}
