import { callApi } from "./api.ts";
import { ConnectionBroken, faultAnswer } from "./faults.ts";
import { parseForm } from "./form.ts";
import { servePage } from "./pages.ts";
import type { StandInStripe } from "./stand-in-stripe.ts";
import { refuse, StripeFault } from "./stripe-fault.ts";
import { serveVerb } from "./verbs.ts";
import { apiVersion, type CallSeen, type World } from "./world.ts";

/** As much of a Request as is read: the web's, miniflare's and any other are one. */
export type RequestLike = {
  method: string;
  url: string;
  headers: { get(name: string): string | null };
  text(): Promise<string>;
  /** Aborted when the caller has gone. */
  signal?: AbortSignal | null;
};
/** What a Response of any make is built from. `isCut`: the body breaks off, though the headers promise all of it. */
export type Answer = { status: number; headers: Record<string, string>; body: string; isCut?: boolean };

const keepMs = 24 * 3_600_000;
const keyMaxLength = 255;

export async function answerRequest(standIn: StandInStripe, request: RequestLike): Promise<Answer> {
  const url = new URL(request.url);
  const body = request.method === "GET" ? "" : await request.text();
  standIn.world.settleDue();
  if (url.pathname.startsWith("/v1/")) return serveCall(standIn.world, request, url, body);
  if (url.pathname.startsWith("/stand-in/")) return serveVerb(standIn, request.method, url.pathname, body);
  return servePage(standIn, request, url, body);
}

async function serveCall(world: World, request: RequestLike, url: URL, body: string): Promise<Answer> {
  const call: CallSeen = {
    id: world.newId("req"),
    method: request.method,
    path: url.pathname,
    query: url.search.slice(1),
    body,
    idempotencyKey: request.headers.get("Idempotency-Key"),
    status: null,
  };
  world.calls.push(call);
  const answer = await answerCall(world, request, call);
  call.status = answer.status;
  return answer;
}

async function answerCall(world: World, request: RequestLike, call: CallSeen): Promise<Answer> {
  const refusal = catchFault(() => checkCaller(world, request));
  if (refusal !== null) return faultOf(refusal, call);
  const kind = world.faults.next(call);
  if (kind === "never_answers") return world.faults.hang(request.signal ?? null);
  if (kind === "dropped") throw new ConnectionBroken();
  const fault = kind === null ? null : faultAnswer(kind);
  if (fault !== null && kind !== "error_kept") return faultOf(fault, call);
  const answer = oncePerKey(world, call, () => {
    if (fault !== null) return faultOf(fault, call);
    return work(world, call);
  });
  if (kind === "answer_lost") throw new ConnectionBroken();
  return kind === "answer_cut" ? { ...answer, isCut: true } : answer;
}

function work(world: World, call: CallSeen): Answer {
  world.request = { id: call.id, idempotency_key: call.method === "POST" ? call.idempotencyKey : null };
  try {
    const tree = parseForm(call.method === "GET" ? call.query : call.body);
    return {
      status: 200,
      headers: headersOf(call),
      body: JSON.stringify(callApi(world, call.method, call.path, tree)),
    };
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error;
    return faultOf(error, call);
  } finally {
    world.request = { id: null, idempotency_key: null };
  }
}

/** A key's first answer, whatever it was, is its answer for a day. */
function oncePerKey(world: World, call: CallSeen, run: () => Answer): Answer {
  const { idempotencyKey: key } = call;
  if (key === null || call.method !== "POST") return run();
  if (key.length > keyMaxLength)
    return faultOf(
      new StripeFault(400, "invalid_request_error", `Idempotency keys can be up to ${keyMaxLength} characters long.`),
      call,
    );
  const request = `${call.method} ${call.path}\n${call.body}`;
  const kept = world.kept.get(key);
  if (kept === undefined || world.nowMs() - kept.atMs >= keepMs) {
    const answer = run();
    world.kept.set(key, { atMs: world.nowMs(), request, status: answer.status, body: answer.body });
    return answer;
  }
  if (kept.request !== request) {
    const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`;
    return faultOf(new StripeFault(400, "idempotency_error", message), call);
  }
  const headers = { ...headersOf(call), "Idempotent-Replayed": "true" };
  return { status: kept.status, headers, body: kept.body };
}

function checkCaller(world: World, request: RequestLike): void {
  const given = keyOf(request.headers.get("Authorization") ?? "");
  if (given === null)
    throw new StripeFault(
      401,
      "invalid_request_error",
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  if (given !== world.options.secretKey)
    throw new StripeFault(401, "invalid_request_error", `Invalid API Key provided: ${given.slice(0, 8)}****`, {
      code: "api_key_invalid",
    });
  const version = request.headers.get("Stripe-Version") ?? apiVersion;
  if (version !== apiVersion) refuse(`The stand-in speaks ${apiVersion} alone, not ${version}.`);
  const type = request.headers.get("Content-Type");
  if (request.method === "POST" && type !== null && !type.startsWith("application/x-www-form-urlencoded"))
    refuse(
      "Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.",
    );
}

function keyOf(authorization: string): string | null {
  const [scheme, value = ""] = authorization.split(" ");
  if (scheme === "Bearer" && value !== "") return value;
  if (scheme === "Basic") return atob(value).split(":")[0] ?? null;
  return null;
}

function catchFault(check: () => void): StripeFault | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof StripeFault) return error;
    throw error;
  }
}

function headersOf({ id, idempotencyKey }: CallSeen): Record<string, string> {
  return {
    "Content-Type": "application/json",
    "Request-Id": id,
    "Stripe-Version": apiVersion,
    ...(idempotencyKey !== null && { "Idempotency-Key": idempotencyKey }),
  };
}

function faultOf(fault: StripeFault, call: CallSeen): Answer {
  return { status: fault.status, headers: headersOf(call), body: JSON.stringify(fault.toBody(call.id)) };
}
