import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { problemDocument } from "../../src/contract/errors.ts";
import { videoAccepted } from "../../src/contract/videos.ts";
import { newClient, type Reply, read, readPointers, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { setPlan, tenantIdOf } from "../support/videos.ts";

// Everything they send is refused, so the tests of one group share a tenant: that nothing was done is checked in each.
let amina: Tenant;
let tenantId: string;
async function moveIn(): Promise<void> {
  amina = await signUp();
  tenantId = await tenantIdOf(amina);
}

const prompt = "A day in Nairobi";
const raw = (body: BodyInit, headers: Record<string, string> = {}) =>
  amina.call("POST", "/api/videos", { body, headers: { "Content-Type": "application/json", ...headers } });

/** Asks the ledger itself: over the API it would use up the user's requests. */
async function expectNothingDone(): Promise<void> {
  const ledger = env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(tenantId));
  expect(await ledger.readBalance()).toEqual({ balance: 10, held: 0, totalPurchased: 0, owed: 0, isFrozen: false });
}

describe("a body that is not valid", () => {
  beforeAll(moveIn);

  it.each<[string, unknown, string[]]>([
    ["nothing in it", {}, ["/prompt"]],
    ["no prompt to read", { prompt: "  \n " }, ["/prompt"]],
    ["a prompt with nothing to say", { prompt: "!!! … ???" }, ["/prompt"]],
    ["a prompt of another type", { prompt: 7 }, ["/prompt"]],
    ["a prompt that is null", { prompt: null }, ["/prompt"]],
    ["a prompt of 2001 characters", { prompt: "a".repeat(2001) }, ["/prompt"]],
    ["a prompt of 2001 emoji and a letter", { prompt: `a${"🦁".repeat(2000)}` }, ["/prompt"]],
    ["a prompt of 100 kB", { prompt: "a".repeat(100_000) }, ["/prompt"]],
    ["NUL", { prompt: `${prompt}\u0000` }, ["/prompt"]],
    ["an escape", { prompt: `${prompt}\u001b[31m` }, ["/prompt"]],
    ["half a surrogate pair", { prompt: `${prompt}\ud83e` }, ["/prompt"]],
    ["the other half", { scenes: [{ text: `\udd81${prompt}` }] }, ["/scenes/0/text"]],
    ["a scene without text", { scenes: [{ text: prompt }, { duration: 4 }] }, ["/scenes/1/text"]],
    ["a scene with more", { scenes: [{ text: prompt, picture: "x" }] }, ["/scenes/0/picture"]],
    ["an image that is no place", { scenes: [{ text: prompt, image: "x" }] }, ["/scenes/0/image"]],
    ["an image by ftp", { scenes: [{ text: prompt, image: { url: "ftp://a.b/c.png" } }] }, ["/scenes/0/image/url"]],
    [
      "an image of two things",
      { scenes: [{ text: prompt, image: { prompt, colour: "#112233" } }] },
      ["/scenes/0/image"],
    ],
    ["an image of nothing", { scenes: [{ text: prompt, image: {} }] }, ["/scenes/0/image"]],
    ["a colour that is none", { scenes: [{ text: prompt, image: { colour: "red" } }] }, ["/scenes/0/image/colour"]],
    [
      "an asset that is no id",
      { scenes: [{ text: prompt }, { text: prompt, recording: { asset: "x" } }] },
      ["/scenes/1/recording/asset"],
    ],
    ["an asset of nobody's", { scenes: [{ text: prompt, image: `ast_${"0".repeat(26)}` }] }, ["/scenes/0/image"]],
    ["a logo of nobody's", { prompt, brand: { logo: { asset: `ast_${"0".repeat(26)}` } } }, ["/brand/logo"]],
    ["a voice nobody has", { scenes: [{ text: prompt, voice: { name: "siri" } }] }, ["/scenes/0/voice/name"]],
    ["captions of a style nobody has", { prompt, captions: { style: "comic" } }, ["/captions/style"]],
    ["music that is two things", { prompt, music: { mood: "calm", url: "https://a.b/c.mp3" } }, ["/music"]],
    ["music ducked by 31 dB", { prompt, music: { mood: "calm", duck_db: 31 } }, ["/music/duck_db"]],
    ["music nobody plays", { prompt, music: "polka" }, ["/music"]],
    ["a brand with more", { prompt, brand: { slogan: "x" } }, ["/brand/slogan"]],
    ["too loud", { prompt, loudness_lufs: -5 }, ["/loudness_lufs"]],
    ["a script and a prompt", { prompt, script: prompt }, ["/prompt"]],
    ["a script and a count", { script: prompt, scenes: 3 }, ["/scenes"]],
    ["a script of 12001 characters", { script: `${"a ".repeat(6001)}b` }, ["/script"]],
    [
      "a script of many long sentences",
      { script: `${"word ".repeat(119)}end. `.repeat(20) + "More of it, and more. ".repeat(4) },
      ["/script"],
    ],
    ["values without a template", { prompt, values: { name: "x" } }, ["/values"]],
    ["a template nobody has", { template: "nothing" }, ["/template"]],
    ["the motion of a prompt", { prompt, motion: "zoom_in" }, ["/motion"]],
    ["a language that is only recorded", { prompt, lang: "ha" }, ["/lang"]],
    ["scenes of it without a recording", { lang: "zu", scenes: [{ text: prompt }] }, ["/lang"]],
    ["a prompt in a language nobody writes", { prompt, lang: "am" }, ["/lang"]],
    ["a GIF of more than a minute", { prompt, scenes: 6, output_format: "gif" }, ["/output_format"]],
    ["a project of nobody's", { prompt, project_id: `prj_${"0".repeat(26)}` }, ["/project_id"]],
    ["a revision of nobody's", { prompt, revises: `vid_${"0".repeat(26)}` }, ["/revises"]],
    ["a scene of two minutes", { scenes: [{ text: prompt, duration: 120 }] }, ["/scenes/0/duration"]],
    ["a scene that is text", { scenes: [prompt] }, ["/scenes/0"]],
    ["601 characters in a scene", { scenes: [{ text: "a".repeat(601) }] }, ["/scenes/0/text"]],
    ["no scene", { prompt, scenes: 0 }, ["/scenes"]],
    ["21 scenes", { prompt, scenes: 21 }, ["/scenes"]],
    ["10000 scenes", { prompt, scenes: 10_000 }, ["/scenes"]],
    ["half a scene", { prompt, scenes: 2.5 }, ["/scenes"]],
    ["scenes as text", { prompt, scenes: "3" }, ["/scenes"]],
    ["an empty list of scenes", { scenes: [] }, ["/scenes"]],
    ["a list of 21", { scenes: Array.from({ length: 21 }, () => ({ text: prompt })) }, ["/scenes"]],
    ["a prompt and a list", { prompt, scenes: [{ text: prompt }] }, ["/prompt"]],
    ["a count without a prompt", { scenes: 3 }, ["/prompt"]],
    ["a language without a voice", { prompt, lang: "tlh" }, ["/lang"]],
    ["another format", { prompt, output_format: "avi" }, ["/output_format"]],
    ["another format in camel case", { prompt, outputFormat: "avi" }, ["/output_format"]],
    ["both spellings of one field", { prompt, output_format: "mp4", outputFormat: "mp4" }, ["/outputFormat"]],
    ["a premium voice", { prompt, premium_tts: true }, ["/premium_tts"]],
    ["a premium voice in camel case", { prompt, premiumTTS: true }, ["/premium_tts"]],
    ["own music", { prompt, custom_music: true }, ["/custom_music"]],
    ["no own music, and some", { prompt, custom_music: false, music: { url: "https://a.b/c.mp3" } }, ["/custom_music"]],
    ["AI enhancement", { prompt, aiEnhancement: true }, ["/ai_enhancement"]],
    ["29 frames", { prompt, fps: 29 }, ["/fps"]],
    ["a shape that disagrees with itself", { prompt, vertical: true, aspect: "16:9" }, ["/vertical"]],
    ["a voice too fast", { prompt, voice: { speed: 2.1 } }, ["/voice/speed"]],
    ["a voice with more", { prompt, voice: { speed: 1, pitch: 2 } }, ["/voice/pitch"]],
    ["an unknown field", { prompt, colour: "red" }, ["/colour"]],
    ["a field with a slash and a tilde", { prompt, "a/b~c": 1 }, ["/a~1b~0c"]],
    ["constructor", { prompt, constructor: 1 }, ["/constructor"]],
    ["several things", { prompt: "", fps: 1, lang: "xx" }, ["/fps", "/lang", "/prompt"]],
    ["a list", [], [""]],
    ["a word", "Nairobi", [""]],
    ["null", null, [""]],
  ])("is refused with the place of it: %s", async (_name, body, pointers) => {
    const reply = await amina.post("/api/videos", body);
    expect(readPointers(reply).sort()).toEqual(pointers);
    expect(readProblem(reply, "validation_failed").detail.length).toBeLessThan(300);
    await expectNothingDone();
  });

  it("says which words a field takes, so that the caller need not guess", async () => {
    const { errors = [] } = readProblem(await amina.post("/api/videos", { prompt, lang: "xx" }), "validation_failed");
    expect(errors[0]?.detail).toContain("en, sw, sheng");
    const rate = readProblem(await amina.post("/api/videos", { prompt, fps: 29 }), "validation_failed");
    expect(rate.errors?.[0]?.detail).toContain("24, 25");
    const premium = readProblem(await amina.post("/api/videos", { prompt, premium_tts: true }), "validation_failed");
    expect(premium.errors?.[0]?.detail).toContain("premium voice");
  });

  it("says so in the words of people, also where a schema has none of its own", async () => {
    const image = readProblem(await amina.post("/api/images", { prompt, aspect: "3:2" }), "validation_failed");
    const allowed = "16:9, 9:16, 1:1, 4:5";
    expect(image.errors).toEqual([
      { pointer: "/aspect", detail: `one of ${allowed}`, code: "not_allowed", params: { allowed } },
    ]);
    const batch = readProblem(await amina.post("/api/videos/batch", { videos: [] }), "validation_failed");
    expect(batch.errors).toEqual([
      { pointer: "/videos", detail: "at least 1 item", code: "too_few", params: { limit: 1 } },
    ]);
  });

  it("with an own __proto__ is refused, and changes nobody's", async () => {
    expect(readPointers(await raw(`{"prompt":"${prompt}","__proto__":{"fps":24}}`))).toEqual(["/__proto__"]);
    await expectNothingDone();
  });

  it.each([
    ["an object", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
    ["a list", `{"prompt":${"[".repeat(50_000)}${"]".repeat(50_000)}}`],
    ["the scenes", `{"scenes":${"[".repeat(50_000)}${"]".repeat(50_000)}}`],
    ["a scene", `{"scenes":[{"text":${'{"text":'.repeat(10_000)}1${"}".repeat(10_000)}}]}`],
  ])("nested very deep in %s is refused", async (_name, body) => {
    for (const path of ["/api/videos", "/api/videos/quote"]) {
      const reply = await amina.call("POST", path, { body, headers: { "Content-Type": "application/json" } });
      expect([200, 422]).toContain(reply.status);
    }
    await expectNothingDone();
  });
});

describe("a body that cannot be read", () => {
  beforeAll(moveIn);

  it.each(["", "{", "{'prompt': 1}", '{"prompt":}', "undefined", "\u0000", '{"prompt":"a"} more', "NaN"])(
    "is a 400: %j",
    async (body) => {
      readProblem(await raw(body), "malformed_request");
      await expectNothingDone();
    },
  );

  it("that is not UTF-8 is refused, not read as something else", async () => {
    const reply = await raw(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]));
    expect([400, 422]).toContain(reply.status);
    problemDocument.parse(JSON.parse(reply.text));
  });

  it.each([
    ["no type", {}],
    ["a form", { "Content-Type": "application/x-www-form-urlencoded" }],
    ["text", { "Content-Type": "text/plain;charset=UTF-8" }],
    ["nearly JSON", { "Content-Type": "application/json-seq" }],
    ["a type with JSON in it", { "Content-Type": "text/json" }],
  ])("because it is called %s is a 415, on each path that takes JSON", async (_name, headers) => {
    const body = new TextEncoder().encode(JSON.stringify({ prompt, email: "a@example.com", password: "x" }));
    const paths = [
      "/api/videos",
      "/api/videos/quote",
      "/api/generate-video",
      "/api/credits/calculate-cost",
      "/generate-video",
      "/api/videos/batch",
      "/api/images",
      "/api/generate-image",
      "/api/projects",
    ];
    for (const path of [...paths, "/api/auth/signup", "/api/auth/login", "/register", "/login"]) {
      readProblem(await amina.call("POST", path, { body, headers }), "unsupported_media_type");
    }
    await expectNothingDone();
  });

  it("of 300 kB is a 413, declared or not", async () => {
    const body = JSON.stringify({ prompt: "a".repeat(300_000) });
    readProblem(await raw(body), "payload_too_large");
    const undeclared = new Response(body).body;
    if (undeclared === null) throw new Error("no stream");
    readProblem(await raw(undeclared), "payload_too_large");
    readProblem(await raw(body, { "Idempotency-Key": "large" }), "payload_too_large");
    await expectNothingDone();
  });
});

