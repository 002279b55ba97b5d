import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { RenderFault } from "../../container/failure.ts";
import { runFfmpeg } from "../../container/ffmpeg/run.ts";
import { clearRenders, idleCaller, renderWith } from "../support/render-caller.ts";
import { sceneRequest } from "../support/render-requests.ts";
import { quickProviders } from "../support/stand-in-providers.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "ffmpeg-test-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

const open = () => new AbortController().signal;
const pattern = (seconds: number) => ["-f", "lavfi", "-i", `testsrc2=s=320x180:r=30:d=${seconds}`];
const nowhere = ["-f", "null", "-"];
const faultOf = (run: Promise<unknown>): Promise<RenderFault> =>
  run.then(
    () => expect.unreachable(),
    (error) => error,
  );

/** An ffmpeg that starts and then does nothing. */
async function useHungFfmpeg(): Promise<void> {
  const script = path.join(directory, "hung-ffmpeg");
  await writeFile(script, "#!/bin/sh\nexec sleep 60\n");
  await chmod(script, 0o755);
  vi.stubEnv("FFMPEG_PATH", script);
}

describe("running ffmpeg", () => {
  test("counts the frames and answers what it said", async () => {
    const counts: number[] = [];
    const { stderr } = await runFfmpeg([...pattern(2), ...nowhere], {
      signal: open(),
      onProgress: (frames) => counts.push(frames),
    });
    expect(counts.at(-1)).toBe(60);
    expect(stderr).toContain("testsrc2");
  });

  test("keeps only the end of what it said", async () => {
    const talk = [...pattern(10), "-vf", "showinfo", ...nowhere];
    const { stderr } = await runFfmpeg(talk, { signal: open() });
    expect(stderr.length).toBe(16_384);
    expect(stderr).toContain("n: 299");
  });

  test("an aborted run ends at once with the reason", async () => {
    const stopping = new AbortController();
    const run = runFfmpeg(["-re", ...pattern(60), ...nowhere], {
      signal: stopping.signal,
      onProgress: () => stopping.abort(new Error("enough")),
    });
    await expect(run).rejects.toThrow("enough");
  });

  test("a run that stands still is killed and called late", async () => {
    await useHungFfmpeg();
    const fault = await faultOf(runFfmpeg(nowhere, { signal: open(), silenceLimitMs: 200 }));
    expect(fault.toFailure()).toMatchObject({ code: "render_timeout", isRetryable: true });
  });

  test("a run that works slowly is left alone", async () => {
    const slow = ["-re", ...pattern(3), ...nowhere];
    await expect(runFfmpeg(slow, { signal: open(), silenceLimitMs: 1_500 })).resolves.toBeDefined();
  });

  test("a failure says nothing of files or arguments to the caller", async () => {
    const fault = await faultOf(runFfmpeg(["-i", "/secret/input.mp4", ...nowhere], { signal: open() }));
    expect(fault).toBeInstanceOf(RenderFault);
    expect(fault.toFailure()).toEqual({
      code: "encode_failed",
      detail: "The encoder stopped with an error.",
      isRetryable: true,
    });
    expect(String(fault.cause)).toContain("No such file");
  });

  test("a full disk is called so", async () => {
    const fault = await faultOf(runFfmpeg([...pattern(1), "-f", "rawvideo", "/dev/full"], { signal: open() }));
    expect(fault.code).toBe("disk_full");
  });

  test("an ffmpeg that is not there cannot be started", async () => {
    vi.stubEnv("FFMPEG_PATH", path.join(directory, "no-ffmpeg"));
    const fault = await faultOf(runFfmpeg(nowhere, { signal: open() }));
    expect(fault.toFailure()).toMatchObject({ code: "encode_failed", isRetryable: false });
  });
});

test("a render whose ffmpeg hangs ends as a coded failure", async () => {
  await useHungFfmpeg();
  const options = { providers: quickProviders, stepLimitMs: 800 };
  const { failure } = await renderWith(idleCaller(), sceneRequest(["Hello."], { isDraft: true }), options);
  await clearRenders();
  // Drawing needs no ffmpeg: frames, sound and poster do, and the first of them to give up is named.
  expect(["encode_failed", "render_timeout"]).toContain(failure?.code);
  expect(failure?.isRetryable).toBe(true);
});
