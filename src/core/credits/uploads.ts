/** What may be uploaded and kept: a month's uploads, and the bytes that are kept at a time. */
import { type Plan, type UploadMetric, uploadLimit, uploadMetrics, windowsAt } from "../plans/plans.ts";
import type { StoreRequest, StoreResult, UploadState } from "./ledger.ts";

/** What the month and the tenant's store hold now. */
export type UploadCounts = Record<UploadMetric, number>;

export function uploadStatesAt(plan: Plan, counts: UploadCounts, nowMs: number): UploadState[] {
  return uploadMetrics.map((metric) => ({
    metric,
    used: counts[metric],
    limit: uploadLimit(plan, metric),
    resetsAtMs: metric === "uploads" ? windowsAt(nowMs).monthEndsAtMs : null,
  }));
}

/** What an upload is answered with, for the first time: how many decides before how much. */
export function decideStore(
  request: Pick<StoreRequest, "bytes" | "plan">,
  counts: UploadCounts,
  nowMs: number,
): Exclude<StoreResult, { code: "id_spent" }> {
  const more: UploadCounts = { uploads: 1, storage_bytes: request.bytes };
  for (const { metric, used, limit, resetsAtMs } of uploadStatesAt(request.plan, counts, nowMs)) {
    if (limit === null || used + more[metric] <= limit) continue;
    return { ok: false, code: "quota_exceeded", metric, used, limit, resetsAtMs };
  }
  return { ok: true };
}
