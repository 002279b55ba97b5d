/** node batch.ts prompts.txt videos: a video for each line. */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createStudio } from "shujaa-studio";

const [list = "prompts.txt", folder = "videos"] = process.argv.slice(2);
const studio = createStudio({
  baseUrl: process.env.SHUJAA_URL ?? "http://127.0.0.1:8787",
  credential: process.env.SHUJAA_KEY ?? null,
});

const prompts = (await readFile(list, "utf8")).split("\n").filter((line) => line.trim() !== "");
const videos = prompts.map((prompt) => ({ prompt, scenes: 1, draft: true }));
// The same list has the same key: started again, it finds the videos that were ordered, and pays for none of them twice.
const idempotencyKey = createHash("sha256").update(JSON.stringify(videos)).digest("hex");
const { data, credits_used: credits } = await studio.createVideoBatch({ videos }, { idempotencyKey });
console.log(`${data.length} videos for ${credits} at most.`);

await mkdir(folder, { recursive: true });
await Promise.all(
  data.map(async ({ id }, index) => {
    for await (const { stage } of studio.followVideo(id)) if (stage === "failed") return console.error(`${id} failed`);
    const { stream } = await studio.downloadVideo(id);
    const path = join(folder, `${index + 1}.mp4`);
    await writeFile(path, stream);
    console.log(path);
  }),
);
