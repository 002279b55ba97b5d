import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { drawOverlay } from "../../../container/overlay/draw-overlay.ts";
import type { Overlay } from "../../../container/overlay/overlay.ts";

const fonts = ["condensed", "humanist", "serif", "grotesque", "geometric"] as const;

function label(font: (typeof fonts)[number]): Pick<Overlay, "width" | "height" | "art"> {
  const face = { font, weight: "heavy" } as const;
  const place = { x: 20, y: 80, sizePx: 48, trackingPx: 0, direction: "ltr" } as const;
  return {
    width: 600,
    height: 120,
    art: [{ kind: "text", text: `Weka ua ቡና ${font}`, face, fill: "#ffffff", ...place }],
  };
}

/** Runs in a thread: draws the labels in an order of its own and answers their digests. */
const program = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { createHash } = require("node:crypto");
  import(workerData.module).then(({ drawOverlay }) => {
    const digests = workerData.labels.map((one) => createHash("sha256").update(drawOverlay(one)).digest("hex"));
    parentPort.postMessage(digests);
  });
`;

it("a font is the same in every thread, whichever was asked for first", async () => {
  const module = new URL("../../../container/overlay/draw-overlay.ts", import.meta.url).href;
  const labels = fonts.map(label);
  const here = labels.map((one) => createHash("sha256").update(drawOverlay(one)).digest("hex"));
  const orders = [labels.toReversed(), [...labels.slice(2), ...labels.slice(0, 2)]];
  const answers = await Promise.all(
    orders.map(
      (order) =>
        new Promise<string[]>((resolve, reject) => {
          const worker = new Worker(program, { eval: true, execArgv: [], workerData: { module, labels: order } });
          worker.once("message", resolve).once("error", reject);
        }),
    ),
  );
  expect(answers[0]).toEqual(here.toReversed());
  expect(answers[1]).toEqual([...here.slice(2), ...here.slice(0, 2)]);
});
