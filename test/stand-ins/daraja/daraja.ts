/**
 * A Daraja (M-Pesa) that moves no money: stateful, and strict where the real one is. It has no socket, no timer, no clock and
 * no chance of its own: what happens later happens when `now()` has passed it, seen at the next call or `settleDue`.
 *
 * Over HTTP it answers Daraja's paths, and under POST /stand-in/… what a driver may do (control.ts). In the same process a
 * driver uses the methods below. What Daraja would POST to us lies in `takeCallbacks()` until the driver delivers it.
 */

import { answerCall } from "./answer-call.ts";
import { type Answer, type IncomingRequest, toResponse } from "./answers.ts";
import { type ForgedCallback, forgedBody } from "./callback-body.ts";
import type { CallbackMode } from "./callback-modes.ts";
import { answerControl } from "./control.ts";
import { queueDelivery } from "./deliveries.ts";
import type { Outcome } from "./outcomes.ts";
import { type C2bPayment, receiveC2b } from "./pay-c2b.ts";
import { checkPlan, decidePrompt, findPrompt, settlePrompts } from "./prompts.ts";
import {
  type DarajaOptions,
  DarajaWorld,
  type Delivery,
  type Fault,
  type Prompt,
  type PromptPlan,
  type ResultPlan,
  type Transaction,
} from "./world.ts";

/** Which deliveries: all of them, or those of one phone, or of one prompt. */
export type DeliveryFilter = {
  phone?: string;
  checkoutRequestId?: string;
  /** Those that are not due yet, too: as if their time had come. */
  includesLater?: boolean;
};

export class StandInDaraja {
  readonly #world: DarajaWorld;

  constructor(options: DarajaOptions) {
    this.#world = new DarajaWorld(options);
  }

  /** Throws a TypeError, as fetch does, when the connection breaks. */
  async fetch(request: Request): Promise<Response> {
    const answer = await this.answer(request);
    if (answer.isLost) throw new TypeError("fetch failed");
    return toResponse(answer, Response);
  }

