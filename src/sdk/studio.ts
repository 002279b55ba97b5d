import type { z } from "zod";
import type { AssetAnswer } from "../contract/assets.ts";
import type { transactionsQuery } from "../contract/credits.ts";
import type { createVideoBody, ProgressEvent } from "../contract/videos.ts";
import { type Download, type DownloadOptions, downloadVideo } from "./download-video.ts";
import { followVideo } from "./follow-video.ts";
import { listAll } from "./list-all.ts";
import { type FinishedVideo, type MakeOptions, makeVideo } from "./make-video.ts";
import type { AnswerOf, InputOf, Operation, Query } from "./operation.ts";
import { type Operations, operations } from "./operations.ts";
import { transactionsCsv } from "./transactions-csv.ts";
import { type CallOptions, createTransport, type TransportOptions } from "./transport.ts";
import { type UploadOptions, uploadAsset } from "./upload-asset.ts";

/** What must be given is; what need not be may be left out altogether. */
type Call<Input, Answer> =
  Record<never, never> extends Input
    ? (input?: Input, options?: CallOptions) => Promise<Answer>
    : (input: Input, options?: CallOptions) => Promise<Answer>;

/** A method for each operation of the API, called as /openapi.json calls it. */
export type Calls = { [Name in keyof Operations]: Call<InputOf<Operations[Name]>, AnswerOf<Operations[Name]>> };

/** What takes more than one call. */
export type Journeys = {
  /** Progress as it comes, until the video has ended; the last event says how. */
  followVideo(id: string, options?: Pick<CallOptions, "signal">): AsyncGenerator<ProgressEvent, void, undefined>;
  /** Orders a video and resolves with it when it is done; throws VideoError when it fails or is cancelled. */
  makeVideo(input: z.input<typeof createVideoBody>, options?: MakeOptions): Promise<FinishedVideo>;
  /** A finished video's file, taken up again where it breaks off. */
  downloadVideo(id: string, options?: DownloadOptions): Promise<Download>;
  /** Keeps a picture, a sound or a clip of your own. */
  uploadAsset(file: Blob | ReadableStream<Uint8Array>, options?: UploadOptions): Promise<AssetAnswer>;
  /** Every change of the credits as CSV, or those of the filter. */
  transactionsCsv(
    filter?: Omit<Query<typeof transactionsQuery>, "limit" | "cursor">,
    options?: CallOptions,
  ): Promise<string>;
  /** Every item of a list: `listAll((cursor) => studio.listVideos({ cursor }))`. */
  listAll: typeof listAll;
};

export type Studio = Calls & Journeys;
export type StudioOptions = TransportOptions;

/** A client of the whole API. Throws ShujaaError, ConnectionError, VideoError, or a signal's own reason. */
export function createStudio(options: StudioOptions): Studio {
  const transport = createTransport(options);
  const calls = Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      (input: object = {}, given: CallOptions = {}) =>
        transport.call(operation as Operation<object, unknown>, input, given),
    ]),
  ) as unknown as Calls;
  return {
    ...calls,
    followVideo: (id, given) => followVideo(transport, id, given),
    makeVideo: (input, given) => makeVideo(transport, input, given),
    downloadVideo: (id, given) => downloadVideo(transport, id, given),
    uploadAsset: (file, given) => uploadAsset(transport, file, given),
    transactionsCsv: (filter, given) => transactionsCsv(transport, filter, given),
    listAll,
  };
}
