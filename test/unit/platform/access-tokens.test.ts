import { describe, expect, it, vi } from "vitest";
import { createAccessTokens } from "../../../src/platform/tokens.ts";

const startMs = Date.UTC(2026, 10, 1);
const ttlSeconds = 900;
const claims = { userId: "usr_amina", sessionId: "ses_phone" };

function newTokens(secret = "a secret of more than thirty-two characters") {
  return createAccessTokens(secret, ttlSeconds);
}

describe("access tokens", () => {
  it("are proven once, and known again", async () => {
    const tokens = newTokens();
    const token = await tokens.issue(claims, startMs);
    const verify = vi.spyOn(crypto.subtle, "verify");
    for (let time = 0; time < 3; time += 1) expect(await tokens.verify(token, startMs)).toEqual(claims);
    expect(verify).toHaveBeenCalledTimes(1);
    verify.mockRestore();
  });

  it("expire to the second, known or not", async () => {
    const tokens = newTokens();
    const token = await tokens.issue(claims, startMs);
    const lastMs = startMs + ttlSeconds * 1000 - 1;
    expect(await tokens.verify(token, startMs)).toEqual(claims);
    expect(await tokens.verify(token, lastMs)).toEqual(claims);
    expect(await tokens.verify(token, lastMs + 1)).toBeNull();
    expect(await newTokens().verify(token, lastMs)).toEqual(claims);
    expect(await newTokens().verify(token, lastMs + 1)).toBeNull();
  });

  it("are not known by half: a letter more, less or changed, and another secret's, prove nothing", async () => {
    const tokens = newTokens();
    const token = await tokens.issue(claims, startMs);
    await tokens.verify(token, startMs);
    const signature = token.lastIndexOf(".") + 1;
    const changed = `${token.slice(0, signature)}${token[signature] === "A" ? "B" : "A"}${token.slice(signature + 1)}`;
    for (const other of [changed, `${token}A`, token.slice(0, -1), token.slice(0, signature)]) {
      expect(await tokens.verify(other, startMs)).toBeNull();
      expect(await tokens.verify(other, startMs)).toBeNull();
    }
    expect(await newTokens("another secret of more than thirty-two characters").verify(token, startMs)).toBeNull();
  });

  it("keeps no more than it may: the oldest is proven again", async () => {
    const tokens = newTokens();
    const issued = await Promise.all(
      Array.from({ length: 1_001 }, (_, index) => tokens.issue({ ...claims, userId: `usr_${index}` }, startMs)),
    );
    for (const token of issued) await tokens.verify(token, startMs);
    const verify = vi.spyOn(crypto.subtle, "verify");
    const [oldest = "", next = ""] = issued;
    expect(await tokens.verify(next, startMs)).toEqual({ ...claims, userId: "usr_1" });
    expect(verify).not.toHaveBeenCalled();
    expect(await tokens.verify(oldest, startMs)).toEqual({ ...claims, userId: "usr_0" });
    expect(verify).toHaveBeenCalledTimes(1);
    verify.mockRestore();
  });
});
