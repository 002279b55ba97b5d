/** What people do with their phones, M-Pesa with its prompts, and strangers with addresses that they guess. */
import { creditPackages } from "../../../src/core/credits/packages.ts";
import { type Order, orderOfAmount, orderOfPackage, orderOfPlan } from "../../../src/core/payments/orders.ts";
import { readMpesaStatus } from "../../../src/core/payments/phones/mpesa-status.ts";
import {
  receivePhoneCallback,
  receiveReversalResult,
  receiveStatusResult,
} from "../../../src/core/payments/phones/receive-phone-callback.ts";
import { startPhonePayment } from "../../../src/core/payments/phones/start-phone-payment.ts";
import { refuseCoveredPlan } from "../../../src/core/plans/refuse-covered-plan.ts";
import { type CallbackMode, callbackModes } from "../../stand-ins/daraja/callback-modes.ts";
import { type OutcomeName, outcomes } from "../../stand-ins/daraja/outcomes.ts";
import type { Delivery } from "../../stand-ins/daraja/world.ts";
import { Chance } from "./chance.ts";
import { origin, type Tenant, time } from "./money-world.ts";
import type { Letter, Play } from "./play.ts";
import type { FateOf } from "./processes.ts";

/** Fewer than there are payers: two at once meet on one. */
const phones = ["254708374149", "254711000001", "254112000002"];
const hourMs = 3_600_000;

export function phoneOrder(chance: Chance, currency: "KES" | "USD"): Order {
  const packages = Object.keys(creditPackages) as (keyof typeof creditPackages)[];
  const perCredit = currency === "KES" ? 25_00 : 20;
  return chance.weighted([
    [3, () => orderOfPackage(chance.pick(packages), currency)],
    [4, () => orderOfAmount(perCredit * chance.pick([1, 3, 5, 7, 11, 333]), currency)],
  ])();
}

export function phonePlan(chance: Chance): Order {
  return orderOfPlan(chance.pick(["pro", "premium"] as const), "KES");
}

/** `modes`: how the callback will come. */
export async function startOnPhone(
  play: Play,
  tenant: Tenant,
  start: { key: string; order: Order; phone: string },
  fateOf: FateOf,
): Promise<string> {
  const { key, order, phone } = start;
  return play.ask(
    {
      what: order.plan === null ? "pays by phone" : "buys a plan by phone",
      tenant,
      key,
      work: async (context) => {
        if (order.plan !== null) await refuseCoveredPlan(context, order.plan, "phone");
        const answer = await startPhonePayment(context, { order, phoneNumber: phone, idempotencyKey: key, origin });
        return { id: answer.payment_id };
      },
    },
    fateOf,
  );
}

/** Now and then one whose owner is so quick that the callback overtakes the answer. */
export function pickPhone(play: Play, chance: Chance): string {
  const phone = chance.pick(phones);
  if (chance.is(0.15)) play.world.providers.daraja.planNext(phone, { outcome: "paid", modes: ["early"] });
  return phone;
}

/** How a callback may come; what has to be known beforehand is left to `planNext`. */
export function drawModes(chance: Chance): CallbackMode[] {
  if (chance.is(0.5)) return ["normal"];
  const drawn = chance
    .shuffled(callbackModes.filter((mode) => mode !== "early" && mode !== "huge"))
    .slice(0, chance.between(1, 2));
  return drawn;
}

/** The payer acts, or nobody does; and M-Pesa may correct itself afterwards. */
export function answerPrompt(play: Play, chance: Chance): string {
  const { daraja } = play.world.providers;
  const open = chance.pickOrNull(daraja.listPrompts({ isOpen: true }));
  if (open !== null && chance.is(0.85)) {
    daraja.setCallbackMode(open.checkoutRequestId, drawModes(chance), chance.between(1, 30) * hourMs);
    if (chance.is(0.2)) daraja.keepQueryPending(open.checkoutRequestId, chance.between(1, 3));
    const outcome = chance.is(0.65) ? "paid" : chance.pick(Object.keys(outcomes) as OutcomeName[]);
    daraja.decide(open.checkoutRequestId, outcome);
    play.note(`phone ${outcome}`);
    return `${open.phone}: ${outcome}, told ${daraja.listCallbacks().length} times`;
  }
  const failed = daraja.listPrompts().filter(({ state, result }) => state !== "open" && result?.code !== "0");
  const late = chance.pickOrNull(failed);
  if (late === null) return "nobody is asked";
  daraja.decide(late.checkoutRequestId, "paid");
  play.note("phone paid after all");
  return `${late.phone}: paid after all`;
}

