/** The examples and the package as a developer uses them: against the running product, with a secret key, outside this repository. */
import { execFile, execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { buildSdk } from "../../src/cli/build-sdk.ts";
import { Account } from "../support/account.ts";
import { chromiumPath, launchBrowser } from "../support/browser.ts";
import { probe } from "../support/ffprobe.ts";
import { type Product, removeState, startProduct } from "../support/product.ts";

const prompt = "Three tips for a market stall in Gikomba";

let folder: string;
let product: Product;
/** Anew for each example, as an account has three videos a day. */
let account: Account;
let key: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shujaa-examples-"));
  product = await startProduct({ stateDir: join(folder, "state") });
  await cp(join(import.meta.dirname, "../../examples"), folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await buildSdk(join(folder, "node_modules/shujaa-studio"));
});
beforeEach(async () => {
  account = await Account.signUp(product.url);
  const made = await account.send("POST", "/api/account/api-keys", { name: "Examples", kind: "secret" });
  key = String(made.body.api_key);
});
afterAll(async () => {
  await product.stop();
  await removeState(folder);
});

function run(program: string, args: string[]): Promise<{ stdout: string; stderr: string }> {
  const env = { ...process.env, SHUJAA_URL: product.url, SHUJAA_KEY: key };
  return promisify(execFile)(program, args, { cwd: folder, env });
}

async function expectVideo(name: string): Promise<void> {
  const { video, audio } = await probe(join(folder, name));
  expect(video.codec_name).toBe("h264");
  expect(audio.codec_name).toBe("aac");
}

function has(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`No ${program} on this machine: its example is skipped.`);
    return false;
  }
}

test("TypeScript: a video", async () => {
  const { stdout } = await run(process.execPath, ["typescript/make-video.ts", prompt, "one.mp4"]);
  expect(stdout).toContain("It costs 1 at most.");
  expect(stdout).toMatch(/one\.mp4: \d+\.\d s for 1\./);
  await expectVideo("one.mp4");
});

test("TypeScript: a batch, which charges nothing when it is started again", async () => {
  await writeFile(join(folder, "prompts.txt"), `${prompt}\nChai in the morning\n`);
  const { balance } = await account.balance();
  for (let times = 0; times < 2; times += 1) {
    const { stdout } = await run(process.execPath, ["typescript/batch.ts", "prompts.txt", "videos"]);
    expect(stdout).toContain("2 videos for 2 at most.");
  }
  await expectVideo("videos/1.mp4");
  await expectVideo("videos/2.mp4");
  expect((await account.balance()).balance).toBe(balance - 2);
});

test("TypeScript: what is refused is said in the service's words, and ends badly", async () => {
  const failed = run(process.execPath, ["typescript/make-video.ts", " ", "none.mp4"]);
  await expect(failed).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("validation_failed") });
});

test.skipIf(!has("python3"))("Python: a video", async () => {
  const { stdout } = await run("python3", ["python/make_video.py", prompt, "python.mp4"]);
  expect(stdout).toContain("succeeded 100 %");
  await expectVideo("python.mp4");
});

test.skipIf(!has("curl"))("curl: a video", async () => {
  const { stdout } = await run("bash", ["curl.sh", `A "fair" price at C:\\soko`, "curl.mp4"]);
  expect(stdout).toMatch(/^vid_\w{26}\ncurl\.mp4\n$/);
  await expectVideo("curl.mp4");
  const refused = run("bash", ["curl.sh", " ", "none.mp4"]);
  await expect(refused).rejects.toMatchObject({ code: 1 });
});

test("the quick start of the package's README is the code that runs", async () => {
  const readme = await readFile(join(folder, "node_modules/shujaa-studio/README.md"), "utf8");
  const [, code = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const quick = code
    .replace("http://127.0.0.1:8787", product.url)
    .replace("scenes: 3, vertical: true", "scenes: 1, draft: true")
    .replace("process.env.SHUJAA_KEY", JSON.stringify(key));
  await writeFile(join(folder, "quick.ts"), quick);
  const { stdout } = await run(process.execPath, ["quick.ts"]);
  expect(stdout).toContain("succeeded 100");
  await expectVideo("video.mp4");
});

test.skipIf(chromiumPath === null)("in a browser, a file is uploaded, and one sees how far it is", async () => {
  const bundle = await readFile(join(folder, "node_modules/shujaa-studio/index.js"), "utf8");
  const browser = await launchBrowser();
  // Our own pages let in no script but theirs: this stands for a page that bundles the package.
  const page = await browser.newPage({ bypassCSP: true });
  await page.goto(`${product.url}/embed/demo`);
  await page.addScriptTag({ type: "module", content: `${bundle}\nglobalThis.createStudio = createStudio;` });
  const told = await page.evaluate(`(async () => {
    const canvas = new OffscreenCanvas(640, 480);
    const noise = canvas.getContext("2d").createImageData(640, 480);
    for (let at = 0; at < noise.data.length; at += 1) noise.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
    canvas.getContext("2d").putImageData(noise, 0, 0);
    const file = new File([await canvas.convertToBlob()], "soko.png");
    const progress = [];
    const studio = createStudio({ baseUrl: "", credential: ${JSON.stringify(key)} });
    const asset = await studio.uploadAsset(file, { onProgress: ({ done, total }) => progress.push([done, total]) });
    const refused = await studio.uploadAsset(new File(["no picture"], "x"), { onProgress() {} }).catch(({ code }) => code);
    return { asset, size: file.size, last: progress.at(-1), refused };
  })()`);
  const { asset, size, last, refused } = told as { asset: object; size: number; last: number[]; refused: string };
  expect(asset).toMatchObject({ name: "soko.png", kind: "image", width: 640, height: 480, size });
  expect(last).toEqual([size, size]);
  expect(refused).toBe("media_refused");
  await browser.close();
});
