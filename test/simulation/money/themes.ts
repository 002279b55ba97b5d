/** What schedules are about, each about one thing mostly. */
import type { StepName } from "./steps.ts";

const always: StepName[] = [
  ...(["letters delivered", "message consumed", "much at once", "message lost", "message doubled"] as const),
  ...(["cron", "clock", "objects evicted", "object crashes", "alarm rings", "weather"] as const),
  ...(["asked again", "payment read", "video ordered", "video ended"] as const),
  ...(["operator refunds", "operator adjusts", "operator waives"] as const),
];
const cards: StepName[] = [
  ...(["card order", "intent paid", "intent confirmed", "checkout begun", "page answered", "page left"] as const),
  ...(["dashboard refund", "dispute", "webhook forged"] as const),
];
const phones: StepName[] = [
  "phone order",
  "prompt answered",
  "callback forged",
  "phone status",
  "operator ends a stray",
];
const plans: StepName[] = [
  ...([
    "plan checkout begun",
    "page answered",
    "page left",
    "plan changed",
    "subscription moved",
    "weeks pass",
  ] as const),
  ...(["phone plan", "prompt answered", "dashboard refund", "dispute"] as const),
];

/** What a schedule is about: few things that meet often find more than all things that hardly meet. `begins`: its first steps. */
export const themes: { weight: number; names: StepName[]; begins: StepName[] }[] = [
  {
    weight: 4,
    names: [...always, ...cards],
    begins: ["card order", "intent paid", "intent paid", "checkout begun", "page answered"],
  },
  { weight: 3, names: [...always, ...phones], begins: ["phone order", "prompt answered", "prompt answered"] },
  {
    weight: 3,
    names: [...always, ...plans],
    begins: ["plan checkout begun", "page answered", "phone plan", "prompt answered"],
  },
  {
    weight: 1,
    names: [...new Set([...always, ...cards, ...phones, ...plans])],
    begins: ["card order", "intent paid", "phone order", "prompt answered"],
  },
];
