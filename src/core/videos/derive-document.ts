import type { VideoDocument } from "../../contract/video.ts";
import type { VideoRow } from "./tables.ts";

/** The script writer whose words follow from the seed alone. */
const repeatableWriter = "template";

/**
 * What a video derived from a finished one is made of: the same document, but where a model wrote the script, which would
 * write another one, with that script as its scenes. Pure.
 */
export function finishedDocument(video: Pick<VideoRow, "document" | "scenes" | "output" | "title">): VideoDocument {
  const { document, scenes, output } = video;
  const isRepeatable = document.source.kind === "scenes" || output?.providers.script === repeatableWriter;
  if (isRepeatable || scenes === null) return document;
  return {
    ...document,
    title: document.title ?? video.title,
    source: {
      kind: "scenes",
      scenes: scenes.map(({ title, text }) => ({ text, ...(title === "" ? {} : { title }) })),
    },
  };
}