describe("a body that is unusual but valid", () => {
  it.each<[string, string, Record<string, unknown>]>([
    ["emoji", "application/json", { prompt: "🦁🇰🇪 A lion 👩🏾‍🚀 in Nairobi 🎬" }],
    ["right-to-left", "application/json", { prompt: "يوم في نيروبي" }],
    ["2000 characters", "application/json", { prompt: "a".repeat(2000) }],
    ["2000 emoji", "application/json", { prompt: `a${"🦁".repeat(1999)}` }],
    ["line breaks and tabs", "application/json", { prompt: "A day\r\n\tin Nairobi" }],
    [
      "what one must not put into SQL or HTML",
      "application/json",
      { prompt: `'; DROP TABLE videos; -- <script>alert("x")</script>` },
    ],
    ["camel case", "application/json", { prompt, outputFormat: "mp4", premiumTTS: false, customMusic: false }],
    [
      "extras that are off",
      "application/json",
      { prompt, premium_tts: false, custom_music: false, ai_enhancement: false },
    ],
    ["a type in capitals with a charset", "Application/JSON; charset=UTF-8", { prompt }],
    ["a vendor's type", "application/vnd.shujaa+json", { prompt }],
  ])("is taken: %s", async (_name, type, body) => {
    const queue = holdQueue();
    const juma = await signUp({ send: queue.send });
    await setPlan(juma, "premium");
    const reply = await juma.call("POST", "/api/videos", {
      body: new TextEncoder().encode(JSON.stringify(body)),
      headers: { "Content-Type": type },
    });
    const { id } = read(reply, 202, videoAccepted);
    await queue.deliverAll();
    const video = JSON.parse((await juma.get(`/api/videos/${id}`)).text) as { prompt: string; status: string };
    expect(video).toMatchObject({ status: "succeeded", prompt: body.prompt });
  });
});

