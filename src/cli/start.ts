/** `npm start`: the whole product on this machine, with nothing to install, sign up for or reach. */
import { mkdir } from "node:fs/promises";
import { buildAssets, buildWorker } from "./build.ts";
import { startPlatform } from "./local-platform.ts";
import { startLocalRenderers } from "./local-renderer.ts";
import { readLocalSettings } from "./local-settings.ts";
import { ChildGuard, waitForPort } from "./processes.ts";

const host = "127.0.0.1";
/** The deployed cron comes every minute; here it is cheap, and a restart should not make anybody wait for one. */
const cronIntervalMs = 10_000;

async function main(): Promise<void> {
  const { port, stateDir, rendererUrl, rendererCount, variables } = await readLocalSettings();
  await mkdir(stateDir, { recursive: true });
  await waitForPort(host, port);
  const renderers =
    rendererUrl === undefined
      ? await startLocalRenderers(rendererCount, { stateDir, onLine: writeLine })
      : { urls: [rendererUrl], stop: () => undefined };
  await buildAssets();
  const scriptPath = await buildWorker();
  const guard = new ChildGuard();
  const platform = await startPlatform({
    scriptPath,
    host,
    port,
    stateDir,
    variables: { ...variables, RENDERER_URL: renderers.urls.join(",") },
    onLog: writeLine,
    onRestart: () => guard.watch(),
  });
  await guard.watch();

  let isStopping = false;
  const cron = setInterval(() => {
    platform.runCron().catch((error: unknown) => writeLine(`cron: ${String(error)}`));
  }, cronIntervalMs);
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    clearInterval(cron);
    renderers.stop();
    await platform.miniflare.dispose();
    process.exit(0);
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());

  await waitUntilUp(`http://${host}:${port}/api/health`);
  console.log(`ready http://${host}:${port}`);
  await platform.runCron();
}

/** Log lines go to standard error: standard output has the one line that says it is ready. */
function writeLine(line: string): void {
  process.stderr.write(`${line}\n`);
}

const upLimitMs = 30_000;
const upPollMs = 100;
const answerLimitMs = 5_000;

async function waitUntilUp(url: string): Promise<void> {
  const untilMs = Date.now() + upLimitMs;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(answerLimitMs) }).catch(() => null);
    const body = await answer?.text().catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > untilMs) throw new Error(`it did not come up: ${body ?? "no answer"}`);
    await new Promise((resolve) => setTimeout(resolve, upPollMs));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
