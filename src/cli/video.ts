/** `npm run video -- "a prompt"`: the whole journey from a terminal, from sign-up to the MP4. */
import { spawn } from "node:child_process";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import {
  aspects,
  captionModes,
  defaultSceneCount,
  musicMoods,
  pictureStyles,
  resolutions,
  scenesMax,
  voiceNames,
  writtenLanguages,
} from "../contract/video.ts";
import { videoDefaults } from "../contract/video-options.ts";
import { ShujaaError } from "../sdk/errors.ts";
import type { Studio } from "../sdk/studio.ts";
import { readLocalSettings, root } from "./local-settings.ts";
import { ProgressBar } from "./progress-bar.ts";
import { newAccount, studioOf } from "./studio-client.ts";

const usage = `npm run video -- "what the video is about" [options]

  --lang L         the language it is told in: ${writtenLanguages.join(", ")} (${videoDefaults.lang})
  --scenes N       how many scenes, 1 to ${scenesMax} (${defaultSceneCount})
  --aspect A       ${aspects.join(", ")} (${videoDefaults.aspect}); --vertical is 9:16
  --resolution R   ${resolutions.join(", ")} (${videoDefaults.resolution})
  --draft          small and cheap, to look at first
  --voice V        ${voiceNames.join(", ")} (${videoDefaults.voice.name})
  --style S        of the pictures: ${pictureStyles.join(", ")} (${videoDefaults.image_style})
  --captions C     ${captionModes.join(", ")} (${videoDefaults.captions.mode})
  --music M        ${musicMoods.join(", ")} (${videoDefaults.music.mood})
  --out FILE       where the MP4 goes (videos/…)
  --new-account    with 10 fresh credits, instead of the one used before`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      lang: { type: "string" },
      scenes: { type: "string" },
      vertical: { type: "boolean" },
      aspect: { type: "string" },
      resolution: { type: "string" },
      draft: { type: "boolean" },
      voice: { type: "string" },
      style: { type: "string" },
      captions: { type: "string" },
      music: { type: "string" },
      out: { type: "string" },
      "new-account": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const prompt = positionals.join(" ");
  if (values.help || prompt === "") return console.log(usage);

  const { port, stateDir } = await readLocalSettings();
  const baseUrl = `http://127.0.0.1:${port}`;
  const service = await ensureService(baseUrl);
  try {
    const studio = await signIn(baseUrl, stateDir, values["new-account"]);
    const { lang, vertical, aspect, resolution, draft, voice, style, captions, music } = values;
    const scenes = values.scenes === undefined ? undefined : Number(values.scenes);
    const look = { vertical, aspect, resolution, draft, image_style: style, captions };
    // The service says what of it will not do, in better words than a check here could.
    await makeVideo(studio, { prompt, lang, scenes, voice, music, ...look } as Order, values.out);
  } finally {
    service.stop();
  }
}

type Order = Parameters<Studio["createVideo"]>[0];

async function makeVideo(studio: Studio, order: Order, out: string | undefined): Promise<void> {
  const accepted = await studio.createVideo(order);
  console.log(`${credits(accepted.credits_used)} held, ${accepted.balance} left.`);
  const bar = new ProgressBar();
  for await (const event of studio.followVideo(accepted.id)) bar.show(event);
  bar.end();

  const video = await studio.getVideo({ id: accepted.id });
  if (video.output === undefined) {
    throw new Error(
      `${video.error?.title ?? "The video was cancelled"}. ${video.error?.detail ?? ""} It cost nothing.`,
    );
  }
  const path = out ?? join(root, "videos", `${slug(video.title)}.mp4`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, (await studio.downloadVideo(video.id)).stream);
  const { size } = await stat(path);
  const { width, height, duration } = video.output;
  console.log(
    `${relative(process.cwd(), path)}  ${width}×${height}, ${duration.toFixed(1)} s, ${(size / 1e6).toFixed(1)} MB`,
  );
  const { balance } = await studio.getBalance();
  console.log(`«${video.title}» cost ${credits(video.credits_used)}; ${balance} left.`);
}

function credits(count: number): string {
  return count === 1 ? "1 credit" : `${count} credits`;
}

const answerLimitMs = 5_000;

/** The service that runs already, or one of our own for as long as this takes. */
async function ensureService(baseUrl: string): Promise<{ stop(): void }> {
  const running = await fetch(`${baseUrl}/api/health`, { signal: AbortSignal.timeout(answerLimitMs) }).catch(
    () => null,
  );
  if (running?.ok) return { stop: () => undefined };
  console.log("Starting the service …");
  const child = spawn(process.execPath, [join(root, "src/cli/start.ts")], { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000);
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("ready ")) return { stop: () => child.kill("SIGTERM") };
  }
  throw new Error(`The service did not start:\n${log}`);
}

/** The account this machine used before, or a new one. Accounts made here are local; no mail is sent. */
async function signIn(baseUrl: string, stateDir: string, isNew: boolean): Promise<Studio> {
  const path = join(stateDir, "terminal-token");
  const kept = isNew ? null : await readFile(path, "utf8").catch(() => null);
  if (kept !== null) {
    const studio = studioOf(baseUrl, kept);
    const works = await studio.getBalance().then(
      () => true,
      () => false,
    );
    if (works) return studio;
  }
  const token = await newAccount(baseUrl);
  await mkdir(stateDir, { recursive: true });
  await writeFile(path, token, { mode: 0o600 });
  return studioOf(baseUrl, token);
}

function slug(title: string): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return words.replace(/^-|-$/g, "").slice(0, 60) || "video";
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  const isShort = error instanceof ShujaaError && ["insufficient_credits", "quota_exceeded"].includes(error.code);
  if (isShort) console.error("Or start over with --new-account.");
  process.exit(1);
});
