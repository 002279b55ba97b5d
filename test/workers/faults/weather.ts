/**
 * Every call that this isolate makes of the world, by a name of its own, and what is made of it: D1, R2, the objects, the
 * queues, the renderer and the models. The objects' own calls of D1 are among them.
 */
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { rendererUrl } from "../../support/renderer-url.ts";

export type Port = "d1" | "r2" | "ledger" | "room" | "rates" | "queue" | "renderer" | "models";

export type Call = {
  port: Port;
  /** What it does, such as `put poster.jpg` or `update videos(status)`. */
  what: string;
  /** Which of the calls that do the same, counted from 1 since the weather was cleared. */
  nth: number;
};

/**
 * before: nothing was done, and it failed; after: it was done, and the answer was lost. reset: as `before`, and an object says
 * that it may be tried again; lost: as `after`, with that. half: a body broke off on its way in; cut: on its way out.
 * hang: no answer, ever. rubbish: an answer that is none. busy: 429; error: 500.
 */
export type Fault =
  | "before"
  | "after"
  | "reset"
  | "lost"
  | "half"
  | "cut"
  | "hang"
  | "rubbish"
  | "busy"
  | "error"
  | "refused";

const faultsOfPort: Record<Port, readonly Fault[]> = {
  d1: ["before", "after"],
  r2: ["before", "after", "half", "cut"],
  ledger: ["before", "after", "reset", "lost"],
  room: ["before", "after"],
  rates: ["before", "after"],
  queue: ["before", "after"],
  renderer: ["before", "after", "rubbish", "cut", "busy", "error"],
  models: ["before", "rubbish", "error", "refused"],
};

/** What may become of a call, but that it hangs. */
export function faultsOf({ port, what }: Pick<Call, "port" | "what">): readonly Fault[] {
  // There is nothing in the answer to be misunderstood.
  const isBare = port === "renderer" && /missing|supplies|DELETE/.test(what);
  return faultsOfPort[port].filter((fault) => {
    if (port === "r2" && (fault === "half" || fault === "cut"))
      return what.startsWith(fault === "half" ? "put" : "get");
    return !(isBare && (fault === "rubbish" || fault === "cut"));
  });
}

/** Decides over one call; null: it goes well. */
export type Sky = (call: Call) => Fault | null;

export type Weather = {
  /** The calls since the weather gathered, in their order. */
  readonly calls: Call[];
  /** How many of them failed. */
  readonly faults: number;
  /** From now on calls are counted, from nothing, and go as `sky` says. `isDead`: nor does a stream that was begun go on. */
  gather(sky: Sky, isDead?: () => boolean): void;
  /** All goes well again, and nothing is counted. */
  clear(): void;
  /** For who calls the world in this weather without being watched from here: a queue of the test's own. */
  send<Result>(port: Port, what: string, work: () => Promise<Result>): Promise<Result>;
};

export const nameOf = ({ port, what, nth }: Call) => `${port} ${what} #${nth}`;

/** Watches until the mocks are restored. */
export function watchWeather(): Weather {
  let sky: Sky | null = null;
  let isDead = () => false;
  let faults = 0;
  const calls: Call[] = [];
  const counts = new Map<string, number>();

  const decide = (port: Port, what: string): Fault | null => {
    if (sky === null) return null;
    const name = `${port} ${what}`;
    const nth = (counts.get(name) ?? 0) + 1;
    counts.set(name, nth);
    const call = { port, what, nth };
    calls.push(call);
    const fault = sky(call);
    if (fault !== null) faults += 1;
    return fault;
  };
  const send = async <Result>(port: Port, what: string, work: () => Promise<Result>): Promise<Result> => {
    const fault = decide(port, what);
    if (fault === null) return await work();
    if (fault === "hang") return await new Promise<never>(() => undefined);
    if (fault === "after" || fault === "lost") await work();
    throw port === "d1" ? databaseAway() : objectAway(port, what, fault);
  };
  watchDatabase(send);
  watchFiles(decide, send);
  watchObjects(send, () => sky !== null);
  watchNetwork(decide, () => isDead());
  return {
    calls,
    get faults() {
      return faults;
    },
    gather(next, isNextDead = () => false) {
      sky = next;
      isDead = isNextDead;
      calls.length = 0;
      counts.clear();
      faults = 0;
    },
    clear() {
      sky = null;
      isDead = () => false;
    },
    send,
  };
}

/** As the platform tells it: D1 in words, objects by marks. Of a call that reached its object nothing says that it may be repeated. */
function databaseAway(): Error {
  const words = "Network connection lost.";
  return new Error(`D1_ERROR: ${words}`, { cause: new Error(words) });
}

