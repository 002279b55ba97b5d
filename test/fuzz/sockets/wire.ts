/** Talks to a server as no HTTP client would: bytes as they are given, in the pieces they are given in. */
import { connect, type Socket } from "node:net";

/** What is written, or for how long nothing is. */
export type Piece = string | Buffer | { pauseMs: number };

export type Heard = {
  text: string;
  /** Of each answer in it, in their order. */
  statuses: number[];
  /** The other side ended the connection. */
  isClosed: boolean;
  tookMs: number;
};

/** Who has begun to answer and says nothing more for so long has said all. */
const quietMs = 500;

/**
 * Says all of it and listens until the other side ends it, or has answered and falls silent; `leave` breaks off as soon as so
 * many bytes have come back: 0 is before any. A connection that is reset is one that was ended.
 */
export async function speak(
  url: string,
  pieces: readonly Piece[],
  options: { limitMs?: number; leave?: number | undefined } = {},
): Promise<Heard> {
  const { limitMs = 10_000, leave } = options;
  const { hostname, port } = new URL(url);
  const startedAt = performance.now();
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  let [bytes, isClosed] = [0, false];
  const done = Promise.withResolvers<void>();
  const late = setTimeout(done.resolve, limitMs);
  let quiet: NodeJS.Timeout | undefined;
  socket.on("data", (chunk) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (leave !== undefined && bytes >= leave) done.resolve();
    quiet ??= setTimeout(done.resolve, quietMs);
    quiet.refresh();
  });
  socket.on("error", () => undefined);
  socket.on("close", () => {
    isClosed = true;
    done.resolve();
  });
  await say(socket, pieces);
  if (leave === 0) done.resolve();
  await done.promise;
  clearTimeout(quiet);
  clearTimeout(late);
  socket.destroy();
  const text = Buffer.concat(chunks).toString("latin1");
  const statuses = Array.from(text.matchAll(/HTTP\/1\.[01] (\d{3}) /g), ([, status]) => Number(status));
  return { text, statuses, isClosed, tookMs: performance.now() - startedAt };
}

async function say(socket: Socket, pieces: readonly Piece[]): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    if (typeof piece === "object" && "pauseMs" in piece) {
      await new Promise((resolve) => setTimeout(resolve, piece.pauseMs));
    } else if (!socket.write(piece)) {
      await new Promise<void>((resolve) => {
        socket.once("drain", resolve);
        socket.once("close", () => resolve());
      });
    }
  }
}

/** A request in bytes: each header on a line of its own, as it is given. */
export function request(line: string, headers: readonly string[], body: string | Buffer = ""): Buffer {
  const head = [`${line} HTTP/1.1`, "Host: 127.0.0.1", ...headers, "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(body)]);
}

const insides = /\n\s+at |node_modules|\.ts:\d|file:\/\/|\/tmp\/|TypeError|RangeError|SyntaxError|"stack"|D1_ERROR/;

/** What is wrong with an answer to whatever was said: a bug's status, or our insides. */
export function untruthsOf({ text, statuses }: Heard): string[] {
  const untruths: string[] = [];
  // A host that is none, two of them, or a tunnel: workerd says so itself, and the Worker never hears of it.
  const isRuntimes = text.endsWith("\r\n\r\nInternal Server Error") && !text.includes("X-Request-Id");
  // 501 is HTTP's own word for a coding of the body that is not known, 503 for what is away: a bug has 500 alone.
  if (statuses.includes(500) && !isRuntimes) untruths.push(`a bug: ${text.slice(0, 500)}`);
  if (insides.test(text)) untruths.push(`our insides: ${text.slice(0, 500)}`);
  return untruths;
}
