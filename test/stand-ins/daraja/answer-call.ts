import { type Answer, type IncomingRequest, lost, text } from "./answers.ts";
import { registerUrls } from "./c2b-register.ts";
import { type Fields, field, readFields } from "./fields.ts";
import { queryPull, registerPull } from "./pull-transactions.ts";
import { push } from "./push.ts";
import { queryPush } from "./push-query.ts";
import { refuse } from "./refusals.ts";
import { requestReversal } from "./reversal.ts";
import { issueToken, refuseToken } from "./token.ts";
import { queryStatus } from "./transaction-status.ts";
import type { DarajaWorld, Fault } from "./world.ts";

type Handler = (world: DarajaWorld, fields: Fields, signal?: AbortSignal | null) => Answer | Promise<Answer>;

const tokenPath = "/oauth/v1/generate";
const handlers: Record<string, Handler> = {
  "/mpesa/stkpush/v1/processrequest": push,
  "/mpesa/stkpushquery/v1/query": queryPush,
  "/mpesa/reversal/v1/request": requestReversal,
  "/mpesa/transactionstatus/v1/query": queryStatus,
  "/mpesa/c2b/v1/registerurl": registerUrls,
  "/mpesa/c2b/v2/registerurl": registerUrls,
  "/pulltransactions/v1/register": registerPull,
  "/pulltransactions/v1/query": queryPull,
};

/** One call of Daraja's own: a fault if one is due, else its path's answer. */
export async function answerCall(world: DarajaWorld, request: IncomingRequest): Promise<Answer> {
  const { origin, pathname } = new URL(request.url);
  if (origin !== world.options.origin) return text("<html>No such host.</html>", 404, "text/html");
  const body = request.method === "POST" ? await request.text() : "";
  const phone = phoneOf(world, readFields(body) ?? {});
  const fault = takeFault(world, pathname, phone);
  if (fault === null) return work(world, request, pathname, body);
  if (fault.afterWork === true) await work(world, request, pathname, body);
  if (fault.kind === "never") await world.wait(phone, request.signal);
  return wrongAnswer(world, fault);
}

function work(world: DarajaWorld, request: IncomingRequest, path: string, body: string): Answer | Promise<Answer> {
  const handler = handlers[path];
  if (path !== tokenPath && handler === undefined) return refuse(world, "404.001.01");
  if (request.method !== (path === tokenPath ? "GET" : "POST")) return refuse(world, "405.001");
  if (handler === undefined) return issueToken(world, request);
  const refusal = refuseToken(world, request);
  if (refusal !== null) return refusal;
  const contentType = request.headers.get("Content-Type") ?? "";
  if (!contentType.startsWith("application/json")) return refuse(world, "400.002.02");
  const fields = readFields(body);
  return fields === null ? refuse(world, "400.002.05") : handler(world, fields, request.signal);
}

function takeFault(world: DarajaWorld, path: string, phone: string | null): Fault | null {
  const fault = world.faults.find((one) => path.startsWith(one.path) && (one.phone ?? phone) === phone);
  if (fault === undefined) return null;
  fault.times -= 1;
  if (fault.times <= 0) world.faults = world.faults.filter((one) => one !== fault);
  return fault;
}

/** Whose call it is, as far as it says so. */
function phoneOf(world: DarajaWorld, fields: Fields): string | null {
  const prompt = world.prompts.get(field(fields, "CheckoutRequestID"));
  const payment = world.transactions.get(field(fields, "TransactionID"));
  return field(fields, "PhoneNumber") || prompt?.phone || payment?.phone || null;
}

const page = "<!DOCTYPE html><html><head><title>503 Service Unavailable</title></head><body>Incapsula</body></html>";

function wrongAnswer(world: DarajaWorld, fault: Fault): Answer {
  switch (fault.kind) {
    case "error":
      return refuse(world, fault.errorCode ?? "500.003.1001", fault.errorMessage, fault.status);
    case "html":
      return text(page, fault.status ?? 503, "text/html");
    case "empty":
      return text("", fault.status ?? 200, "application/json");
    default:
      return lost;
  }
}
