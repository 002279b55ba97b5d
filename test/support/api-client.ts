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

/** One caller of the API: an address of its own, so that no test uses up another's rate limit, and a token if it has one. */
export type Client = {
  readonly address: string;
  readonly token: string | null;
  /** `path` may be a whole link of this service. */
  fetch(method: string, path: string, call?: Call): Promise<Response>;
  call(method: string, path: string, call?: Call): Promise<Reply>;
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, json?: unknown, headers?: Record<string, string>): Promise<Reply>;
  withToken(token: string | null): Client;
};

export function newClient(token: string | null = null, address = newAddress()): Client {
  const client: Client = {
    address,
    token,
    fetch(method, path, { json, body, headers = {} } = {}) {
      return exports.default.fetch(new URL(path, origin).href, {
        method,
        redirect: "manual",
        headers: {
          "CF-Connecting-IP": address,
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
          ...(json === undefined ? {} : { "Content-Type": "application/json" }),
          ...headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        ...(body === undefined ? {} : { body }),
      });
    },
    async call(method, path, call) {
      const response = await client.fetch(method, path, call);
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    get: (path, headers = {}) => client.call("GET", path, { headers }),
    post: (path, json, headers = {}) => client.call("POST", path, { json, headers }),
    withToken: (other) => newClient(other, address),
  };
  return client;
}

let addresses = 0;
function newAddress(): string {
  addresses += 1;
  return `2001:db8::${addresses.toString(16)}`;
}

export type Tenant = Client & { readonly session: SessionAnswer; readonly email: string; readonly token: string };

let users = 0;

/** A new user in a tenant of their own, with the 10 free credits. */
export async function signUp(more: { name?: string; phone?: string } = {}): Promise<Tenant> {
  users += 1;
  const email = `user${users}@example.com`;
  const visitor = newClient();
  const session = read(await visitor.post("/api/auth/signup", { email, password, ...more }), 201, sessionAnswer);
  return { ...visitor.withToken(session.access_token), session, email, token: session.access_token };
}

/** The answer, held against the contract: a status or a field that is not the promised one fails the test. */
export function read<Schema extends z.ZodType>(reply: Reply, status: number, schema: Schema): z.infer<Schema> {
  expect(reply, reply.text).toMatchObject({ status });
  expect(reply.headers.get("Content-Type")).toMatch(/^application\/json/);
  return schema.parse(JSON.parse(reply.text));
}

/** The refusal, held against RFC 9457 and the table of codes. */
export function readProblem(reply: Reply, code: ProblemCode): ProblemDocument {
  expect(reply, reply.text).toMatchObject({ status: problems[code].status });
  expect(reply.headers.get("Content-Type")).toBe("application/problem+json");
  const problem = problemDocument.parse(JSON.parse(reply.text));
  const { title, status } = problems[code];
  expect(problem).toMatchObject({ code, title, status, type: `urn:shujaa:problem:${code}` });
  expect(problem.request_id).toBe(reply.headers.get("X-Request-Id"));
  if (status === 401) expect(reply.headers.get("WWW-Authenticate")).toMatch(/^Bearer realm=/);
  return problem;
}

/** The refusal of a body or query that is not valid, and the pointers it names. */
export function readPointers(reply: Reply): string[] {
  const { errors } = readProblem(reply, "validation_failed");
  return (errors ?? []).map(({ pointer }) => pointer);
}
