/** What is taken out of an error's words before they leave the service. */
import { describe, expect, it } from "vitest";
import { withoutSecrets } from "../../../src/platform/without-secrets.ts";

describe("words that leave the service", () => {
  it.each([
    ["asked https://files.example.com/a.png?signature=5f3a", "asked [link]"],
    ["wss://studio.example.com/live?ticket=5f3a closed", "[link] closed"],
    ["«Amina» <amina.o+news@example.co.ke> is away", "«Amina» <[email]> is away"],
    ["GET /api/admin/users/amina%40example.com", "GET /api/admin/users/[email]"],
    ["Authorization: Basic a2V5OnNlY3JldA==", "Authorization: [credential]"],
    ["Bearer abc.def", "[credential]"],
    ["token eyJhbGciOi.eyJzdWIi.c2ln-_1 is void", "token [credential] is void"],
    ["Invalid API Key provided: sk_live_51Habcdefgh", "Invalid API Key provided: [credential]"],
    ["0712345678, 254712345678, +254712345678", "[phone], [phone], [phone]"],
    ["0712 345 678, 254 712-345-678, +44 20 7946 0958", "[phone], [phone], [phone]"],
    ["from 197.248.10.20", "from [address]"],
    ["from 2001:db8::ff00:42:8329, ::ffff:c5f8:a14", "from [address], [address]"],
  ])("«%s» are «%s»", (text, clean) => {
    expect(withoutSecrets(text)).toBe(clean);
  });

  it.each([
    "vid_01JD2X5Z6Q7R8S9T0V1W2X3Y4Z of ten_01JD2X5Z6Q7R8S9T0V1W2X3Y4Z",
    "at send (worker.js:1042:17) at 2026-11-25T12:30:45.123Z, 1764075131000",
    "D1_ERROR: UNIQUE constraint failed: videos.id: SQLITE_CONSTRAINT",
    "402 of 1000 credits @ 3 a minute",
  ])("say what an operator needs: «%s»", (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  // A hundred kilobytes of some of these took a quarter of a minute while a pattern could begin anew at each letter.
  it.each(["a", "a.", "1.", "a@a.1", "@a.1", "eyJ", "-eyJ", "eyJa.", "sk_a ", "bearer ", "0 7 ", "+1 1 ", "a:", "a%4"])(
    "are read once, however long they are: «%s» again and again",
    (part) => {
      const clean = withoutSecrets(part.repeat(1_000_000 / part.length));
      expect(String(clean).length).toBeLessThan(10_000);
    },
  );
});
