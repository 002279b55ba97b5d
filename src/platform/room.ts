import type { RenderRoom as RoomPort } from "../core/deps.ts";
import { type RenderRoom, snapshotHeader } from "../objects/render-room.ts";

export function connectRoom(namespace: DurableObjectNamespace<RenderRoom>, videoId: string): RoomPort {
  const stub = namespace.get(namespace.idFromName(videoId));
  return {
    publish: async (event) => stub.publish(event),
    latest: async () => stub.latest(),
    planParts: async (parts) => stub.planParts(parts),
    awaitParts: async (afterSequence) => stub.awaitParts(afterSequence),
    claimPart: async (part, leaseId) => stub.claimPart(part, leaseId),
    renewPart: async (part, leaseId) => stub.renewPart(part, leaseId),
    tellMade: async (part, keys) => stub.tellMade(part, keys),
    giveUpPart: async (part) => stub.giveUpPart(part),
    closeParts: async () => stub.closeParts(),
    empty: async () => stub.empty(),
    stream: async (afterSequence, snapshot) => stub.stream(afterSequence, snapshot),
    connect(request, snapshot) {
      const headers = new Headers(request.headers);
      headers.set(snapshotHeader, encodeURIComponent(JSON.stringify(snapshot)));
      return stub.fetch(new Request(request, { headers }));
    },
  };
}
