import { resolver } from "hono-openapi";
import { type ProblemCode, problemDocument, problems } from "../contract/errors.ts";

/** The codes as answers of the OpenAPI document, those of one status together. */
export function describeRefusals(codes: ProblemCode[]) {
  const byStatus = Map.groupBy(new Set(codes), (code) => problems[code].status);
  return Object.fromEntries(
    Array.from(byStatus, ([status, group]) => [
      status,
      {
        description: group.map((code) => `\`${code}\`: ${problems[code].title}`).join("; "),
        content: { "application/problem+json": { schema: resolver(problemDocument) } },
      },
    ]),
  );
}
