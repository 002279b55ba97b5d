import { type ProblemCode, problemCodes, problems } from "../../contract/errors.ts";
import { problemAdvice } from "./problem-advice.ts";
import { codeBlock, type GuideSection, paragraphs, prose, table } from "./prose.ts";

const example = {
  type: "urn:shujaa:problem:insufficient_credits",
  title: problems.insufficient_credits.title,
  status: problems.insufficient_credits.status,
  detail: "This needs 6 credits and you have 4. Nothing was charged; buy credits or ask for less.",
  instance: "/api/videos",
  code: "insufficient_credits" satisfies ProblemCode,
  request_id: "8ccbd327-a9c2-48cb-9723-bcf38552f6db",
  needed: 6,
  available: 4,
};

export function errorsSection(): GuideSection {
  const rows = problemCodes
    .toSorted((one, other) => problems[one].status - problems[other].status)
    .map((code) => [
      `<code id="error-${code}">${code}</code>`,
      String(problems[code].status),
      prose(problems[code].title),
      prose(problemAdvice[code]),
      problems[code].isRetryable ? "yes" : "no",
    ]);
  return {
    id: "errors",
    title: "Errors",
    html: `${paragraphs(
      "Every refusal is an RFC 9457 document, `application/problem+json`. Go by `code`, which never changes; show `detail` to people, which says what happened, whether it cost anything, and what to do next. Keep `request_id`: with it we find the call.",
    )}
${codeBlock(JSON.stringify(example, null, 2), "http", "A refusal")}
${paragraphs(
  "A video that fails says the same under `error`, and has given its credits back by itself. «May pass» means that the same request may succeed later.",
)}
${table(["Code", "Status", "What it says", "What to do", "May pass"], rows, "Every code")}`,
  };
}
