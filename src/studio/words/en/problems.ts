import type { ProblemCode } from "../../../contract/errors.ts";
import type { FieldCode, FieldParams } from "../../../contract/field-codes.ts";

const byCode: Partial<Record<ProblemCode, string>> = {};
type FieldWords = (params: FieldParams) => string;
const fields: Partial<Record<FieldCode, FieldWords>> & { invalid: FieldWords } = {
  invalid: () => "This cannot be taken as it is.",
};

/** In English the service's own words are said. */
export const problems = {
  offline: "You are offline. Nothing was sent; what you typed is kept.",
  unreachable: "The service does not answer. Look into your library before you try again.",
  ours: "Something went wrong on this page. Load it again; what you typed is kept.",
  unknown: (request: string) => `That did not work. Ask us about request ${request}.`,
  byCode,
  fields,
};
