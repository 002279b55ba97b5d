/** What holds for every answer, whatever was asked. */
import { z } from "zod";
import { problemDocument, problems } from "../../../src/contract/errors.ts";
import type { Described } from "../../support/openapi.ts";
import type { JsonSchema } from "../schema-values.ts";
import type { Plan } from "./request-plan.ts";

export type Answer = { status: number; headers: Headers; text: string };
type Responses = Record<string, { description: string; content?: Record<string, { schema?: JsonSchema }> }>;
export type DescribedAnswers = Described & { responses: Responses };

/** Words of a machine about itself: of a stack, of a database, of a place in a file system. */
const insides = [
  /\n\s+at \S+ \(/,
  /\.(ts|js|mjs):\d+/,
  /node_modules|file:\/\/\/(?!etc\/passwd)/,
  /D1_ERROR|SQLITE|SqliteError|UNIQUE constraint|no such (table|column)/,
  /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) [\s\S]{0,200}\b(FROM|VALUES|SET|WHERE)\b/,
  /\b(TypeError|RangeError|SyntaxError|ReferenceError|ZodError): /,
  /Maximum call stack|Cannot read propert|is not a function|undefined is not/,
  /a secret of the tests/,
];

/** What a fault of ours looks like: a bug, or an answer that never came. */
const faults = new Set(["internal", "service_unavailable"]);

/** `asked`: what the document says of this path and method; undefined: it knows of no such operation. */
export function brokenRule(plan: Plan, answer: Answer, asked: DescribedAnswers | undefined): string | undefined {
  const { status, headers, text } = answer;
  const leak = insides.find((pattern) => pattern.test(text) && !pattern.test(sentBy(plan)));
  if (leak !== undefined) return `tells of its insides: ${leak}`;
  if (status === 101) return undefined;
  if (!headers.has("X-Request-Id")) return "names no request";
  if (headers.get("X-Content-Type-Options") !== "nosniff") return "may be taken for something else";
  const responses = asked?.responses ?? {};
  if (status >= 400) return brokenRefusal(plan, answer, responses) ?? undocumented(plan, answer, asked);
  return asked === undefined || plan.method === "HEAD" ? undefined : brokenSuccess(answer, responses);
}

/** What a path or a method that leads nowhere is told is in no document. */
function undocumented(
  { method }: Plan,
  { status, text }: Answer,
  asked: DescribedAnswers | undefined,
): string | undefined {
  if (asked === undefined || method === "HEAD" || status === 404 || !text.startsWith("{")) return undefined;
  const { code } = problemDocument.parse(JSON.parse(text));
  const isSaid = asked.responses[status]?.description.includes(`\`${code}\``) === true;
  return isSaid ? undefined : `${code} is not among the refusals that the document names`;
}

const sentBy = (plan: Plan) => `${plan.path} ${JSON.stringify(plan.query)} ${JSON.stringify(plan.content)}`;

function brokenRefusal(plan: Plan, { status, headers, text }: Answer, responses: Responses): string | undefined {
  const type = headers.get("Content-Type") ?? "";
  const isPage = type.startsWith("text/html") && responses[status]?.content?.["text/html"] !== undefined;
  if (isPage) return undefined;
  if (type !== "application/problem+json") return `a refusal of type «${type}»`;
  // No body follows the head of an answer to HEAD.
  if (plan.method === "HEAD") return undefined;
  const problem = problemDocument.safeParse(JSON.parse(text));
  if (!problem.success) return `a refusal that is not the contract's: ${problem.error.message}`;
  const { code, title } = problem.data;
  if (faults.has(code)) return `a fault of ours: ${code}`;
  if (problems[code].status !== status || problems[code].title !== title) return `${code} with another status or title`;
  if (status === 401 && !headers.has("WWW-Authenticate")) return "401 without a challenge";
  if ((status === 429 || status === 503) && !headers.has("Retry-After")) return `${status} without Retry-After`;
  return undefined;
}

function brokenSuccess({ status, headers, text }: Answer, responses: Responses): string | undefined {
  if (status === 304) return undefined;
  const promised = responses[status];
  if (promised === undefined) return `the status ${status} is not in the document`;
  const type = (headers.get("Content-Type") ?? "").split(";")[0] ?? "";
  const schema = promised.content?.["application/json"]?.schema;
  if (type !== "application/json" || schema === undefined) return undefined;
  const checked = checkerOf(schema).safeParse(JSON.parse(text));
  return checked.success ? undefined : `not what the document promises: ${checked.error.message}`;
}

const checkers = new WeakMap<JsonSchema, z.ZodType>();

function checkerOf(schema: JsonSchema): z.ZodType {
  const made = checkers.get(schema) ?? z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  checkers.set(schema, made);
  return made;
}