describe("every answer", () => {
  beforeAll(moveIn);

  it("has a request id, the caller's own when it is one, and is not kept or sniffed", async () => {
    const replies: Reply[] = await Promise.all([
      amina.get("/api/auth/me", { "X-Request-Id": "caller-chosen-1" }),
      amina.get("/api/nowhere", { "X-Request-Id": "caller-chosen-1" }),
      newClient().get("/api/auth/me", { "X-Request-Id": "caller-chosen-1" }),
    ]);
    for (const { headers } of replies) {
      expect(headers.get("X-Request-Id")).toBe("caller-chosen-1");
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(headers.get("Cache-Control")).toBe("no-store");
    }
    const strange = await amina.get("/api/auth/me", { "X-Request-Id": "<script>" });
    expect(strange.headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("to a path or a method that is not there is a 404 that says where to look", async () => {
    for (const [method, path] of [
      ["GET", "/nowhere"],
      ["GET", "/api/videos/"],
      ["PUT", "/api/videos"],
      ["PATCH", "/api/auth/me"],
      ["DELETE", "/api/credits/balance"],
      ["GET", "/watch/vid_1.mp4"],
      ["GET", "/..%2f..%2fetc/passwd"],
    ] as const) {
      const { detail, instance } = readProblem(await amina.call(method, path), "not_found");
      expect(detail).toContain("/docs");
      expect(instance).toBe(new URL(path, "https://x").pathname);
    }
  });
});
