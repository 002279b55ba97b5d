import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, describe, expect, it, vi } from "vitest";
import { startProgram } from "../../container/ffmpeg/start-program.ts";
import { canCompose } from "../../container/video/compositor-lanes.ts";
import { clearRenders, idleCaller, renderWith } from "../support/render-caller.ts";
import { sceneRequest } from "../support/render-requests.ts";
import { quickProviders } from "../support/stand-in-providers.ts";

vi.mock("../../container/ffmpeg/system-calls.ts", () => ({
  hasSystemCalls: () => false,
  systemCalls: () => {
    throw new Error("not here");
  },
}));

afterAll(clearRenders);

describe("where the system's calls cannot be had", () => {
  it("starts programs by Node's own way", async () => {
    const file = openSync(path.join(import.meta.dirname, "without-system-calls.test.ts"), "r");
    const start = { file: "/bin/sh", directory: "/", environment: { GREETING: "habari" }, pipe: file };
    const { stdout, stderr, ended } = startProgram({
      ...start,
      args: ["-c", 'pwd; echo "$GREETING" >&2; head -c 6 <&3; exit 3'],
    });
    closeSync(file);
    const [said, complained] = [buffer(stdout), buffer(stderr)];
    expect(await ended).toBe(3);
    expect((await said).toString()).toBe("/\nimport");
    expect((await complained).toString()).toBe("habari\n");
  });

  it("says why it ended nothing", async () => {
    const start = { file: "/missing", directory: undefined, environment: {}, pipe: undefined, args: [] };
    await expect(startProgram(start).ended).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("renders by ffmpeg's own filters, and says so in its keys", async () => {
    expect(canCompose()).toBe(false);
    const rendered = await renderWith(idleCaller(), sceneRequest(["Habari."], { isDraft: true }), {
      providers: quickProviders,
    });
    expect(rendered.failure).toBeUndefined();
    expect(rendered.output?.durationSeconds).toBeGreaterThan(0);
  });
});
