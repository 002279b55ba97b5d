import type { z } from "zod";
import type { BatchAccepted, createBatchBody } from "../../contract/batches.ts";
import type {
  aspectsAccepted,
  createVideoBody,
  makeAspectsBody,
  promoteVideoBody,
  promotionAccepted,
  QuoteAnswer,
  retryAccepted,
  VideoAccepted,
  VideoAnswer,
  VideosAnswer,
  videosQuery,
} from "../../contract/videos.ts";
import { declare, declareFile, type Query } from "../operation.ts";

/** When each word is said, in seconds from the start; scenes count from 0. */
type SpokenWords = { words: { text: string; start: number; end: number; scene: number }[] };

export const createVideo = declare<z.input<typeof createVideoBody>, VideoAccepted>()("POST /api/videos", {
  isIdempotent: true,
});
export const generateVideo = declare<z.input<typeof createVideoBody>, VideoAccepted>()("POST /api/generate-video", {
  isIdempotent: true,
});
export const quoteVideo = declare<z.input<typeof createVideoBody>, QuoteAnswer>()("POST /api/videos/quote");
export const createVideoBatch = declare<z.input<typeof createBatchBody>, BatchAccepted>()("POST /api/videos/batch", {
  isIdempotent: true,
});
export const listVideos = declare<Query<typeof videosQuery>, VideosAnswer>()("GET /api/videos");
export const getVideo = declare<{ id: string }, VideoAnswer>()("GET /api/videos/:id");
/** `followVideo` reads them. */
export const streamVideoEvents = declareFile<{ id: string }>()("GET /api/videos/:id/events");
export const cancelVideo = declare<{ id: string }, VideoAnswer>()("POST /api/videos/:id/cancel");
export const retryVideo = declare<{ id: string }, z.output<typeof retryAccepted>>()("POST /api/videos/:id/retry", {
  isIdempotent: true,
});
export const promoteVideo = declare<
  { id: string } & z.input<typeof promoteVideoBody>,
  z.output<typeof promotionAccepted>
>()("POST /api/videos/:id/promote", { isIdempotent: true });
export const makeAspects = declare<
  { id: string } & z.input<typeof makeAspectsBody>,
  z.output<typeof aspectsAccepted>
>()("POST /api/videos/:id/aspects", { isIdempotent: true });
export const deleteVideo = declare<{ id: string }, undefined>()("DELETE /api/videos/:id");
export const getVideoFile = declareFile<{ id: string }>()("GET /api/videos/:id/file");
export const getPoster = declareFile<{ id: string }>()("GET /api/videos/:id/poster");
export const getCaptionsVtt = declareFile<{ id: string }>()("GET /api/videos/:id/captions.vtt");
export const getCaptionsSrt = declareFile<{ id: string }>()("GET /api/videos/:id/captions.srt");
export const getWordsJson = declare<{ id: string }, SpokenWords>()("GET /api/videos/:id/words.json");
