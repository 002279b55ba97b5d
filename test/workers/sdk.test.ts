import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ShujaaError, VideoError } from "../../src/sdk/errors.ts";
import { operations } from "../../src/sdk/operations.ts";
import { createStudio } from "../../src/sdk/studio.ts";
import { newClient, signUp } from "../support/api-client.ts";
import { mediaFile } from "../support/assets.ts";
import { bodyOf } from "../support/videos.ts";

type Documented = {
  operationId: string;
  parameters?: { name: string; in: string }[];
  responses: Record<string, { content?: Record<string, object> }>;
};

/** What is in the document and no call of the SDK's. */
const leftOut = new Set([
  // Called by Stripe and by M-Pesa.
  "stripeWebhookByItsOtherName",
  "stripeWebhook",
  "mpesaCallback",
  "mpesaReversal",
  "phoneCallback",
  "phoneReversal",
  "phoneStatus",
  // Visited by a browser: pages, their scripts, and the ways to and from other services.
  "getDocs",
  "getReference",
  "getReceipt",
  "billingReturn",
  "showMagicLink",
  "useMagicLink",
  "showPasswordReset",
  "usePasswordReset",
  "showEmailProof",
  "useEmailProof",
  "showInvitation",
  "startProviderSignIn",
  "finishProviderSignIn",
  "getEmbedScript",
  "showEmbedDemo",
  "showAstellaDemo",
  // Opened as a WebSocket, by the link in `urls.socket`.
  "openVideoSocket",
]);

describe("the operations", () => {
  it("are those of the document, to the letter", async () => {
    const { text } = await newClient().get("/openapi.json");
    const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Documented>> };
    const named = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(named).toEqual(expect.arrayContaining([...leftOut]));
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { operationId }]) => !leftOut.has(operationId))
        .map(([method, { operationId, parameters = [], responses }]) => {
          const good = Object.entries(responses).filter(([status]) => status.startsWith("2"));
          const types = good.flatMap(([, { content = {} }]) => Object.keys(content));
          return [
            operationId,
            {
              route: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`,
              isIdempotent: parameters.some(({ name, in: place }) => name === "Idempotency-Key" && place === "header"),
              isFile: types.length > 0 && !types.includes("application/json"),
            },
          ] as const;
        }),
    );
    expect(operations).toEqual(Object.fromEntries(documented));
  });
});

/** A client of the Worker under test, from an address of its own. */
async function newStudio() {
  const { token } = await signUp();
  const asked: Request[] = [];
  const studio = createStudio({
    baseUrl: "https://studio.test",
    credential: token,
    fetch: async (url, init) => {
      const request = new Request(url, init);
      asked.push(request);
      return exports.default.fetch(request);
    },
  });
  return { studio, asked };
}

describe("a client", () => {
  it("makes a video, tells how far it is, and downloads it", async () => {
    const { studio } = await newStudio();
    const { credits } = await studio.quoteVideo(bodyOf("plain"));
    const progress: number[] = [];
    const video = await studio.makeVideo(bodyOf("plain"), {
      onProgress: (event) => progress.push(event.progress),
    });
    expect(video).toMatchObject({ status: "succeeded", credits_used: credits });
    expect(progress.at(-1)).toBe(100);

    const received: number[] = [];
    const { stream, size, contentType } = await studio.downloadVideo(video.id, {
      onProgress: ({ done }) => received.push(done),
    });
    const bytes = await new Response(stream).arrayBuffer();
    expect(bytes.byteLength).toBe(video.output.size);
    expect(received.at(-1)).toBe(size);
    expect(contentType).toBe("video/mp4");
    expect((await studio.getBalance()).balance).toBe(10 - video.credits_used);
  });

  it("charges once for one key, whatever is repeated", async () => {
    const { studio } = await newStudio();
    const orders = [1, 2].map(() => studio.createVideo(bodyOf("plain"), { idempotencyKey: "order-1" }));
    const [one, other] = await Promise.all(orders);
    expect(other?.id).toBe(one?.id);
    const { data } = await studio.listVideos();
    expect(data).toHaveLength(1);
  });

  it("throws what was refused, with its code and what is missing", async () => {
    const { studio } = await newStudio();
    const refusal = await studio
      .createVideo({ scenes: Array.from({ length: 20 }, () => ({ text: "Karibu.", duration: 30 })) })
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ShujaaError);
    expect(refusal).toMatchObject({ code: "insufficient_credits", status: 402, problem: { available: 10 } });
  });

  it("throws a video that fails, which has cost nothing", async () => {
    const { studio } = await newStudio();
    const failure = await studio.makeVideo(bodyOf("fail:disk_full")).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(VideoError);
    expect(failure).toMatchObject({ video: { status: "failed", credits_used: 0 } });
    expect((await studio.getBalance()).balance).toBe(10);
  });

  it("uploads a file under its name, tells how far it is, and deletes it", async () => {
    const { studio } = await newStudio();
    const sent: number[] = [];
    const file = new File([mediaFile()], "soko la Gikomba.png");
    const asset = await studio.uploadAsset(file, { onProgress: ({ done }) => sent.push(done) });
    expect(asset).toMatchObject({ name: "soko la Gikomba.png", size: file.size });
    expect(sent.at(-1)).toBe(file.size);
    const again = await studio.uploadAsset(file.stream(), { name: "twice.png" });
    expect(again.id).toBe(asset.id);
    const thumbnail = await studio.getAssetFile({ id: asset.id });
    expect((await thumbnail.arrayBuffer()).byteLength).toBe(file.size);
    expect(await studio.deleteAsset({ id: asset.id })).toBeUndefined();
  });

  it("reads lists to their end, and the history of credits as a file", async () => {
    const { studio } = await newStudio();
    for (const title of ["Moja", "Mbili", "Tatu"]) await studio.createProject({ title });
    const titles: string[] = [];
    for await (const { title } of studio.listAll((cursor) => studio.listProjects({ limit: 2, cursor })))
      titles.push(title);
    expect(titles).toEqual(["Tatu", "Mbili", "Moja"]);
    const [head, welcome] = (await studio.transactionsCsv({ type: "bonus" })).split("\r\n");
    expect(head).toContain("amount");
    expect(welcome).toContain("10");
    expect(await studio.transactionsCsv({ type: "refund" })).not.toContain("10");
  });
});
