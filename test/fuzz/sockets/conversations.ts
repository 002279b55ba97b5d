/** What no HTTP client says, of a path that takes a body. */
import { type Piece, request } from "./wire.ts";

export type Conversation = {
  name: string;
  pieces: readonly Piece[];
  /** Broken off by us once so many bytes have come back. */
  leave?: number;
};

const json = "Content-Type: application/json";
const chunked = "Transfer-Encoding: chunked";
const hidden = "GET /hidden-in-a-body HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

type Target = { path: string; headers: readonly string[]; body: string };

export function conversationsWith({ path, headers, body }: Target): Conversation[] {
  const post = `POST ${path}`;
  const own = [...headers, json];
  const length = Buffer.byteLength(body);
  const sized = (size: string | number) => `Content-Length: ${size}`;
  const one = (name: string, ...pieces: Piece[]): Conversation => ({ name, pieces });
  const bodies: Conversation[] = [
    one("a length that is too small", request(post, [...own, sized(1)], `${body.slice(0, 1)} \r\n\r\n`)),
    { ...one("a length that is too large", request(post, [...own, sized(length + 100)], body)), leave: 0 },
    one("a negative length", request(post, [...own, sized(-1)], body)),
    one("a length with a sign", request(post, [...own, sized(`+${length}`)], body)),
    one("a length that is no number", request(post, [...own, sized("1e3")], body)),
    one("a length past all numbers", request(post, [...own, sized("9".repeat(40))], body)),
    one("two lengths", request(post, [...own, sized(length), sized(length + hidden.length)], body + hidden)),
    one("two lengths in one line", request(post, [...own, sized(`${length}, ${length + 5}`)], body)),
    one("a length and chunks", request(post, [...own, sized(5 + hidden.length), chunked], `0\r\n\r\n${hidden}`)),
    one("chunks and a length", request(post, [...own, chunked, sized(4)], `0\r\n\r\n${hidden}`)),
    one("chunked, but not last", request(post, [...own, "Transfer-Encoding: chunked, identity"], `0\r\n\r\n${hidden}`)),
    one("chunked in disguise", request(post, [...own, "Transfer-Encoding: xchunked"], `0\r\n\r\n${hidden}`)),
    one("chunked twice", request(post, [...own, chunked, chunked], `0\r\n\r\n`)),
    one("a space before the colon", request(post, [...own, "Transfer-Encoding : chunked"], `0\r\n\r\n${hidden}`)),
    one("a folded header", request(post, [...own, "X-Folded: a\r\n b: c", sized(length)], body)),
    { ...one("a chunk that ends early", request(post, [...own, chunked], `ff\r\n${body}\r\n`)), leave: 0 },
    one("a chunk that ends late", request(post, [...own, chunked], `1\r\n${body}\r\n0\r\n\r\n`)),
    one("a chunk of no size", request(post, [...own, chunked], `zz\r\n${body}\r\n0\r\n\r\n`)),
    one("a chunk past all sizes", request(post, [...own, chunked], `${"f".repeat(32)}\r\n${body}`)),
    one("a chunk of a negative size", request(post, [...own, chunked], `-1\r\n${body}\r\n0\r\n\r\n`)),
    one("a chunk with an extension of 64 kB", request(post, [...own, chunked], `1;${"x".repeat(65_536)}\r\n{\r\n`)),
    one("trailers of 64 kB", request(post, [...own, chunked], `0\r\nX-Long: ${"x".repeat(65_536)}\r\n\r\n`)),
    { ...one("a promise that is not kept", request(post, [...own, sized(length), "Expect: 100-continue"])), leave: 1 },
    one("a body in drops", request(post, [...own, sized(length)]), ...drops(body)),
    { ...one("a body that never ends", request(post, [...own, chunked]), ...endless()), leave: 0 },
    {
      ...one("gone in the middle of a body", request(post, [...own, sized(length)], body.slice(0, length >> 1))),
      leave: 0,
    },
    { ...one("gone in the middle of an answer", request(post, [...own, sized(length)], body)), leave: 1 },
  ];
  return [...heads(path, headers), ...bodies.map((each) => ({ ...each, name: `${path}: ${each.name}` }))];
}

function drops(body: string): Piece[] {
  const size = Math.ceil(body.length / 8);
  return Array.from({ length: 8 }, (_, index) => [
    body.slice(index * size, (index + 1) * size),
    { pauseMs: 40 },
  ]).flat();
}

function endless(): Piece[] {
  return Array.from({ length: 10 }, () => ["1\r\n \r\n", { pauseMs: 30 }]).flat();
}

function heads(path: string, headers: readonly string[]): Conversation[] {
  const one = (name: string, ...pieces: Piece[]): Conversation => ({ name, pieces });
  const many = Array.from({ length: 3_000 }, (_, index) => `X-${index}: ${index}`);
  return [
    { ...one("half a line", "GET /api/hea"), leave: 0 },
    { ...one("a line and a half header", `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Ha`), leave: 0 },
    one("no line at all", "\r\n\r\n\r\n\r\nx\r\n\r\n"),
    one("one word", "HELLO\r\n\r\n"),
    one("a version of the past", `GET ${path}\r\n\r\n`),
    one("a version of the future", `GET ${path} HTTP/9.9\r\nHost: x\r\n\r\n`),
    one("HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Buffer.alloc(9)),
    one("TLS", Buffer.from("16030100a5010000a10303", "hex"), Buffer.alloc(160, 7)),
    one("NUL in a header", request(`GET ${path}`, [...headers, "X-Nul: a\0b"])),
    one("a lone carriage return", `GET ${path} HTTP/1.1\rHost: x\r\r`, "\r\n\r\n"),
    one("no host", `GET ${path} HTTP/1.1\r\n\r\n`),
    one("two hosts", request(`GET ${path}`, [...headers, "Host: elsewhere.example"])),
    one("a host that is none", `GET ${path} HTTP/1.1\r\nHost: ]:[/@\r\n\r\n`),
    one("a header of 64 kB", request(`GET ${path}`, [...headers, `X-Long: ${"x".repeat(65_536)}`])),
    one("three thousand headers", request(`GET ${path}`, many)),
    one("a path of 64 kB", request(`GET /${"x".repeat(65_536)}`, headers)),
    one("a path of broken escapes", request("GET /%zz/%c0%ae%c0%ae/%00", headers)),
    one("another site's address", request("GET http://elsewhere.example/", headers)),
    one("a tunnel", `CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example:443\r\n\r\n`),
    one("TRACE", request(`TRACE ${path}`, headers)),
    one("a method that is none", request(`G\u0001T ${path}`, headers)),
    one("an upgrade to nothing", request(`GET ${path}`, [...headers, "Connection: Upgrade", "Upgrade: tea/1.0"])),
    one("a WebSocket without a key", request(`GET ${path}`, [...headers, "Connection: Upgrade", "Upgrade: websocket"])),
  ];
}
