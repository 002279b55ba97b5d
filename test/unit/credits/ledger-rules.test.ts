import { describe, expect, it } from "vitest";
import { nextDrainAtMs } from "../../../src/core/credits/drain-schedule.ts";
import {
  balanceChange,
  type Posting,
  postCapture,
  postGrant,
  postHold,
  postRelease,
} from "../../../src/core/credits/postings.ts";
import {
  captureRequest,
  describeDifference,
  fingerprint,
  grantRequest,
  holdRequest,
} from "../../../src/core/credits/requests.ts";
import { settleByCapture, settleByRelease } from "../../../src/core/credits/settle.ts";
import type { Usage } from "../../../src/core/plans/plans.ts";

const usage: Usage = { images: 4, speech_seconds: 60, render_seconds: 61 };
const hold = { id: "vid_1", credits: 8, plan: "pro", description: "Video", usage } as const;
const grant = { id: "pay_1", type: "purchase", credits: 50, description: "Starter", paymentId: "pay_1" } as const;

const moves = (postings: Posting[]) =>
  postings.map((one) => [one.type, one.debit, one.credit, one.amount, balanceChange(one)]);

describe("postings", () => {
  it("a grant comes from outside, and names its payment", () => {
    expect(moves(postGrant(grant))).toEqual([["purchase", "issued", "available", 50, 50]]);
    expect(postGrant(grant)[0]).toMatchObject({ paymentId: "pay_1", videoId: null });
  });

  it("a hold is charged at once, and names its video", () => {
    expect(moves(postHold(hold))).toEqual([["usage", "available", "held", 8, -8]]);
    expect(postHold(hold)[0]).toMatchObject({ paymentId: null, videoId: "vid_1" });
  });

  it("a capture spends what the video cost and gives back the rest", () => {
    expect(moves(postCapture({ holdId: "vid_1", credits: 5, usage }, 8))).toEqual([
      ["capture", "held", "spent", 5, 0],
      ["refund", "held", "available", 3, 3],
    ]);
    expect(moves(postCapture({ holdId: "vid_1", credits: 8, usage }, 8))).toEqual([["capture", "held", "spent", 8, 0]]);
    expect(moves(postCapture({ holdId: "vid_1", credits: 0, usage }, 8))).toEqual([
      ["refund", "held", "available", 8, 8],
    ]);
  });

  it("a release gives all of it back, with its reason", () => {
    const postings = postRelease({ holdId: "vid_1", reason: "The video failed" }, 8);
    expect(moves(postings)).toEqual([["refund", "held", "available", 8, 8]]);
    expect(postings[0]).toMatchObject({ description: "The video failed", videoId: "vid_1" });
  });

  it("a video that costs none is told of once, when it is held", () => {
    expect(moves(postHold({ ...hold, credits: 0 }))).toEqual([["usage", "available", "held", 0, 0]]);
    expect(postCapture({ holdId: "vid_1", credits: 0, usage }, 0)).toEqual([]);
    expect(postRelease({ holdId: "vid_1", reason: "The video failed" }, 0)).toEqual([]);
  });
});

describe("settlements", () => {
  const held = { credits: 8, usage, videos: 1 };

  it("a capture keeps its place in the day and gives back unused quota", () => {
    const used = { images: 4, speech_seconds: 50, render_seconds: 0 };
    expect(settleByCapture({ holdId: "vid_1", credits: 5, usage: used }, held)).toMatchObject({
      status: "captured",
      credits: 5,
      usage: used,
      countChange: { videosToday: 0, monthly: { images: 0, speech_seconds: -10, render_seconds: -61 } },
    });
  });

  it("a release gives back all it was counted with", () => {
    expect(settleByRelease({ holdId: "vid_1", reason: "The video failed" }, held)).toMatchObject({
      status: "released",
      credits: 0,
      countChange: { videosToday: -1, monthly: { images: -4, speech_seconds: -60, render_seconds: -61 } },
    });
  });

  it("takes all that was held and not one more", () => {
    const capture = { holdId: "vid_1", credits: 8, usage };
    expect(settleByCapture(capture, held).credits).toBe(8);
    expect(() => settleByCapture({ ...capture, credits: 9 }, held)).toThrow("at most the credits");
    expect(() => settleByCapture({ ...capture, usage: { ...usage, images: 5 } }, held)).toThrow("at most the images");
  });
});