export async function pollPhone(play: Play, chance: Chance): Promise<string> {
  const row = chance.pickOrNull(
    play.world.rows<{ id: string; checkout_request_id: string | null; tenant_id: string }>(
      "SELECT id, checkout_request_id, tenant_id FROM payments WHERE provider = 'mpesa' ORDER BY id",
    ),
  );
  if (row === null) return "nothing to ask about";
  const asker = chance.pick(play.world.tenants);
  const outcome = await play.world.request(asker, "asks for a status", play.fate(chance), (context) =>
    readMpesaStatus(context, row.checkout_request_id ?? row.id),
  );
  const word = play.wordOf(outcome);
  if (row.tenant_id !== asker.tenantId && word === "answered") throw new Error("another tenant's payment was told");
  play.note(`phone status ${outcome.kind === "answered" ? outcome.value.status : word}`);
  return word;
}

/** Somebody who knows the names of a prompt, or even its address, tells us what never happened. */
export function forgeCallback(play: Play, chance: Chance): string {
  const { daraja } = play.world.providers;
  const prompt = chance.pickOrNull(daraja.listPrompts());
  if (prompt === null) return "no prompt to lie about";
  const other = chance.pick(daraja.listPrompts());
  const resultCode = chance.pick(["0", "0", "0", "1032", "1037", "4999"]);
  daraja.forgeCallback(prompt.checkoutRequestId, {
    resultCode,
    amount: chance.pick([prompt.amount, prompt.amount, 1, prompt.amount * 10]),
    checkoutRequestId: chance.pick([prompt.checkoutRequestId, other.checkoutRequestId]),
    ...(chance.is(0.2) && other.receipt !== null ? { receipt: other.receipt } : {}),
    ...(chance.is(0.2) ? { url: `${origin}/api/payments/phone/callback/guessed` } : {}),
  });
  play.note(`forged callback ${resultCode}`);
  return `about ${prompt.checkoutRequestId}: ${resultCode}`;
}

/** What Daraja wants to tell us from now on goes by letter. Without chance nothing gets lost. */
export function collectCallbacks(play: Play, chance: Chance | null): void {
  for (const delivery of play.world.providers.daraja.takeCallbacks({ includesLater: true })) {
    const letter = toLetter(play, delivery);
    if (chance?.is(0.15) === true) {
      play.note("callback lost");
      continue;
    }
    if (chance?.is(0.2) === true) letter.dueMs += chance.between(1, 200) * 60_000;
    play.letters.push(letter);
    if (chance?.is(0.15) === true)
      play.letters.push({ ...letter, dueMs: letter.dueMs + chance.between(0, 48) * hourMs });
  }
}

/** A callback that overtakes the answer to its own push: it is another request of ours that has it, beside the one that waits. */
export async function deliverEarly(play: Play, delivery: Delivery): Promise<void> {
  const { words, deliver } = toLetter(play, delivery);
  const outcome = await play.world.processes.run(`hook ${words}`, play.fate(new Chance(1)), deliver);
  play.note(`early callback ${play.wordOf(outcome)}`);
  play.tell(`${words}, early: ${play.wordOf(outcome)}`);
}

function toLetter(play: Play, { id, kind, url, body, dueMs }: Delivery): Letter {
  const secret = url.split("/").at(-1) ?? "";
  const context = () => play.world.context({ kind: "anonymous" });
  const receive = url.includes("/reversal/")
    ? receiveReversalResult
    : url.includes("/status/")
      ? receiveStatusResult
      : receivePhoneCallback;
  return {
    from: "daraja",
    id,
    words: `${kind} ${id}`,
    dueMs: Math.max(dueMs, time.nowMs),
    deliver: () => receive(context(), { secret, body }),
  };
}
