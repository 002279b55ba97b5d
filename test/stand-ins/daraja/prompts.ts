import { queueCallbacks } from "./callbacks.ts";
import { type Outcome, outcomes, type Result, resultOf } from "./outcomes.ts";
import type { DarajaWorld, Prompt, PromptPlan } from "./world.ts";

/** How long a phone shows a prompt. */
const promptLifeMs = 60_000;
const repeatWindowMs = 120_000;
const dayMs = 24 * 60 * 60 * 1000;
const dayCeiling = 500_000;

export type Pushed = Pick<
  Prompt,
  "phone" | "amount" | "accountReference" | "transactionDesc" | "transactionType" | "callBackUrl"
>;

export function openPrompt(world: DarajaWorld, pushed: Pushed, plan: PromptPlan): Prompt {
  const openedMs = world.now();
  const prompt: Prompt = {
    ...pushed,
    checkoutRequestId: world.ids.checkoutRequestId(openedMs),
    merchantRequestId: world.ids.merchantRequestId(),
    openedMs,
    endsMs: openedMs + promptLifeMs,
    state: "open",
    result: null,
    endedMs: null,
    receipt: null,
    modes: plan.modes ?? null,
    lateMs: plan.lateMs ?? world.defaultLateMs,
    pendingQueries: plan.pendingQueries ?? 0,
  };
  world.prompts.set(prompt.checkoutRequestId, prompt);
  world.openByPhone.set(prompt.phone, prompt);
  return prompt;
}

export function findPrompt(world: DarajaWorld, which: string): Prompt {
  const prompt = world.prompts.get(which) ?? world.openByPhone.get(which);
  if (prompt === undefined) throw new Error(`There is no prompt ${which}, and no open one on such a phone.`);
  return prompt;
}

export function decidePrompt(world: DarajaWorld, prompt: Prompt, outcome: Outcome): Prompt {
  const wanted = resultOf(outcome);
  const isOverturned = wanted.code === "0" && prompt.result?.code !== "0";
  if (prompt.state === "ended" && !isOverturned) {
    throw new Error(`Prompt ${prompt.checkoutRequestId} has ended as ${prompt.result?.code}.`);
  }
  end(world, prompt, (wanted.code === "0" && refusedByWallet(world, prompt)) || wanted, world.now());
  return prompt;
}

/** The minute is over, and nobody has touched the phone. */
export function settlePrompts(world: DarajaWorld): void {
  for (const prompt of world.openByPhone.values()) {
    if (prompt.endsMs <= world.now()) end(world, prompt, outcomes.unreachable, prompt.endsMs);
  }
}

export function checkPlan(plan: PromptPlan): void {
  if (plan.modes?.includes("early") === true && plan.outcome === undefined) {
    throw new Error("A callback can only be early when its outcome is planned.");
  }
}

function end(world: DarajaWorld, prompt: Prompt, result: Result, atMs: number): void {
  if (world.openByPhone.get(prompt.phone) === prompt) world.openByPhone.delete(prompt.phone);
  prompt.result = result;
  if (result.code === outcomes.processing.code) {
    prompt.state = "processing";
  } else {
    prompt.state = "ended";
    prompt.endedMs = atMs;
  }
  if (result.code === "0") receive(world, prompt, atMs);
  queueCallbacks(world, prompt, result);
}

function receive(world: DarajaWorld, prompt: Prompt, atMs: number): void {
  prompt.receipt = world.ids.receipt();
  world.transactions.set(prompt.receipt, {
    receipt: prompt.receipt,
    kind: "stk",
    phone: prompt.phone,
    amount: prompt.amount,
    account: prompt.accountReference,
    firstName: "JOHN",
    atMs,
    checkoutRequestId: prompt.checkoutRequestId,
    reversedBy: null,
  });
}

function refusedByWallet(world: DarajaWorld, prompt: Prompt): Result | null {
  if (world.options.hasWalletRules !== true) return null;
  const now = world.now();
  const paid = [...world.transactions.values()].filter(
    ({ phone, atMs }) => phone === prompt.phone && now - atMs < dayMs,
  );
  if (paid.some(({ amount, atMs }) => amount === prompt.amount && now - atMs < repeatWindowMs))
    return outcomes.repeated;
  const total = paid.reduce((sum, { amount }) => sum + amount, prompt.amount);
  return total > dayCeiling ? outcomes.daily_limit : null;
}
