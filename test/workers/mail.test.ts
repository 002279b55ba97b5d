import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readEnv } from "../../src/env.ts";
import { newClient, newEmail } from "../support/api-client.ts";
import { openPostOffice, type PostOffice } from "../support/post-office.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const secondMs = 1000;
const minuteMs = 60 * secondMs;

type Row = {
  recipient: string | null;
  values: string | null;
  attempts: number;
  next_try_at_ms: number | null;
  sent_at_ms: number | null;
};
const rowOf = (mailId: string) => env.DB.prepare("SELECT * FROM mails WHERE id = ?").bind(mailId).first<Row>();

/** A letter with a link that lives ten minutes, queued and not yet sent. */
async function writeOne(office: PostOffice, email = newEmail()): Promise<{ mailId: string; email: string }> {
  await newClient({ send: office.send }).post("/api/auth/magic-link/request", { email });
  const mailId = office.queued.at(-1) ?? "";
  return { mailId, email };
}

function later(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
}

describe("a letter", () => {
  it("is sent once, in plain text and in HTML, and then forgotten", async () => {
    const office = openPostOffice("once");
    const { mailId, email } = await writeOne(office);
    await office.deliver();
    const [mail] = await office.mails();
    expect(mail).toMatchObject({
      idempotencyKey: mailId,
      from: "Shujaa Studio <hello@example.com>",
      to: email,
      subject: "Sign in to Shujaa Studio",
    });
    const [link = ""] = /https:\/\/\S+/.exec(mail?.text ?? "") ?? [];
    expect(link).toMatch(/^https:\/\/studio\.test\/auth\/magic\?token=[\w-]{43}$/);
    expect(mail?.html.split(`href="${link}"`)).toHaveLength(3);
    expect(await rowOf(mailId)).toMatchObject({ recipient: null, values: null, next_try_at_ms: null, attempts: 1 });
    expect((await rowOf(mailId))?.sent_at_ms).not.toBeNull();

    office.queued.push(mailId, mailId);
    await office.deliver();
    await office.runCron();
    await office.deliver();
    expect(await office.calls()).toBe(1);
  });

  it("delivered by two consumers at once is asked of the provider once", async () => {
    const office = openPostOffice("twice");
    const { mailId } = await writeOne(office);
    office.queued.length = 0;
    const both = [mailId, mailId].map(async (one) => {
      const consumer = openPostOffice("twice");
      consumer.queued.push(one);
      await consumer.deliver();
    });
    await Promise.all(both);
    expect(await office.calls()).toBe(1);
  });

  it("that the queue did not take is queued by the cron", async () => {
    const office = openPostOffice("queue-down");
    office.breakDown();
    const email = newEmail();
    expect((await newClient({ send: office.send }).post("/api/auth/magic-link/request", { email })).status).toBe(200);
    expect(office.queued).toEqual([]);
    const mended = openPostOffice("queue-down");
    later(minuteMs);
    await mended.runCron();
    await mended.deliver();
    expect((await mended.mails()).map(({ to }) => to)).toContain(email);
  });

  it.each(["too_many", "away"] as const)("is tried again when the provider fails: %s", async (fault) => {
    const office = openPostOffice(`retry-${fault.replace("_", "-")}`);
    const { mailId } = await writeOne(office);
    await office.failNext(fault, fault);
    await office.deliver();
    expect(office.queued).toEqual([mailId]);
    // Too early: whoever is at it may still be.
    await office.deliver();
    expect(await office.calls()).toBe(1);
    office.queued.push(mailId);
    later(15 * secondMs);
    await office.deliver();
    later(15 * secondMs);
    await office.deliver();
    expect((await office.mails()).map(({ idempotencyKey }) => idempotencyKey)).toEqual([mailId]);
    expect(await rowOf(mailId)).toMatchObject({ recipient: null, attempts: 3 });
  });

  it("arrives once though the provider's answer was lost", async () => {
    const office = openPostOffice("lost");
    const { mailId } = await writeOne(office);
    await office.failNext("lost");
    await office.deliver();
    expect(await office.mails()).toHaveLength(1);
    expect((await rowOf(mailId))?.sent_at_ms).toBeNull();
    later(15 * secondMs);
    await office.deliver();
    expect([await office.calls(), (await office.mails()).length]).toEqual([2, 1]);
    expect((await rowOf(mailId))?.sent_at_ms).not.toBeNull();
  });

  it("is not waited for longer than ten seconds", async () => {
    const office = openPostOffice("silent");
    const { mailId } = await writeOne(office);
    await office.failNext("silent");
    await office.deliver();
    expect(office.queued).toEqual([mailId]);
    expect((await rowOf(mailId))?.recipient).not.toBeNull();
  }, 20_000);

  it("is tried by the cron further and further apart, until its link has expired; then it is given up", async () => {
    const log = vi.spyOn(console, "error");
    const office = openPostOffice("given-up");
    const { mailId, email } = await writeOne(office);
    const beganAt = Date.now();
    await office.failNext(...Array.from({ length: 20 }, () => "away" as const));
    const triedAfterS: number[] = [];
    for (let second = 0; second <= 660; second += 15) {
      vi.useFakeTimers({ toFake: ["Date"], now: beganAt + second * secondMs });
      const before = await rowOf(mailId);
      if (second % 60 === 0) await office.runCron();
      // The cron queues what other tests have left over, too; and the queue itself gives a message up after two retries.
      const isQueued = office.queued.includes(mailId);
      office.queued.length = 0;
      if (isQueued) office.queued.push(mailId);
      await office.deliver();
      if (second >= 30) office.queued.length = 0;
      if ((await rowOf(mailId))?.attempts !== before?.attempts && (await rowOf(mailId))?.recipient !== null)
        triedAfterS.push(second);
    }
    expect(triedAfterS).toEqual([0, 15, 30, 120, 420]);
    expect(await rowOf(mailId)).toMatchObject({
      recipient: null,
      values: null,
      next_try_at_ms: null,
      sent_at_ms: null,
    });
    const lines = log.mock.calls.map(([line]) => String(line));
    const given = lines.filter((line) => line.includes("mail_given_up") && line.includes(mailId));
    expect(given).toHaveLength(1);
    expect(JSON.parse(given[0] ?? "")).toMatchObject({ mailId, template: "sign_in", reason: "expired" });
    expect(lines.join("\n")).not.toContain(email);
  });

  it("to an address that takes no mail is given up at once", async () => {
    const log = vi.spyOn(console, "error");
    const office = openPostOffice("refused");
    const { mailId } = await writeOne(office, "juma@refused.example.com");
    await office.deliver();
    expect(office.queued).toEqual([]);
    expect(await rowOf(mailId)).toMatchObject({ recipient: null, values: null, attempts: 1, sent_at_ms: null });
    expect(log.mock.calls.map(([line]) => String(line)).join("\n")).not.toContain("refused.example.com");
  });

  it("waits for whoever has set the service up wrongly", async () => {
    const office = openPostOffice("wrong-key", { MAIL_API_KEY: "another" });
    const { mailId } = await writeOne(office);
    await office.deliver();
    expect((await rowOf(mailId))?.recipient).not.toBeNull();
    const mended = openPostOffice("wrong-key");
    later(minuteMs);
    await mended.runCron();
    await mended.deliver();
    expect((await mended.mails()).map(({ idempotencyKey }) => idempotencyKey)).toContain(mailId);
  });

  it("is forgotten whole after a week, and a link a day after it has expired", async () => {
    const office = openPostOffice("sweep");
    const { mailId, email } = await writeOne(office);
    await office.deliver();
    const links = () => env.DB.prepare("SELECT count(*) n FROM one_time_links WHERE email = ?").bind(email).first("n");
    later(86_400_000 + 9 * minuteMs);
    await office.runCron();
    expect(await links()).toBe(1);
    later(2 * minuteMs);
    await office.runCron();
    expect(await links()).toBe(0);
    expect(await rowOf(mailId)).not.toBeNull();
    later(6 * 86_400_000);
    await office.runCron();
    expect(await rowOf(mailId)).toBeNull();
  });
});

