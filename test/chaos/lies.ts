/** What a broken renderer, or a broken way to it, may answer: each entry is one lie, told to one kind of request. */
import type { IncomingMessage, ServerResponse } from "node:http";

/** Requests of the container's protocol that are lied to. */
export type Asked = "events" | "file" | "artefact" | "missing";
export type LieTold = {
  request: IncomingMessage;
  response: ServerResponse;
  /** Asks the real renderer. */
  ask(): Promise<IncomingMessage>;
};
export type Lie = { name: string; to: Asked; tell(told: LieTold): Promise<void> };

const html = "<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>";

export const lies: Lie[] = [
  { name: "answers 500", to: "events", tell: instead(500, "application/json", '{"code":"internal","detail":"no"}') },
  { name: "answers a page", to: "events", tell: instead(200, "text/html", html) },
  { name: "answers nothing", to: "events", tell: async ({ response }) => void response.destroy() },
  { name: "breaks off half-way", to: "events", tell: afterLines(4, (response) => response.destroy()) },
  {
    name: "ends in the middle of a line",
    to: "events",
    tell: afterLines(4, (response) => response.end('{"type":"pro')),
  },
  { name: "ends after a line", to: "events", tell: afterLines(3, (response) => response.end()) },
  { name: "says what is no JSON", to: "events", tell: afterLines(3, (response) => response.end(`${html}\n`)) },
  {
    name: "says what is no event",
    to: "events",
    tell: afterLines(3, (response) =>
      response.end('{"type":"progress","stage":"dancing","percent":500,"sequence":4}\n'),
    ),
  },
  {
    name: "says a line without end",
    to: "events",
    tell: afterLines(3, (response) => response.end(`"${"x".repeat(1_200_000)}`)),
  },
  { name: "claims other digests", to: "events", tell: inDone((file) => ({ ...file, sha256: "0".repeat(64) })) },
  { name: "claims longer files", to: "events", tell: inDone((file) => ({ ...file, size: file.size + 1 })) },
  {
    name: "claims other lengths and digests",
    to: "events",
    tell: inDone((file) => ({ ...file, size: 1, sha256: "1".repeat(64) })),
  },
  { name: "breaks a file off", to: "file", tell: brokenOff },
  {
    name: "sends half a file as a whole one",
    to: "file",
    tell: changed((bytes) => bytes.subarray(0, bytes.length >> 1)),
  },
  { name: "changes a byte of a file", to: "file", tell: changed(flip) },
  { name: "sends an empty file", to: "file", tell: changed(() => Buffer.alloc(0)) },
  { name: "has lost a file", to: "file", tell: instead(404, "application/json", '{"code":"not_found","detail":"no"}') },
  { name: "sends a page for a file", to: "file", tell: instead(200, "text/html", html) },
  { name: "changes a byte of an artefact", to: "artefact", tell: changed(flip) },
  { name: "breaks an artefact off", to: "artefact", tell: brokenOff },
  { name: "does not hear what is missing", to: "missing", tell: instead(500, "text/html", html) },
];

function instead(status: number, contentType: string, body: string): Lie["tell"] {
  return async ({ request, response }) => {
    request.resume();
    response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(body) }).end(body);
  };
}

/** Passes on so many lines, then ends them its own way; an answer that is shorter goes through whole. */
function afterLines(count: number, end: (response: ServerResponse) => unknown): Lie["tell"] {
  return async ({ response, ask }) => {
    const answer = await ask();
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    let passed = 0;
    for await (const line of linesOf(answer)) {
      if (passed === count) {
        answer.destroy();
        end(response);
        return;
      }
      response.write(`${line}\n`);
      passed += 1;
    }
    response.end();
  };
}

type ToldFile = { size: number; sha256: string };

function inDone(change: (file: ToldFile) => ToldFile): Lie["tell"] {
  return async ({ response, ask }) => {
    const answer = await ask();
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    for await (const line of linesOf(answer)) {
      if (!line.includes('"type":"done"')) {
        response.write(`${line}\n`);
        continue;
      }
      const event = JSON.parse(line) as { output: { files: ToldFile[] } };
      event.output.files = event.output.files.map(change);
      response.write(`${JSON.stringify(event)}\n`);
    }
    response.end();
  };
}

function changed(change: (bytes: Buffer) => Buffer): Lie["tell"] {
  return async ({ response, ask }) => {
    const answer = await ask();
    const bytes = change(await bytesOf(answer));
    response.writeHead(answer.statusCode ?? 500, { ...answer.headers, "content-length": bytes.length }).end(bytes);
  };
}

async function brokenOff({ response, ask }: LieTold): Promise<void> {
  const answer = await ask();
  const bytes = await bytesOf(answer);
  response.writeHead(answer.statusCode ?? 500, answer.headers);
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}

function flip(bytes: Buffer): Buffer {
  const changedBytes = Buffer.from(bytes);
  const middle = bytes.length >> 1;
  changedBytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
  return changedBytes;
}

async function bytesOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function* linesOf(answer: IncomingMessage): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    const lines = (rest + chunk.toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
