import { batchMax } from "../../contract/batches.ts";
import { usageMetrics } from "../../contract/usage.ts";
import { scenesMax } from "../../contract/video.ts";
import { planPrices, planRules, plans } from "../../core/plans/plans.ts";
import { limitOf } from "../../core/usage/metrics.ts";
import { type RateClass, rateRules } from "../../http/rate-limits.ts";
import { type GuideSection, paragraphs, table } from "./prose.ts";

const whatIsCounted: Record<RateClass, string> = {
  address: "Any call without a credential",
  user: "Any call with one",
  sign_in: "Sign-ins",
  sign_up: "New accounts",
  reset: "Links by mail",
  payment: "Payments begun",
  invitation: "Invitations",
  proof: "Proofs of the audit log",
};
const perWords = { address: "address", user: "account or key" } as const;
const windowWords = { 1: "a second", 60: "a minute", 3600: "an hour" } as const;

const metricWords: Record<(typeof usageMetrics)[number], string> = {
  images: "Pictures drawn a month",
  speech_seconds: "Seconds of speech a month",
  render_minutes: "Minutes of video a month",
  storage_gb: "GB of your files kept",
  uploads: "Uploads a month",
};

const number = (value: number | null) => (value === null ? "no limit" : value.toLocaleString("en-GB"));
const yes = (is: boolean) => (is ? "yes" : "no");
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

function priceOf(plan: (typeof plans)[number]): string {
  if (plan === "free") return "free";
  const price = planPrices[plan];
  if (price === null) return "by agreement";
  return `USD ${(price.USD / 100).toFixed(2)} or KES ${(price.KES / 100).toLocaleString("en-GB")} a month`;
}

function rateTable(): string {
  const rows = Object.entries(rateRules).map(([name, { limit, windowSeconds, per }]) => [
    `<code>${name}</code>`,
    whatIsCounted[name as RateClass],
    `${limit} ${windowWords[windowSeconds]}`,
    perWords[per],
  ]);
  return table(["Class", "What is counted", "How many", "Counted by"], rows, "Rate limits");
}

function planTable(): string {
  const row = (head: string, of: (plan: (typeof plans)[number]) => string) => [head, ...plans.map(of)];
  return table(
    ["", ...plans.map(capital)],
    [
      row("Price", priceOf),
      row("Videos a day", (plan) => number(planRules[plan].videosPerDay)),
      row("A video costs", (plan) => (planRules[plan].isVideoFree ? "nothing" : "credits")),
      ...usageMetrics.map((metric) => row(metricWords[metric], (plan) => number(limitOf(plan, metric)))),
      row("4K", (plan) => yes(planRules[plan].has4k)),
      row("First in the queue", (plan) => yes(planRules[plan].hasPriorityQueue)),
    ],
    "Plans and their limits",
  );
}

export function limitsSection(): GuideSection {
  return {
    id: "limits",
    title: "Limits",
    html: `${paragraphs(
      "Calls are counted exactly, over any span of a window's length. Each answer says where you stand in `RateLimit` and `RateLimit-Policy`; a call too many is refused with `rate_limited` and `Retry-After`, does nothing and costs nothing.",
    )}
${rateTable()}
<h3>Plans</h3>
${paragraphs(
  "Days and months are those of UTC. `GET /api/usage` says what was used and when it resets; a limit that is reached is refused with `quota_exceeded`, before anything is charged.",
)}
${planTable()}
${paragraphs(
  `A video has up to ${scenesMax} scenes, a batch up to ${batchMax} videos. Lists come in pages: pass each answer's \`next_cursor\` as \`cursor\` until it is null. Links to files are good for 24 hours; ask for the video again to have new ones.`,
)}`,
  };
}
