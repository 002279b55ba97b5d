import type { ProgressEvent } from "../contract/videos.ts";

const width = 32;
const stageWords: Record<string, string> = {
  queued: "waiting in the queue",
  scripting: "writing the script",
  voicing: "recording the voice",
  illustrating: "drawing the pictures",
  rendering: "rendering",
  storing: "storing",
  succeeded: "done",
  failed: "failed",
  cancelled: "cancelled",
};

/** One line that is redrawn on a terminal; elsewhere a line for each new stage. */
export class ProgressBar {
  private lastStage = "";

  show(event: ProgressEvent): void {
    const words = stageWords[event.stage] ?? event.stage;
    if (!process.stdout.isTTY) {
      if (event.stage !== this.lastStage) process.stdout.write(`${words}\n`);
      this.lastStage = event.stage;
      return;
    }
    const filled = Math.round((event.progress / 100) * width);
    const bar = "█".repeat(filled) + "░".repeat(width - filled);
    const place = event.queue_position === null ? "" : `, number ${event.queue_position}`;
    const left = event.eta_seconds === null ? "" : `, about ${event.eta_seconds} s left`;
    process.stdout.write(`\r\x1b[K${bar} ${String(Math.round(event.progress)).padStart(3)} %  ${words}${place}${left}`);
  }

  end(): void {
    if (process.stdout.isTTY) process.stdout.write("\n");
  }
}
