/** `node render.mjs <picture directory> <output> <browser>`: bundles film.mjs, renders it as fast as Remotion does on this machine. */
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { bundle } from "@remotion/bundler";
import { renderMedia, selectComposition } from "@remotion/renderer";

const [, , publicDir, outputLocation, browserExecutable] = process.argv;
const serveUrl = await bundle({ entryPoint: fileURLToPath(new URL("./film.mjs", import.meta.url)), publicDir });
const browser = {
  browserExecutable,
  chromeMode: "chrome-for-testing",
  chromiumOptions: { enableMultiProcessOnLinux: true },
};
const composition = await selectComposition({ serveUrl, id: "film", ...browser });
const startedAt = performance.now();
await renderMedia({
  ...{ composition, serveUrl, outputLocation, ...browser, muted: true },
  ...{ codec: "h264", x264Preset: "veryfast", crf: 23, concurrency: cpus().length, logLevel: "error" },
});
console.log(JSON.stringify({ seconds: (performance.now() - startedAt) / 1_000, frames: composition.durationInFrames }));
process.exit(0);