  /** For callers with a Response class of their own: `toResponse(answer, Response)` makes theirs. */
  async answer(request: IncomingRequest): Promise<Answer> {
    this.settleDue();
    const { pathname } = new URL(request.url);
    return pathname.startsWith("/stand-in/") ? answerControl(this, request) : answerCall(this.#world, request);
  }

  // Time

  now(): number {
    return this.#world.now();
  }

  advance(ms: number): void {
    this.#world.advance(ms);
    this.settleDue();
  }

  /** Ends the prompts whose minute is over. Each call and each verb does so by itself. */
  settleDue(): void {
    settlePrompts(this.#world);
  }

  // The payer

  /** What is seen on phones: the newest first. */
  listPrompts(filter: { phone?: string; isOpen?: boolean } = {}): Prompt[] {
    this.settleDue();
    const found = [...this.#world.prompts.values()].filter(
      (prompt) =>
        (filter.phone === undefined || prompt.phone === filter.phone) &&
        (filter.isOpen === undefined || (prompt.state === "open") === filter.isOpen),
    );
    return found.reverse().map((prompt) => ({ ...prompt }));
  }

  /**
   * The payer acts. `which` is a CheckoutRequestID, or a phone that has an open prompt. A prompt that has failed can still
   * turn out to be `paid` (by its CheckoutRequestID): M-Pesa corrects itself so, and sends another callback. Nothing else
   * can be decided twice. Throws when there is no such prompt.
   */
  decide(which: string, outcome: Outcome): Prompt {
    this.settleDue();
    return { ...decidePrompt(this.#world, findPrompt(this.#world, which), outcome) };
  }

  /** What the next push to this phone meets; once. Goes before a magic phone. */
  planNext(phone: string, plan: PromptPlan): void {
    checkPlan(plan);
    this.#world.plans.set(phone, plan);
  }

  /** How the callback of a prompt that is still open will arrive. */
  setCallbackMode(which: string, modes: CallbackMode | CallbackMode[], lateMs?: number): void {
    this.settleDue();
    const prompt = findPrompt(this.#world, which);
    const list = [modes].flat();
    if (list.includes("early")) throw new Error("The push has been answered: `early` needs planNext.");
    prompt.modes = list;
    if (lateMs !== undefined) prompt.lateMs = lateMs;
  }

  /** How callbacks arrive when nothing is said about their prompt. */
  setDefaultCallbackMode(modes: CallbackMode | CallbackMode[], lateMs?: number): void {
    const list = [modes].flat();
    if (list.includes("early")) throw new Error("`early` needs an outcome that is known beforehand: planNext.");
    this.#world.defaultModes = list;
    if (lateMs !== undefined) this.#world.defaultLateMs = lateMs;
  }

  /** So many more queries of this prompt are answered «being processed», whatever has been decided. */
  keepQueryPending(which: string, calls: number): void {
    findPrompt(this.#world, which).pendingQueries = calls;
  }

  /** Somebody pays from the phone's menu. Told to the ConfirmationURL, if one is registered. */
  payC2b(payment: C2bPayment): Transaction {
    this.settleDue();
    return { ...receiveC2b(this.#world, payment) };
  }

  // What Daraja sends

  /** Takes what is due, oldest first. Whoever takes it delivers it, or loses it, or delivers it twice. */
  takeCallbacks(filter: DeliveryFilter = {}): Delivery[] {
    this.settleDue();
    const world = this.#world;
    const isTaken = (delivery: Delivery) =>
      (filter.includesLater === true || delivery.dueMs <= world.now()) &&
      (filter.phone === undefined || delivery.phone === filter.phone) &&
      (filter.checkoutRequestId === undefined || delivery.checkoutRequestId === filter.checkoutRequestId);
    const taken = world.deliveries.filter(isTaken);
    world.deliveries = world.deliveries.filter((delivery) => !isTaken(delivery));
    return taken.sort((one, other) => one.dueMs - other.dueMs);
  }

  /** What lies there, due or not, without taking it. */
  listCallbacks(): Delivery[] {
    this.settleDue();
    return this.#world.deliveries.map((delivery) => ({ ...delivery }));
  }

  /** A callback that M-Pesa knows nothing of, as a stranger would make it. Nobody pays, and the query still says so. */
  forgeCallback(checkoutRequestId: string, forged: ForgedCallback = {}): Delivery {
    this.settleDue();
    const prompt = findPrompt(this.#world, checkoutRequestId);
    return queueDelivery(this.#world, {
      kind: "forged_callback",
      url: forged.url ?? prompt.callBackUrl,
      body: forgedBody(this.#world, prompt, forged),
      phone: prompt.phone,
      checkoutRequestId: prompt.checkoutRequestId,
    });
  }

  /** What the next reversal meets; once, in order. Without a result, the true one. */
  planReversal(plan: ResultPlan): void {
    this.#world.reversalPlans.push(plan);
  }

  /** What the next transaction status query meets; once, in order. */
  planStatus(plan: ResultPlan): void {
    this.#world.statusPlans.push(plan);
  }

  // What goes wrong

  addFault(fault: Fault): void {
    this.#world.faults.push({ ...fault });
  }

  clearFaults(): void {
    this.#world.faults = [];
  }

  /** The token in use is void from now on, as when another process has asked for one. */
  voidTokens(): void {
    this.#world.tokens.clear();
  }

  /** Lets calls (of one phone) go on that wait: an `early` push is answered, a `never` call breaks. Says how many. */
  release(phone?: string): number {
    return this.#world.release(phone);
  }

  // The truth

  /** Every payment that has arrived, oldest first. */
  listTransactions(): Transaction[] {
    this.settleDue();
    return [...this.#world.transactions.values()].map((transaction) => ({ ...transaction }));
  }
}
