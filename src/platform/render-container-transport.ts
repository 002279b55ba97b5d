import { RendererBusy } from "../core/deps.ts";
import type { RenderContainer } from "../objects/render-container.ts";
import type { RendererTransport } from "./renderer.ts";

/** A Cloudflare Container of its own for each render: it starts with the render and is given back after it. */
export function createContainerTransport(namespace: DurableObjectNamespace<RenderContainer>): RendererTransport {
  const containerOf = (renderId: string) => namespace.get(namespace.idFromName(renderId));
  return {
    async send(renderId, path, init) {
      const response = await containerOf(renderId).fetch(new Request(`http://renderer${path}`, init));
      // The platform's own word for no container being free.
      if (response.status !== 503) return response;
      await response.body?.cancel();
      throw new RendererBusy();
    },
    // Asking a container would start one; they start when a render needs them.
    health: async () => ({ ok: true, version: "on demand", ffmpeg: "on demand", running: 0, slots: 1 }),
    // With the container goes all it keeps; asking it to delete would start one that sleeps.
    discard: (renderId) => containerOf(renderId).destroy(),
  };
}
