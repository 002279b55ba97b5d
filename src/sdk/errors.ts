import type { FieldError, ProblemCode, ProblemDocument } from "../contract/errors.ts";
import type { VideoAnswer } from "../contract/videos.ts";

/** The service said no, in its own words: RFC 9457 problem details. */
export class ShujaaError extends Error {
  /** Stable: what programs go by. */
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  /** Names the request in the service's log. */
  readonly requestId: string;
  /** Which fields were wrong, by JSON pointer. */
  readonly errors: readonly FieldError[];
  /** Seconds to wait before it makes sense to ask again; null: the service did not say. */
  readonly retryAfterSeconds: number | null;
  /** Everything the service said: of a 402 also `needed`, `available`, `metric`, `limit`, `resets_at`. */
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument, retryAfterSeconds: number | null) {
    super(problem.detail);
    this.name = "ShujaaError";
    this.code = problem.code;
    this.status = problem.status;
    this.title = problem.title;
    this.requestId = problem.request_id;
    this.errors = problem.errors ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
    this.problem = problem;
  }
}

/** No answer came, or one that is not the service's: whether anything was done is not known. */
export class ConnectionError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "ConnectionError";
  }
}

/** A video that failed or was cancelled. It cost nothing. */
export class VideoError extends Error {
  readonly video: VideoAnswer;
  /** null: it was cancelled. */
  readonly code: ProblemCode | null;
  readonly isRetryable: boolean;

  constructor(video: VideoAnswer) {
    super(video.error?.detail ?? "The video was cancelled.");
    this.name = "VideoError";
    this.video = video;
    this.code = video.error?.code ?? null;
    this.isRetryable = video.error?.retryable ?? false;
  }
}
