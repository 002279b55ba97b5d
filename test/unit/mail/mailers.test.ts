import { afterEach, describe, expect, it } from "vitest";
import { OutsideError } from "../../../src/core/deps.ts";
import { createBindingMailer } from "../../../src/platform/mail/binding-mailer.ts";
import { createHttpMailer } from "../../../src/platform/mail/http-mailer.ts";
import { type ServedMail, serve } from "../../stand-ins/mail/serve.ts";

const letter = { id: "mal_1", to: "amina@example.com", subject: "Hello", text: "Hello\n", html: "<p>Hello</p>" };
const from = "Shujaa Studio <hello@example.com>";

let served: ServedMail | undefined;
afterEach(async () => {
  await served?.close();
  served = undefined;
});

async function mailer(key = "key") {
  served = await serve({ port: 0, key: "key" });
  return {
    mail: served.mail,
    origin: served.origin,
    mailer: createHttpMailer({ base: `${served.origin}/`, key, from }),
  };
}

async function outsideError(attempt: Promise<unknown>): Promise<OutsideError> {
  const error = await attempt.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(OutsideError);
  expect(String(error)).not.toContain(letter.to);
  return error as OutsideError;
}

describe("the mailer over HTTP", () => {
  it("hands over all of a letter, and a repeat of it changes nothing", async () => {
    const { mail, mailer: post, origin } = await mailer();
    expect([await post.send(letter), await post.send(letter)]).toEqual(["sent", "sent"]);
    const { id: idempotencyKey, ...sent } = letter;
    expect(mail.mails).toMatchObject([{ idempotencyKey, from, ...sent }]);
    const page = await (await fetch(origin)).text();
    expect(page).toContain("amina@example.com");
    expect(await (await fetch(`${origin}/mails/${mail.mails[0]?.id}`)).text()).toBe(letter.html);
  });

  it("counts a letter as sent whose words have changed since it was taken", async () => {
    const { mail, mailer: post } = await mailer();
    await post.send(letter);
    expect(await post.send({ ...letter, subject: "Hello again" })).toBe("sent");
    expect(mail.mails.map(({ subject }) => subject)).toEqual(["Hello"]);
  });

  it.each(["too_many", "away", "lost"] as const)("asks to be called again after weather: %s", async (fault) => {
    const { mail, mailer: post } = await mailer();
    mail.failNext(fault);
    expect((await outsideError(post.send(letter))).isRetryable).toBe(true);
    expect(await post.send(letter)).toBe("sent");
    expect(mail.mails).toHaveLength(1);
  });

  it("asks to be called again when nobody is there, or the key is wrong: that is mended", async () => {
    const { mailer: post } = await mailer("another");
    await outsideError(post.send(letter));
    await outsideError(createHttpMailer({ base: "http://127.0.0.1:1", key: "key", from }).send(letter));
  });

  it("takes a refusal of the letter for an answer", async () => {
    const { mailer: post } = await mailer();
    expect(await post.send({ ...letter, to: "juma@refused.example.com" })).toBe("refused");
  });
});

describe("the mailer over Cloudflare's binding", () => {
  const answering = (error: unknown) => {
    const sent: unknown[] = [];
    const binding = {
      async send(message: unknown) {
        sent.push(message);
        if (error !== null) throw error;
        return { messageId: "1" };
      },
    } as SendEmail;
    return { sent, binding };
  };
  const coded = (code: string) => Object.assign(new Error(`${code} for amina@example.com`), { code });

  it("hands over all of a letter, the sender's name apart from the address", async () => {
    const { sent, binding } = answering(null);
    expect(await createBindingMailer(binding, from).send(letter)).toBe("sent");
    await createBindingMailer(binding, "hello@example.com").send(letter);
    const { id: _, ...parts } = letter;
    expect(sent).toEqual([
      { from: { name: "Shujaa Studio", email: "hello@example.com" }, ...parts },
      { from: "hello@example.com", ...parts },
    ]);
  });

  it.each(["E_RATE_LIMIT_EXCEEDED", "E_DAILY_LIMIT_EXCEEDED", "E_SENDER_NOT_VERIFIED"])(
    "asks to be called again after %s, which says that nothing was sent",
    async (code) => {
      const { binding } = answering(coded(code));
      expect((await outsideError(createBindingMailer(binding, from).send(letter))).isRetryable).toBe(true);
    },
  );

  it.each([coded("E_RECIPIENT_SUPPRESSED"), coded("E_INTERNAL_SERVER_ERROR"), new Error("connection lost")])(
    "does not send twice what may have been sent, or never will be: %s",
    async (error) => {
      const { binding } = answering(error);
      expect(await createBindingMailer(binding, from).send(letter)).toBe("refused");
    },
  );

  it("takes silence for a letter that may have been sent", async () => {
    const binding = { send: () => new Promise(() => undefined) } as unknown as SendEmail;
    expect(await createBindingMailer(binding, from, { limitMs: 20 }).send(letter)).toBe("refused");
  });
});