describe("requests", () => {
  it.each([0, -1, 1.5, Number.NaN, 1_000_000_001, 2 ** 53])("refuses a grant of %d credits", (credits) => {
    expect(grantRequest.safeParse({ ...grant, credits }).success).toBe(false);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_000_001])("refuses a hold of %d credits", (credits) => {
    expect(holdRequest.safeParse({ ...hold, credits }).success).toBe(false);
  });

  it("takes both ends of what is allowed", () => {
    expect(grantRequest.safeParse({ ...grant, credits: 1 }).success).toBe(true);
    expect(grantRequest.safeParse({ ...grant, credits: 1_000_000_000 }).success).toBe(true);
    expect(holdRequest.safeParse({ ...hold, credits: 0 }).success).toBe(true);
  });

  it.each([
    ["an empty id", holdRequest, { ...hold, id: "" }],
    ["an unknown plan", holdRequest, { ...hold, plan: "gold" }],
    ["a missing metric", holdRequest, { ...hold, usage: { images: 1, speech_seconds: 1 } }],
    ["an unknown metric", holdRequest, { ...hold, usage: { ...usage, uploads: 1 } }],
    ["part of a second", captureRequest, { holdId: "vid_1", credits: 1, usage: { ...usage, speech_seconds: 1.5 } }],
    ["usage below zero", captureRequest, { holdId: "vid_1", credits: 1, usage: { ...usage, images: -1 } }],
    ["a field nobody knows", grantRequest, { ...grant, note: "" }],
    ["a type that is not a grant", grantRequest, { ...grant, type: "usage" }],
  ])("refuses %s", (_name, schema, request) => {
    expect(schema.safeParse(request).success).toBe(false);
  });

  it("recognises a repeat whatever the order of its fields", () => {
    const shuffled = {
      usage: { render_seconds: 61, images: 4, speech_seconds: 60 },
      description: "Video",
      plan: "pro",
      credits: 8,
      id: "vid_1",
    } as const;
    const [first, second] = [fingerprint(hold), fingerprint(shuffled)];
    expect(describeDifference({ kind: "hold", fingerprint: first }, { kind: "hold", fingerprint: second })).toBeNull();
  });

  it("says in what another request with the same id differs", () => {
    const first = { kind: "hold", fingerprint: fingerprint(hold) } as const;
    const other = fingerprint({ ...hold, credits: 9, usage: { ...usage, images: 5 } });
    expect(describeDifference(first, { kind: "hold", fingerprint: other })).toBe(
      "this id already names another hold: credits, usage differ",
    );
    expect(describeDifference(first, { kind: "grant", fingerprint: fingerprint({ ...grant, id: "vid_1" }) })).toBe(
      "this id already names a hold",
    );
  });
});

describe("nextDrainAtMs", () => {
  const nowMs = Date.UTC(2026, 10, 30);

  it("copies a second after the first entry, and leaves an alarm that is set alone", () => {
    expect(nextDrainAtMs({ armedForMs: null, failures: 0 }, nowMs)).toBe(nowMs + 1000);
    expect(nextDrainAtMs({ armedForMs: nowMs + 1, failures: 0 }, nowMs)).toBeNull();
  });

  it("sets an overdue alarm again at once", () => {
    expect(nextDrainAtMs({ armedForMs: nowMs, failures: 3 }, nowMs)).toBe(nowMs);
    expect(nextDrainAtMs({ armedForMs: nowMs - 86_400_000, failures: 0 }, nowMs)).toBe(nowMs);
  });

  it("backs off to five minutes and no further, however often it failed", () => {
    const delaysMs = [1, 2, 8, 9, 60, 5000].map(
      (failures) => (nextDrainAtMs({ armedForMs: null, failures }, nowMs) ?? 0) - nowMs,
    );
    expect(delaysMs).toEqual([2000, 4000, 256_000, 300_000, 300_000, 300_000]);
  });

  it("does not wait for an alarm that a wrong clock set far ahead", () => {
    expect(nextDrainAtMs({ armedForMs: nowMs + 300_000, failures: 0 }, nowMs)).toBeNull();
    expect(nextDrainAtMs({ armedForMs: nowMs + 300_001, failures: 0 }, nowMs)).toBe(nowMs + 300_000);
  });
});