function objectAway(port: Port, what: string, fault: Fault): Error {
  const isRetryable = fault === "reset" || fault === "lost";
  return Object.assign(new Error(`${port} ${what}: fault`), {
    retryable: isRetryable,
    ...(isRetryable ? {} : { overloaded: true }),
  });
}

type Decide = (port: Port, what: string) => Fault | null;
type Send = Weather["send"];

const statementNames = new WeakMap<object, string>();

/** `update videos(status lease_id)`: the table, and the columns that are written. */
function nameOfSql(sql: string): string {
  const [, verb = "?"] = /^\s*(\w+)/.exec(sql) ?? [];
  const [, table = "?"] = /(?:into|update|from)\s+"?(\w+)/i.exec(sql) ?? [];
  const [, set = ""] = /\sset\s+(.*?)\s+where\s/is.exec(sql) ?? [];
  const columns = verb === "update" ? Array.from(set.matchAll(/"(\w+)" = /g), ([, column]) => column) : [];
  return `${verb} ${table}${columns.length === 0 ? "" : `(${columns.join(" ")})`}`;
}

function watchDatabase(send: Send): void {
  const database = Object.getPrototypeOf(env.DB) as D1Database;
  const statement = Object.getPrototypeOf(env.DB.prepare("SELECT 1")) as D1PreparedStatement;
  const name = (one: D1PreparedStatement) => statementNames.get(one) ?? "?";
  const { prepare, batch } = database;
  vi.spyOn(database, "prepare").mockImplementation(function prepared(this: D1Database, sql: string) {
    const made = prepare.call(this, sql);
    statementNames.set(made, nameOfSql(sql));
    return made;
  });
  const { bind } = statement;
  vi.spyOn(statement, "bind").mockImplementation(function bound(this: D1PreparedStatement, ...values: unknown[]) {
    const made = bind.apply(this, values);
    statementNames.set(made, name(this));
    return made;
  });
  vi.spyOn(database, "batch").mockImplementation(async function batched<Row>(
    this: D1Database,
    statements: D1PreparedStatement[],
  ) {
    return send("d1", `batch ${statements.map(name).join(", ")}`, () => batch.call(this, statements)) as Promise<
      D1Result<Row>[]
    >;
  });
  for (const method of ["all", "raw", "run"] as const) {
    const real = statement[method] as (...given: unknown[]) => Promise<unknown>;
    vi.spyOn(statement, method).mockImplementation(async function watched(
      this: D1PreparedStatement,
      ...given: unknown[]
    ) {
      return (await send("d1", name(this), () => real.apply(this, given))) as never;
    } as never);
  }
}

/** `poster.jpg`, `artefact`: the same name for the same thing, whoever owns it. */
function nameOfKey(key: unknown): string {
  const path = String(Array.isArray(key) ? key[0] : key);
  return path.includes("/artefacts/") ? "artefact" : (path.split("/").at(-1) ?? "?");
}

function watchFiles(decide: Decide, send: Send): void {
  const bucket = Object.getPrototypeOf(env.FILES) as R2Bucket;
  const methods = ["head", "delete", "list", "createMultipartUpload"] as const;
  for (const method of methods) {
    const real = bucket[method] as (...given: unknown[]) => Promise<unknown>;
    vi.spyOn(bucket, method).mockImplementation(function watched(this: R2Bucket, ...given: unknown[]) {
      const what = typeof given[0] === "string" || Array.isArray(given[0]) ? ` ${nameOfKey(given[0])}` : "";
      return send("r2", `${method}${what}`, () => real.apply(this, given)) as never;
    } as never);
  }
  const put = bucket.put as (...given: unknown[]) => Promise<unknown>;
  vi.spyOn(bucket, "put").mockImplementation(async function watched(this: R2Bucket, ...given: unknown[]) {
    const what = `put ${nameOfKey(given[0])}`;
    const fault = decide("r2", what);
    if (fault === null) return put.apply(this, given);
    if (fault === "after") await put.apply(this, given);
    else if (given[1] instanceof ReadableStream) await dropBody(given[1], fault);
    if (fault === "hang") return await new Promise<never>(() => undefined);
    throw new Error(`r2 ${what}: ${fault}`);
  } as never);
  const get = bucket.get as (...given: unknown[]) => Promise<unknown>;
  vi.spyOn(bucket, "get").mockImplementation(async function watched(this: R2Bucket, ...given: unknown[]) {
    const what = `get ${nameOfKey(given[0])}`;
    const fault = decide("r2", what);
    if (fault !== null && fault !== "cut" && fault !== "half") throw new Error(`r2 ${what}: ${fault}`);
    const found = await get.apply(this, given);
    return fault === null || !hasBody(found) ? found : cutObject(found);
  } as never);
}

