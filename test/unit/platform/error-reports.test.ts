/** What is reported to Sentry, as a server of its kind receives it. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createReportingLog } from "../../../src/platform/error-reports.ts";

const { background } = vi.hoisted(() => ({ background: [] as Promise<unknown>[] }));
vi.mock("cloudflare:workers", () => ({ waitUntil: (work: Promise<unknown>) => void background.push(work) }));

let server: Server;
let dsn: string;
let status = 200;
const received: { path: string; body: string }[] = [];
const lines: unknown[] = [];

beforeEach(async () => {
  received.length = 0;
  lines.length = 0;
  background.length = 0;
  status = 200;
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ path: request.url ?? "", body: Buffer.concat(chunks).toString() });
    response.writeHead(status).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  dsn = `http://key@127.0.0.1:${(server.address() as AddressInfo).port}/7`;
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

const newLog = () =>
  createReportingLog(
    { write: (level, event) => void lines.push([level, event]) },
    { dsn, release: "1.2.3", environment: "production" },
  );

type Reported = {
  message: string;
  level: string;
  tags: object;
  extra: object;
  release: string;
  environment: string;
  fingerprint: string[];
};

/** The last line of an envelope: headers stand before it. */
const eventOf = (body: string) =>
  JSON.parse(
    body
      .split("\n")
      .filter((line) => line !== "")
      .at(-1) ?? "",
  ) as Reported;

describe("an error line", () => {
  it("is written, and reported with what it says and no more", async () => {
    newLog().write("error", "bug", {
      request_id: "r-1",
      operation: "getVideo",
      path: "/api/videos/vid_1",
      error: "gone",
    });
    await Promise.all(background);
    expect(lines).toEqual([["error", "bug"]]);
    expect(received).toHaveLength(1);
    expect(received[0]?.path).toMatch(/^\/api\/7\/envelope\//);
    const event = eventOf(received[0]?.body ?? "");
    expect(event).toMatchObject({
      message: "bug",
      level: "error",
      tags: { operation: "getVideo" },
      extra: { request_id: "r-1", path: "/api/videos/vid_1", error: "gone" },
      release: "1.2.3",
      environment: "production",
      fingerprint: ["bug", "getVideo"],
    });
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(["user"]));
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(["request"]));
  });

  it("is reported without what belongs to somebody or opens something, wherever it stands", async () => {
    const told = {
      error: "asked https://files.example.com/a.png?signature=5f3a for amina@example.com at 0712345678",
      stack: "Error: Bearer eyJhbGciOi.eyJzdWIi.c2ln\n    at send (worker.js:1:2)",
      causes: [{ why: "key sk_live_51Habcdefgh and +254712345678 from 197.248.10.20" }],
    };
    newLog().write("error", "bug", told);
    await Promise.all(background);
    const body = received[0]?.body ?? "";
    for (const secret of ["example.com", "5f3a", "amina", "0712", "eyJ", "c2ln", "51Habc", "254712", "197.248"])
      expect(body).not.toContain(secret);
    expect(eventOf(body).extra).toEqual({
      error: "asked [link] for [email] at [phone]",
      stack: "Error: [credential]\n    at send (worker.js:1:2)",
      causes: [{ why: "key [credential] and [phone] from [address]" }],
    });
  });

  it("is alone: what only warns or tells is not reported", async () => {
    const log = newLog();
    log.write("info", "request", {});
    log.write("warn", "lease_not_renewed", {});
    expect(background).toEqual([]);
    expect(lines).toHaveLength(2);
  });

  it("is reported twenty times a minute at most, and written every time", async () => {
    const log = newLog();
    for (let turn = 0; turn < 50; turn += 1) log.write("error", "bug", { turn });
    await Promise.all(background);
    expect(lines).toHaveLength(50);
    expect(background).toHaveLength(20);
  });

  it.each([500, 429, 403])("is let go when Sentry answers %i", async (answer) => {
    status = answer;
    newLog().write("error", "bug", {});
    await expect(Promise.all(background)).resolves.toBeDefined();
    expect(lines).toHaveLength(1);
  });

  it("is let go when nobody answers", async () => {
    await new Promise((resolve) => server.close(resolve));
    newLog().write("error", "bug", {});
    await expect(Promise.all(background)).resolves.toBeDefined();
  });
});
