/** `npm run video -- "a prompt"`: the whole journey from a terminal, from sign-up to the MP4. */
import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
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
import { readLocalSettings, root } from "./local-settings.ts";
import { ProgressBar } from "./progress-bar.ts";
import { Refused, StudioClient } from "./studio-client.ts";

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
    const client = await signIn(baseUrl, stateDir, values["new-account"]);
    const { lang, vertical, aspect, resolution, draft, voice, style, captions, music } = values;
    const scenes = values.scenes === undefined ? undefined : Number(values.scenes);
    const look = { vertical, aspect, resolution, draft, image_style: style, captions };
    await makeVideo(client, { prompt, lang, scenes, voice, music, ...look }, values.out);
  } finally {
    service.stop();
  }
}

async function makeVideo(client: StudioClient, body: Record<string, unknown>, out: string | undefined): Promise<void> {
  const accepted = await client.createVideo(body, randomUUID());
  console.log(`${credits(accepted.credits_used)} held, ${accepted.balance} left.`);
  const bar = new ProgressBar();
  for await (const event of client.follow(accepted.id)) bar.show(event);
  bar.end();

  const video = await client.getVideo(accepted.id);
  if (video.output === undefined) {
    throw new Error(
      `${video.error?.title ?? "The video was cancelled"}. ${video.error?.detail ?? ""} It cost nothing.`,
    );
  }
  const path = out ?? join(root, "videos", `${slug(video.title)}.mp4`);
  await mkdir(dirname(path), { recursive: true });
  await pipeline(await client.download(video.output.url), createWriteStream(path));
  const { size } = await stat(path);
  const { width, height, duration } = video.output;
  console.log(
    `${relative(process.cwd(), path)}  ${width}×${height}, ${duration.toFixed(1)} s, ${(size / 1e6).toFixed(1)} MB`,
  );
  console.log(`«${video.title}» cost ${credits(video.credits_used)}; ${await client.balance()} left.`);
}

function credits(count: number): string {
  return count === 1 ? "1 credit" : `${count} credits`;
}

/** The service that runs already, or one of our own for as long as this takes. */
async function ensureService(baseUrl: string): Promise<{ stop(): void }> {
  const running = await fetch(`${baseUrl}/api/health`).catch(() => null);
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
async function signIn(baseUrl: string, stateDir: string, isNew: boolean): Promise<StudioClient> {
  const path = join(stateDir, "terminal-token");
  const kept = isNew ? null : await readFile(path, "utf8").catch(() => null);
  if (kept !== null) {
    const client = new StudioClient(baseUrl, kept);
    const works = await client.balance().then(
      () => true,
      () => false,
    );
    if (works) return client;
  }
  const client = new StudioClient(baseUrl, null);
  const token = await client.signUp(
    `terminal-${randomBytes(6).toString("hex")}@example.com`,
    randomBytes(18).toString("base64url"),
  );
  await mkdir(stateDir, { recursive: true });
  await writeFile(path, token, { mode: 0o600 });
  return client;
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
  if (error instanceof Refused && error.code === "insufficient_credits")
    console.error("Or start over with --new-account.");
  if (error instanceof Refused && error.code === "quota_exceeded") console.error("Or start over with --new-account.");
  process.exit(1);
});
