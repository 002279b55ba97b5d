/** One user under load: signs up, orders a small video, watches it come, looks at templates, usage and balance between. */
import { ShujaaError } from "../../src/sdk/errors.ts";
import { createStudio, type Studio } from "../../src/sdk/studio.ts";
import type { Latencies } from "./latencies.ts";

/** As long as a reader looks at a page before the next press. */
const thinkMs = { least: 1_000, most: 3_000 };

/** With a press every two seconds: a video a minute. A free plan makes three a day. */
export const pressesAVideo = 30;

const prompts = [
  "A young Kenyan entrepreneur builds an AI startup in Nairobi",
  "How a school garden in Kisumu feeds its pupils",
  "Mama Amina sells fresh fish at the market",
  "Why the rains come twice a year",
];

/** A few seconds of video in one scene, as small as they are ordered. */
const smallVideo = (turn: number) => ({ prompt: prompts[turn % prompts.length] ?? "", scenes: 1, draft: true });

export type Visitor = { studio: Studio; token: string; turn: number; videoId: string | null };

export const newVisitor = (baseUrl: string, latencies: Latencies, token: string): Visitor => ({
  studio: measuredStudio(baseUrl, latencies, token),
  token,
  turn: 0,
  videoId: null,
});

let addresses = 0;

/** Each from an address of their own, as people come. */
function newAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** Every answer's time goes into `latencies`; nothing is tried again behind its back. */
export function measuredStudio(baseUrl: string, latencies: Latencies, credential: string | null): Studio {
  const address = newAddress();
  return createStudio({
    baseUrl,
    credential,
    triesMax: 1,
    async fetch(url, init) {
      const name = `${init.method ?? "GET"} ${routeOf(url)}`;
      const startedMs = performance.now();
      try {
        const headers = new Headers(init.headers);
        headers.set("CF-Connecting-IP", address);
        const response = await globalThis.fetch(url, { ...init, headers });
        const bytes = await response.arrayBuffer();
        latencies.record(name, performance.now() - startedMs, response.status);
        const hasBody = ![204, 205, 304].includes(response.status);
        return new Response(hasBody ? bytes : null, response);
      } catch (error) {
        latencies.record(name, performance.now() - startedMs, null);
        throw error;
      }
    },
  });
}

const routeOf = (url: string) => new URL(url).pathname.replaceAll(/[a-z]{3}_[0-9a-z]{26}/g, ":id");

export async function signUp(baseUrl: string, latencies: Latencies, name: string): Promise<Visitor> {
  const { access_token: token } = await measuredStudio(baseUrl, latencies, null).signUp({
    email: `${name}@load.example`,
    password: "korosho na chai ya asubuhi",
  });
  return newVisitor(baseUrl, latencies, token);
}

/** From one press to the next until `isOver`. What a limit refuses is a page the user reads; what broke is in the latencies. */
export async function visit(visitor: Visitor, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await press(visitor).catch(ignoreKnown);
    await pause(thinkMs.least + Math.random() * (thinkMs.most - thinkMs.least));
  }
}

/** Of the others two thirds look whether it is done. */
async function press(visitor: Visitor): Promise<void> {
  const { studio, turn, videoId } = visitor;
  visitor.turn += 1;
  if (turn % pressesAVideo === 0) {
    await studio.quoteVideo(smallVideo(turn));
    visitor.videoId = (await studio.createVideo(smallVideo(turn))).id;
    return;
  }
  if (turn % 3 !== 0 && videoId !== null) {
    await studio.getVideo({ id: videoId });
    return;
  }
  const others = [
    () => studio.listTemplates(),
    () => studio.getUsage(),
    () => studio.getBalance(),
    () => studio.listVideos({}),
  ];
  await others[Math.floor(turn / 3) % others.length]?.();
}

/** The SDK throws what the service refused and what never came; both are counted where they were measured. */
function ignoreKnown(error: unknown): void {
  const isKnown = error instanceof ShujaaError || (error instanceof Error && error.name === "ConnectionError");
  if (!isKnown) throw error;
}

export function pause(ms: number): Promise<void> {
  return new Promise((go) => setTimeout(go, ms));
}
