/**
 * Phones that act by themselves as soon as they are pushed, for a developer without a driver:
 *
 *   254700000000              pays
 *   25470000NNNN              ends with the ResultCode NNNN of the table in outcomes.ts: …1032 cancels, …2001 mistypes the
 *                             PIN, …0001 has no money, …1037 cannot be reached, …4999 is still under processing
 *   254700007003              SFC_IC0003, which is no number
 *   254700007777              a code that nobody has heard of
 *   2547000100NN              pays, and its callback arrives in the NNth mode of callback-modes.ts, counted from 00:
 *                             …01 is lost, …02 comes twice, …03 late, …04 before the push is answered
 *   254700020000              pays, and the first three queries are still «being processed»
 *
 * Every other phone waits for somebody to press on it.
 */
import { callbackModes } from "./callback-modes.ts";
import { type OutcomeName, outcomes } from "./outcomes.ts";
import type { PromptPlan } from "./world.ts";

const names = Object.keys(outcomes) as OutcomeName[];

export const magicPhones: ReadonlyMap<string, PromptPlan> = new Map<string, PromptPlan>([
  ...names.map((name): [string, PromptPlan] => [magicPhoneOf(name), { outcome: name }]),
  ["254700007777", { outcome: { code: "7777", description: "A code that nobody has heard of." } }],
  ...callbackModes.map((mode, index): [string, PromptPlan] => [
    `2547000100${String(index).padStart(2, "0")}`,
    { outcome: "paid", modes: [mode] },
  ]),
  ["254700020000", { outcome: "paid", pendingQueries: 3 }],
]);

export function magicPhoneOf(name: OutcomeName): string {
  const { code } = outcomes[name];
  return `25470000${/^\d+$/.test(code) ? code.padStart(4, "0") : "7003"}`;
}
