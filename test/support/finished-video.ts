/** Videos with a body of one's own, followed to their end on a queue that delivers. */
import { type VideoAnswer, videoAccepted } from "../../src/contract/videos.ts";
import { type Client, type Reply, read } from "./api-client.ts";
import { untilStatus } from "./videos.ts";

/** The finished video of a submit that was answered so. */
export async function finishedOf(client: Client, reply: Reply): Promise<VideoAnswer> {
  return untilStatus(client, read(reply, 202, videoAccepted).id, "succeeded");
}

export async function finish(client: Client, body: object): Promise<VideoAnswer> {
  return finishedOf(client, await client.post("/api/videos", body));
}
