import type { ProblemCode } from "../../../contract/errors.ts";

const byCode: Partial<Record<ProblemCode, string>> = {};

/** In English the service's own words are said. */
export const problems = {
  offline: "You are offline. Nothing was sent; what you typed is kept.",
  unreachable: "The service does not answer. Look into your library before you try again.",
  ours: "Something went wrong on this page. Load it again; what you typed is kept.",
  unknown: (request: string) => `That did not work. Ask us about request ${request}.`,
  byCode,
};