describe("without a mail provider", () => {
  const unset = { MAIL_API_KEY: "", MAIL_FROM: "" };

  it("on a developer's machine, a letter is one line with its link on the console", async () => {
    const log = vi.spyOn(console, "info");
    const office = openPostOffice("console", unset);
    const { mailId } = await writeOne(office);
    await office.deliver();
    const lines = log.mock.calls.map(([line]) => JSON.parse(String(line)) as { event: string });
    expect(lines.filter(({ event }) => event === "mail")).toEqual([
      {
        level: "info",
        event: "mail",
        mailId,
        subject: "Sign in to Shujaa Studio",
        link: expect.stringMatching(/^https:\/\/studio\.test\/auth\/magic\?token=[\w-]{43}$/),
      },
    ]);
    expect((await rowOf(mailId))?.sent_at_ms).not.toBeNull();
  });

  it("in production, the log says so without the link, and the letter waits", async () => {
    const spies = [vi.spyOn(console, "info"), vi.spyOn(console, "error"), vi.spyOn(console, "warn")];
    const production = { ENVIRONMENT: "production", STRIPE_API_BASE: "", STRIPE_SECRET_KEY: "", MPESA_API_BASE: "" };
    const office = openPostOffice("unset", {
      ...production,
      ...unset,
      MAIL_API_BASE: "",
      GOOGLE_BASE: "",
      GITHUB_BASE: "",
    });
    const { mailId, email } = await writeOne(office);
    await office.deliver();
    const lines = spies.flatMap(({ mock }) => mock.calls.map(([line]) => String(line))).join("\n");
    expect(lines).toContain("mail is not set up");
    expect(lines).not.toContain("token=");
    expect(lines).not.toContain(email);
    expect((await rowOf(mailId))?.recipient).toBe(email);
  });
});

describe("the settings of mail", () => {
  const settings = (variables: Record<string, string>) => () => readEnv({ ...env, ...variables });
  const production = {
    ENVIRONMENT: "production",
    STRIPE_API_BASE: "",
    STRIPE_SECRET_KEY: "",
    MPESA_API_BASE: "",
    GOOGLE_BASE: "",
    GITHUB_BASE: "",
  };

  it("need a sender with a key", () => {
    expect(settings({ MAIL_API_KEY: "key" })).toThrow("MAIL_FROM");
    expect(settings({ MAIL_API_KEY: "key", MAIL_FROM: "hello@example.com" })).not.toThrow();
  });

  it("name the real provider in production", () => {
    expect(settings({ ...production, MAIL_API_BASE: "http://mail-x.test" })).toThrow("MAIL_API_BASE");
    expect(settings({ ...production, MAIL_API_BASE: "https://api.resend.com/" })).not.toThrow();
    expect(settings({ MAIL_API_BASE: "http://mail-x.test" })).not.toThrow();
  });
});
