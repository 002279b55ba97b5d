import type { Buffer } from "node:buffer";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { RenderFault } from "../failure.ts";
import { createFrameReader, encodeFrame, type SpeakRequest, type VoiceReply } from "./frames.ts";

export type EngineAnswer = { reply: VoiceReply; body: Buffer };

/** One espeak-ng process, answering one request at a time. */
export type EngineProcess = {
  /** Rejects when the process ends before it answers: with a retryable RenderFault. */
  ask(request: SpeakRequest): Promise<EngineAnswer>;
  isAlive(): boolean;
  /** At once; an answer that is still awaited rejects with `reason`. */
  kill(reason: Error): void;
};

/** Fifteen minutes of speech and its events. */
const replyMaxBytes = 64 * 1024 * 1024;

/** Starts the process and waits until it has loaded its voices. `onSpawn` gets it earlier, so that it can be killed. */
export async function startEngineProcess(onSpawn: (process: EngineProcess) => void): Promise<EngineProcess> {
  const child: ChildProcessWithoutNullStreams = spawn(
    process.execPath,
    [fileURLToPath(new URL("./espeak-process.ts", import.meta.url).href)],
    { stdio: "pipe", env: {} },
  );
  let waiting: PromiseWithResolvers<EngineAnswer> | undefined;
  let ended: Error | undefined;

  const end = (reason: Error) => {
    ended ??= reason;
    waiting?.reject(ended);
    waiting = undefined;
    child.kill("SIGKILL");
  };
  const died = (cause?: unknown) =>
    end(new RenderFault("voice_failed", "The voice stopped unexpectedly.", { isRetryable: true, cause }));
  const nextAnswer = (): Promise<EngineAnswer> => {
    if (ended) return Promise.reject(ended);
    waiting = Promise.withResolvers();
    return waiting.promise;
  };

  const read = createFrameReader<VoiceReply>(replyMaxBytes, (reply, body) => {
    waiting?.resolve({ reply, body });
    waiting = undefined;
  });
  child.stdout.on("data", (chunk: Buffer) => {
    try {
      read(chunk);
    } catch (cause) {
      died(cause);
    }
  });
  child.stderr.resume();
  child.stdin.on("error", died);
  child.on("error", died);
  child.on("exit", () => died());

  const engine: EngineProcess = {
    isAlive: () => ended === undefined,
    kill: end,
    ask: (request) => {
      const answer = nextAnswer();
      if (!ended) child.stdin.write(encodeFrame(request));
      return answer;
    },
  };
  onSpawn(engine);
  await nextAnswer();
  return engine;
}
