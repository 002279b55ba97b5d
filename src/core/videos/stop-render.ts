import type { Context } from "../context.ts";
import { errorWords } from "../error-words.ts";
import { partRenderId } from "./parts.ts";

/** Takes an ended video from every container that works on it: the lead's and its parts'. Never throws; what fails is logged. */
export async function stopRender(context: Context, videoId: string): Promise<void> {
  const { deps } = context;
  const discard = async (renderId: string) => {
    try {
      await deps.renderer.discard(renderId);
    } catch (error) {
      // Its consumer finds the lease gone at the next beat and stops it, and a renderer forgets what nobody asks for.
      deps.log.write("warn", "discard_failed", { renderId, error: errorWords(error) });
    }
  };
  const parts = async () => {
    try {
      const open = await deps.room(videoId).closeParts();
      await Promise.all(open.map((part) => discard(partRenderId(videoId, part))));
    } catch (error) {
      deps.log.write("warn", "parts_not_closed", { videoId, error: errorWords(error) });
    }
  };
  await Promise.all([discard(videoId), parts()]);
}
