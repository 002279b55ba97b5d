import type { ProgressEvent } from "../contract/videos.ts";
import { ConnectionError } from "../sdk/errors.ts";
import { getVideo } from "../sdk/operations/videos.ts";
import type { Transport } from "../sdk/transport.ts";

const ends = ["succeeded", "failed", "cancelled"] as const;
const pollMs = 3_000;

/** Tells of a video until it has ended: by its stream of events, and by asking where that does not get through. */
export function watchVideo(
  transport: Transport,
  { id, eventsUrl }: { id: string; eventsUrl: string },
  tell: { progress: (event: ProgressEvent) => void; end: () => void; fail: (error: unknown) => void },
): { stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const stop = () => {
    isOver = true;
    source.close();
    clearTimeout(timer);
  };
  const read = (event: Event) => tell.progress(JSON.parse((event as MessageEvent).data) as ProgressEvent);
  const source = new EventSource(eventsUrl);
  source.addEventListener("progress", read);
  for (const end of ends) {
    source.addEventListener(end, () => {
      stop();
      tell.end();
    });
  }
  // A stream that breaks is taken up again by the browser itself; closed, it has given up.
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED && !isOver) void ask();
  });

  async function ask(): Promise<void> {
    try {
      const video = await transport.call(getVideo, { id });
      if (isOver) return;
      if ((ends as readonly string[]).includes(video.status)) {
        stop();
        return tell.end();
      }
      tell.progress(video);
    } catch (error) {
      if (isOver) return;
      if (!(error instanceof ConnectionError)) {
        stop();
        return tell.fail(error);
      }
    }
    timer = setTimeout(() => void ask(), pollMs);
  }
  return { stop };
}
