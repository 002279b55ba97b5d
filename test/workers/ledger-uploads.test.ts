import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { HoldRequest } from "../../src/core/credits/ledger.ts";
import type { CreditLedger } from "../../src/objects/credit-ledger.ts";

let tenants = 0;
function newLedger() {
  tenants += 1;
  return env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(`ten_uploads_${tenants}`));
}
type Ledger = ReturnType<typeof newLedger>;

async function used(ledger: Ledger): Promise<number[]> {
  return (await ledger.readUploads("free")).map((state) => state.used);
}

describe("an upload", () => {
  it("counts once, however often it is told", async () => {
    const ledger = newLedger();
    const request = { id: "ast_1", bytes: 700, plan: "free" } as const;
    const answers = await Promise.all(Array.from({ length: 5 }, () => ledger.store(request)));
    expect(answers).toEqual(Array.from({ length: 5 }, () => ({ ok: true })));
    expect(await used(ledger)).toEqual([1, 700]);
  });

  it("gives its bytes back once, and never its place in the month", async () => {
    const ledger = newLedger();
    await ledger.store({ id: "ast_1", bytes: 700, plan: "free" });
    await ledger.store({ id: "ast_2", bytes: 50, plan: "free" });
    await ledger.unstore({ id: "ast_1" });
    await ledger.unstore({ id: "ast_1" });
    expect(await used(ledger)).toEqual([2, 50]);
    expect(await ledger.store({ id: "ast_1", bytes: 700, plan: "free" })).toEqual({ ok: false, code: "id_spent" });
    expect(await used(ledger)).toEqual([2, 50]);
  });

  it("that was given back before it came, or was refused, never counts", async () => {
    const ledger = newLedger();
    await ledger.unstore({ id: "ast_late" });
    expect(await ledger.store({ id: "ast_late", bytes: 9, plan: "free" })).toEqual({ ok: false, code: "id_spent" });
    for (let count = 0; count < 100; count += 1) {
      await ledger.store({ id: `ast_${count}`, bytes: 1_000_000_000, plan: "free" });
    }
    const over = { id: "ast_over", bytes: 1, plan: "free" } as const;
    expect(await ledger.store(over)).toMatchObject({
      code: "quota_exceeded",
      metric: "storage_bytes",
      resetsAtMs: null,
    });
    await ledger.unstore({ id: "ast_0" });
    expect(await ledger.store(over)).toEqual({ ok: false, code: "id_spent" });
    expect(await used(ledger)).toEqual([100, 99_000_000_000]);
    expect(await ledger.store({ id: "ast_new", bytes: 1_000_000_000, plan: "free" })).toEqual({ ok: true });
  });

  it.each([0, -1, 0.5, 1_000_000_001])("of %d bytes is a bug, and changes nothing", async (bytes) => {
    const ledger = newLedger();
    // From inside the object: an error that crosses its border, though caught, counts as nobody's.
    const outcome = await runInDurableObject(ledger, async (instance: CreditLedger) => {
      try {
        return await instance.store({ id: "ast_1", bytes, plan: "free" });
      } catch {
        return "refused";
      }
    });
    expect(outcome).toBe("refused");
    expect(await used(ledger)).toEqual([0, 0]);
  });

  it("has the limits of its plan", async () => {
    const limits = async (plan: HoldRequest["plan"]) =>
      (await newLedger().readUploads(plan)).map(({ metric, limit }) => [metric, limit]);
    expect(await limits("free")).toEqual([
      ["uploads", 500],
      ["storage_bytes", 100_000_000_000],
    ]);
    expect(await limits("pro")).toEqual([
      ["uploads", 2_500],
      ["storage_bytes", 500_000_000_000],
    ]);
    expect(await limits("enterprise")).toEqual([
      ["uploads", null],
      ["storage_bytes", null],
    ]);
  });
});

describe("a hold for an image", () => {
  const image: HoldRequest = {
    id: "img_1",
    credits: 5,
    plan: "free",
    description: "Image",
    usage: { images: 1, speech_seconds: 0, render_seconds: 0 },
    isVideo: false,
  };

  async function fundedLedger(): Promise<Ledger> {
    const ledger = newLedger();
    await ledger.grant({ id: "gift", type: "bonus", credits: 100, description: "gift" });
    return ledger;
  }
  const today = async (ledger: Ledger) => (await ledger.readUsage("free")).daily.used;

  it("takes no place in the day, neither when it is captured nor when it is released", async () => {
    const ledger = await fundedLedger();
    expect(await ledger.hold(image)).toMatchObject({ ok: true, balance: 95, daily: { used: 0 } });
    await ledger.hold({ ...image, id: "img_2" });
    expect(await today(ledger)).toBe(0);
    await ledger.capture({ holdId: "img_1", credits: 5, usage: image.usage });
    await ledger.release({ holdId: "img_2", reason: "failed" });
    expect(await today(ledger)).toBe(0);
    expect((await ledger.readUsage("free")).monthly[0]).toMatchObject({ metric: "images", used: 1 });
  });

  it("is had when the day's videos are used up, and leaves their count alone", async () => {
    const ledger = await fundedLedger();
    const { isVideo: _, ...video } = image;
    for (const id of ["vid_1", "vid_2", "vid_3"]) await ledger.hold({ ...video, id });
    expect(await ledger.hold({ ...video, id: "vid_4" })).toMatchObject({ code: "quota_exceeded" });
    expect(await ledger.hold(image)).toMatchObject({ ok: true });
    await ledger.release({ holdId: "img_1", reason: "failed" });
    expect(await today(ledger)).toBe(3);
    await ledger.release({ holdId: "vid_1", reason: "failed" });
    expect(await today(ledger)).toBe(2);
  });

  it("is another request than a hold for a video of the same id", async () => {
    const ledger = await fundedLedger();
    const { isVideo: _, ...video } = image;
    await ledger.hold(image);
    expect(await ledger.hold(video)).toMatchObject({ ok: false, code: "id_reused" });
  });
});
