import { exports } from "cloudflare:workers";
import { expect } from "vitest";
import type { z } from "zod";
import { type SessionAnswer, sessionAnswer } from "../../src/contract/accounts.ts";
import { type ProblemCode, type ProblemDocument, problemDocument, problems } from "../../src/contract/errors.ts";

export const origin = "https://studio.test";
export const password = "korosho na chai ya asubuhi";

export type Call = {
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  body?: BodyInit;
  headers?: Record<string, string>;
};
export type Reply = { status: number; headers: Headers; text: string };
/** Carries a request to the Worker under test. */
export type Send = (request: Request) => Promise<Response>;

/** One caller of the API: an address of its own, so that no test uses up another's rate limit, and a token if it has one. */
export type Client = {
  /** `path` may be a whole link of this service. */
  fetch(method: string, path: string, call?: Call): Promise<Response>;
  call(method: string, path: string, call?: Call): Promise<Reply>;
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, json?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** The same caller with another token, or none. */
  withToken(token: string | null): Client;
};

export function newClient(options: { token?: string | null; address?: string; send?: Send | undefined } = {}): Client {
  const { token = null, address = newAddress(), send = (request) => exports.default.fetch(request) } = options;
  const client: Client = {
    fetch(method, path, { json, body, headers = {} } = {}) {
      const content = json === undefined ? body : JSON.stringify(json);
      return send(
        new Request(new URL(path, origin), {
          method,
          redirect: "manual",
          headers: {
            "CF-Connecting-IP": address,
            ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
            ...(json === undefined ? {} : { "Content-Type": "application/json" }),
            ...headers,
          },
          ...(content === undefined ? {} : { body: content }),
        }),
      );
    },
    async call(method, path, call) {
      const response = await client.fetch(method, path, call);
      return { status: response.status, headers: response.headers, text: await readText(response) };
    },
    get: (path, headers = {}) => client.call("GET", path, { headers }),
    post: (path, json, headers = {}) => client.call("POST", path, { json, headers }),
    withToken: (other) => newClient({ token: other, address, send }),
  };
  return client;
}

/** As bytes first: workerd warns when a body that is no text is read as text. */
async function readText(response: Response): Promise<string> {
  return new TextDecoder().decode(await response.arrayBuffer());
}

let addresses = 0;
/** In a /64 of its own: that is what is counted. */
function newAddress(): string {
  addresses += 1;
  return `2001:db8::${addresses.toString(16)}:0:0:0:1`;
}

export type Tenant = Client & { readonly session: SessionAnswer; readonly email: string; readonly token: string };

let users = 0;
export function newEmail(): string {
  users += 1;
  return `user${users}@example.com`;
}

/** A new user in a tenant of their own, with the 10 free credits. */
export async function signUp(options: { send?: Send; email?: string } = {}): Promise<Tenant> {
  const { send, email = newEmail() } = options;
  const visitor = newClient({ send });
  const session = read(await visitor.post("/api/auth/signup", { email, password }), 201, sessionAnswer);
  return { ...visitor.withToken(session.access_token), session, email, token: session.access_token };
}

/** The answer, held against the contract: a status or a field that is not the promised one fails the test. */
export function read<Schema extends z.ZodType>(reply: Reply, status: number, schema: Schema): z.infer<Schema> {
  expect(reply.status, reply.text).toBe(status);
  expect(reply.headers.get("Content-Type")).toMatch(/^application\/json/);
  return schema.parse(JSON.parse(reply.text));
}

/** The refusal, held against RFC 9457 and the table of codes. */
export function readProblem(reply: Reply, code: ProblemCode): ProblemDocument {
  const { title, status } = problems[code];
  expect(reply.status, reply.text).toBe(status);
  expect(reply.headers.get("Content-Type")).toBe("application/problem+json");
  const problem = problemDocument.parse(JSON.parse(reply.text));
  expect(problem).toMatchObject({ code, title, status, type: `urn:shujaa:problem:${code}` });
  if (!reply.headers.has("Idempotent-Replayed")) expect(problem.request_id).toBe(reply.headers.get("X-Request-Id"));
  if (status === 401) expect(reply.headers.get("WWW-Authenticate")).toMatch(/^Bearer realm=/);
  if (status === 429 || status === 503) expect(reply.headers.get("Retry-After")).toMatch(/^\d+$/);
  return problem;
}

/** The pointers that the refusal of a body or query names. */
export function readPointers(reply: Reply): string[] {
  const { errors } = readProblem(reply, "validation_failed");
  return (errors ?? []).map(({ pointer }) => pointer);
}
