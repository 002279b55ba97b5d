import { callbackBody } from "./callback-body.ts";
import { queueDelivery } from "./deliveries.ts";
import { outcomes, type Result } from "./outcomes.ts";
import { confirmC2b } from "./pay-c2b.ts";
import type { DarajaWorld, Prompt } from "./world.ts";

/** Queues what a prompt's end (or 4999, which is none) sends to its CallBackURL, as its modes say. */
export function queueCallbacks(world: DarajaWorld, prompt: Prompt, result: Result): void {
  const modes = prompt.modes ?? world.defaultModes;
  const atMs = prompt.endedMs ?? world.now();
  const url = modes.includes("forged_path") ? forgePath(prompt.callBackUrl) : prompt.callBackUrl;
  const dueMs = modes.includes("late") ? atMs + prompt.lateMs : atMs;
  const told: Result[] = [result];
  const isPaid = result.code === "0";
  if (isPaid && modes.includes("success_after_failure")) told.unshift(outcomes.unreachable);
  if (isPaid && modes.includes("failure_after_success")) told.push(outcomes.cancelled);
  if (modes.includes("none")) told.length = 0;
  if (modes.includes("twice")) told.push(...told);
  for (const one of told) {
    queueDelivery(world, {
      kind: "stk_callback",
      url,
      body: callbackBody(world, prompt, one, modes),
      dueMs,
      phone: prompt.phone,
      checkoutRequestId: prompt.checkoutRequestId,
    });
  }
  const transaction = prompt.receipt === null ? undefined : world.transactions.get(prompt.receipt);
  if (isPaid && transaction !== undefined && modes.includes("also_c2b")) confirmC2b(world, transaction);
}

/** As long as the true one, and another in each character of its last part. */
function forgePath(address: string): string {
  const cut = address.lastIndexOf("/") + 1;
  return address.slice(0, cut) + address.slice(cut).replace(/[a-z0-9]/gi, (letter) => (letter === "a" ? "b" : "a"));
}
