import type { RenderErrorCode, RenderFailure } from "../src/contract/render-events.ts";

type RenderFaultOptions = { isRetryable: boolean; scene?: number | undefined; cause?: unknown };

/** Why a render cannot go on. `detail` is for the caller to read: never a path, a command line or a stack; those belong in `cause`. */
export class RenderFault extends Error {
  readonly code: RenderErrorCode;
  readonly detail: string;
  readonly isRetryable: boolean;
  /** Counted from 0. */
  readonly scene: number | undefined;

  constructor(code: RenderErrorCode, detail: string, options: RenderFaultOptions) {
    super(`${code}: ${detail}`, { cause: options.cause });
    this.name = "RenderFault";
    this.code = code;
    this.detail = detail;
    this.isRetryable = options.isRetryable;
    this.scene = options.scene;
  }

  toFailure(): RenderFailure {
    const failure = { code: this.code, detail: this.detail, isRetryable: this.isRetryable };
    return this.scene === undefined ? failure : { ...failure, scene: this.scene };
  }
}

export function diskFull(cause: unknown): RenderFault {
  return new RenderFault("disk_full", "The renderer ran out of disk space.", { isRetryable: true, cause });
}

function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT")) return true;
  return isDiskFull(error.cause);
}

/**
 * Any error as a RenderFault: one that already is stays as it is, a full disk is named, the rest becomes `otherwise`.
 * A fault that does not say its scene gets the one given.
 */
export function asRenderFault(
  error: unknown,
  otherwise: { code: RenderErrorCode; detail: string; scene?: number },
): RenderFault {
  const { code, detail, scene } = otherwise;
  if (error instanceof RenderFault) {
    if (scene === undefined || error.scene !== undefined) return error;
    return new RenderFault(error.code, error.detail, { isRetryable: error.isRetryable, scene, cause: error });
  }
  if (isDiskFull(error)) return diskFull(error);
  return new RenderFault(code, detail, { isRetryable: true, scene, cause: error });
}