/** Taken in to its end and kept nowhere, or only begun. */
async function dropBody(body: ReadableStream<Uint8Array>, fault: Fault): Promise<void> {
  const reader = body.getReader();
  if (fault === "before") return reader.cancel("the store is away");
  const first = await reader.read();
  if (fault === "half") return reader.cancel("the store went away");
  for (let { done } = first; !done; ) ({ done } = await reader.read());
}

function hasBody(found: unknown): found is R2ObjectBody {
  return found !== null && typeof found === "object" && "body" in found;
}

function cutObject(object: R2ObjectBody): R2ObjectBody {
  const body = cutStream(object.body);
  return new Proxy(object, {
    get(target, property) {
      if (property === "body") return body;
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** Half of the first piece, and then an error. */
function cutStream(whole: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = whole.getReader();
  let isBegun = false;
  return new ReadableStream({
    async pull(controller) {
      const { value } = isBegun ? { value: undefined } : await reader.read();
      isBegun = true;
      if (value !== undefined && value.byteLength > 1) {
        controller.enqueue(value.slice(0, value.byteLength >> 1));
        return;
      }
      controller.error(new Error("the connection broke"));
      await reader.cancel().catch(() => undefined);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function watchObjects(send: Send, isGathered: () => boolean): void {
  const ports = new Map<unknown, Port>([
    [env.CREDIT_LEDGER, "ledger"],
    [env.RENDER_ROOM, "room"],
    [env.RATE_WINDOW, "rates"],
  ]);
  const namespace = Object.getPrototypeOf(env.CREDIT_LEDGER) as DurableObjectNamespace;
  const get = namespace.get as (...given: unknown[]) => object;
  vi.spyOn(namespace, "get").mockImplementation(function watched(this: DurableObjectNamespace, ...given: unknown[]) {
    const stub = get.apply(this, given);
    const port = ports.get(this);
    // The test's own tools want the stub itself.
    return (port === undefined || !isGathered() ? stub : watchStub(stub, port, send)) as never;
  } as never);
}

function watchStub(stub: object, port: Port, send: Send): object {
  return new Proxy(stub, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof property !== "string" || property === "id" || property === "name") return value;
      if (typeof value !== "function") return value;
      return (...given: unknown[]) =>
        send(port, property, async () => Reflect.apply(value, target, given) as Promise<unknown>);
    },
  });
}

type Place = { port: "renderer" | "models"; what: string };

function placeOf(url: URL, method: string): Place | null {
  if (url.hostname === "models.test" && url.pathname !== "/asked")
    return { port: "models", what: url.pathname.split("/").at(-1) ?? "?" };
  if (url.origin !== new URL(rendererUrl).origin) return null;
  const [, place, , thing, name] = url.pathname.split("/");
  if (place === "stand-in") return null;
  const what = thing === "files" ? `file ${name}` : (thing ?? place);
  return { port: "renderer", what: `${method} ${what}` };
}

function watchNetwork(decide: Decide, isDead: () => boolean): void {
  const real = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const place = placeOf(url, init?.method ?? (input instanceof Request ? input.method : "GET"));
    const fault = place === null ? null : decide(place.port, place.what);
    if (fault === null) {
      const response = await real(input, init);
      return place?.what === "POST renders" ? whileAlive(response, isDead) : response;
    }
    if (fault === "hang") return hang(init?.signal ?? null);
    if (fault === "busy") return refuse(429);
    if (fault === "error") return refuse(500);
    if (fault === "refused") return refuse(403);
    if (fault === "rubbish") return new Response("<html>you wanted something else\n</html>\n");
    if (fault === "before") throw new TypeError("the network is away");
    const response = await real(input, init);
    if (fault === "cut" && response.body !== null)
      return new Response(cutStream(response.body), { status: response.status, headers: response.headers });
    await response.body?.cancel();
    throw new TypeError("the connection was lost");
  });
}

function whileAlive(response: Response, isDead: () => boolean): Response {
  if (response.body === null) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (isDead()) {
        await reader.cancel().catch(() => undefined);
        controller.error(new TypeError("the connection was lost"));
      } else if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, { status: response.status, headers: response.headers });
}

function refuse(status: number): Response {
  return Response.json({ code: "refused", detail: "Not now." }, { status, headers: { "Retry-After": "1" } });
}

/** As fetch does: nothing comes until the caller gives up. */
function hang(signal: AbortSignal | null): Promise<Response> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}
