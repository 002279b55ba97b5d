/**
 * What a driver may do, over HTTP: POST /stand-in/<verb> with a JSON object, for tests whose code runs in another process.
 * The verbs are the methods of StandInDaraja, and so are the names in their bodies. A verb or a body that does not exist is
 * refused with 404 or 422, a thing that cannot be done with 409: a mistyped test must not pass.
 */
import { z } from "zod";
import { type Answer, type IncomingRequest, json } from "./answers.ts";
import { callbackModes } from "./callback-modes.ts";
import type { StandInDaraja } from "./daraja.ts";
import { readFields } from "./fields.ts";
import { type OutcomeName, outcomes } from "./outcomes.ts";

const result = z.strictObject({ code: z.string(), description: z.string() });
const outcome = z.union([z.enum(Object.keys(outcomes) as [OutcomeName, ...OutcomeName[]]), result]);
const modes = z.union([z.enum(callbackModes), z.array(z.enum(callbackModes))]);
const which = z.string();
const ms = z.number().int().nonnegative();
const count = z.number().int().nonnegative();
const plan = z.strictObject({
  result: result.exactOptional(),
  mode: z.enum(["normal", "none", "twice", "late", "timeout"]).exactOptional(),
  lateMs: ms.exactOptional(),
});
const nothing = z.strictObject({});

type Verb = (daraja: StandInDaraja, body: unknown) => unknown;

function verb<S extends z.ZodType>(schema: S, act: (daraja: StandInDaraja, body: z.output<S>) => unknown): Verb {
  return (daraja, body) => act(daraja, schema.parse(body)) ?? {};
}

const verbs = new Map<string, Verb>(
  Object.entries({
    now: verb(nothing, (daraja) => ({ now: daraja.now() })),
    advance: verb(z.strictObject({ ms }), (daraja, body) => daraja.advance(body.ms)),
    prompts: verb(
      z.strictObject({ phone: z.string().exactOptional(), isOpen: z.boolean().exactOptional() }),
      (daraja, body) => ({ prompts: daraja.listPrompts(body) }),
    ),
    decide: verb(z.strictObject({ which, outcome }), (daraja, body) => ({
      prompt: daraja.decide(body.which, body.outcome),
    })),
    "plan-next": verb(
      z.strictObject({
        phone: z.string(),
        outcome: outcome.exactOptional(),
        modes: z.array(z.enum(callbackModes)).exactOptional(),
        lateMs: ms.exactOptional(),
        pendingQueries: count.exactOptional(),
      }),
      (daraja, { phone, ...planned }) => daraja.planNext(phone, planned),
    ),
    "callback-mode": verb(z.strictObject({ which, modes, lateMs: ms.exactOptional() }), (daraja, body) =>
      daraja.setCallbackMode(body.which, body.modes, body.lateMs),
    ),
    "default-callback-mode": verb(z.strictObject({ modes, lateMs: ms.exactOptional() }), (daraja, body) =>
      daraja.setDefaultCallbackMode(body.modes, body.lateMs),
    ),
    "keep-query-pending": verb(z.strictObject({ which, calls: count }), (daraja, body) =>
      daraja.keepQueryPending(body.which, body.calls),
    ),
    "pay-c2b": verb(
      z.strictObject({
        phone: z.string(),
        amount: z.number().int().positive(),
        account: z.string(),
        firstName: z.string().exactOptional(),
      }),
      (daraja, body) => ({ transaction: daraja.payC2b(body) }),
    ),
    transactions: verb(nothing, (daraja) => ({ transactions: daraja.listTransactions() })),
    "take-callbacks": verb(
      z.strictObject({
        phone: z.string().exactOptional(),
        checkoutRequestId: z.string().exactOptional(),
        includesLater: z.boolean().exactOptional(),
      }),
      (daraja, body) => ({ callbacks: daraja.takeCallbacks(body) }),
    ),
    callbacks: verb(nothing, (daraja) => ({ callbacks: daraja.listCallbacks() })),
    "forge-callback": verb(
      z.strictObject({
        which,
        url: z.string().exactOptional(),
        resultCode: z.string().exactOptional(),
        amount: z.number().exactOptional(),
        receipt: z.string().exactOptional(),
        phone: z.string().exactOptional(),
        merchantRequestId: z.string().exactOptional(),
        checkoutRequestId: z.string().exactOptional(),
      }),
      (daraja, { which, ...forged }) => ({ callback: daraja.forgeCallback(which, forged) }),
    ),
    "plan-reversal": verb(plan, (daraja, body) => daraja.planReversal(body)),
    "plan-status": verb(plan, (daraja, body) => daraja.planStatus(body)),
    fault: verb(
      z.strictObject({
        path: z.string().startsWith("/"),
        times: z.number().int().positive(),
        phone: z.string().exactOptional(),
        kind: z.enum(["error", "html", "empty", "never", "drop"]),
        errorCode: z.string().exactOptional(),
        errorMessage: z.string().exactOptional(),
        status: z.number().int().exactOptional(),
        afterWork: z.boolean().exactOptional(),
      }),
      (daraja, body) => daraja.addFault(body),
    ),
    "clear-faults": verb(nothing, (daraja) => daraja.clearFaults()),
    "void-tokens": verb(nothing, (daraja) => daraja.voidTokens()),
    release: verb(z.strictObject({ phone: z.string().exactOptional() }), (daraja, body) => ({
      released: daraja.release(body.phone),
    })),
  }),
);

export async function answerControl(daraja: StandInDaraja, request: IncomingRequest): Promise<Answer> {
  const act = verbs.get(new URL(request.url).pathname.slice("/stand-in/".length));
  if (act === undefined || request.method !== "POST") return json({ error: "no such verb" }, 404);
  const text = await request.text();
  try {
    return json(act(daraja, text === "" ? {} : readFields(text)));
  } catch (error) {
    if (error instanceof z.ZodError) return json({ error: z.prettifyError(error) }, 422);
    return json({ error: error instanceof Error ? error.message : String(error) }, 409);
  }
}
