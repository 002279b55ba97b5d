/** node make-video.ts "a prompt" video.mp4 */
import { writeFile } from "node:fs/promises";
import { createStudio, ShujaaError, VideoError } from "shujaa-studio";

const [prompt = "A young Kenyan entrepreneur builds an AI startup in Nairobi", path = "video.mp4"] =
  process.argv.slice(2);
const studio = createStudio({
  baseUrl: process.env.SHUJAA_URL ?? "http://127.0.0.1:8787",
  credential: process.env.SHUJAA_KEY ?? null,
});

try {
  const order = { prompt, scenes: 1, draft: true };
  const { credits } = await studio.quoteVideo(order);
  console.log(`It costs ${credits} at most.`);
  const video = await studio.makeVideo(order, {
    onProgress: ({ stage, progress }) => console.log(`${stage} ${Math.round(progress)} %`),
  });
  const { stream } = await studio.downloadVideo(video.id);
  await writeFile(path, stream);
  console.log(`${path}: ${video.output.duration.toFixed(1)} s for ${video.credits_used}.`);
} catch (error) {
  if (error instanceof ShujaaError || error instanceof VideoError) console.error(`${error.code}: ${error.message}`);
  else console.error(error);
  process.exitCode = 1;
}
