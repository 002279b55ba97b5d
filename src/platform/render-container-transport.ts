import type { RenderContainer } from "../objects/render-container.ts";
import type { RendererTransport } from "./renderer.ts";

/** A Cloudflare Container of its own for each render: it starts with the render and is given back after it. */
export function createContainerTransport(namespace: DurableObjectNamespace<RenderContainer>): RendererTransport {
  const containerOf = (renderId: string) => namespace.get(namespace.idFromName(renderId));
  return {
    send: (renderId, path, init) => containerOf(renderId).fetch(new Request(`http://renderer${path}`, init)),
    // Asking a container would start one; they start when a render needs them.
    health: async () => ({ ok: true, version: "on demand", ffmpeg: "on demand", running: 0, slots: 1 }),
    release: (renderId) => containerOf(renderId).destroy(),
  };
}
