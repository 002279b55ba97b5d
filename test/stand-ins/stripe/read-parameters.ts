import type { z } from "zod";
import { nameOf, type Tree } from "./form.ts";
import { refuse } from "./stripe-fault.ts";

/** The parameters of a call, or Stripe's refusal of the first that is wrong. */
export function readParameters<Schema extends z.ZodType>(schema: Schema, tree: Tree): z.output<Schema> {
  const parsed = schema.safeParse(tree);
  if (parsed.success) return parsed.data;
  const unknown = parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => nameOf([...issue.path, key])) : [],
  );
  if (unknown.length > 0) refuseUnknown(unknown);
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw parsed.error;
  const param = nameOf(issue.path);
  const value = valueAt(tree, issue.path);
  if (issue.code === "custom") refuse(issue.message, { param });
  if (value === undefined) refuse(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  if (value === "")
    refuse(
      `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
      { code: "parameter_invalid_empty", param },
    );
  return refuseValue(issue, param, typeof value === "string" ? value : JSON.stringify(value));
}

function refuseUnknown(names: string[]): never {
  const plural = names.length > 1 ? "s" : "";
  refuse(`Received unknown parameter${plural}: ${names.join(", ")}`, {
    code: "parameter_unknown",
    param: names[0] ?? "",
  });
}

function refuseValue(issue: z.core.$ZodIssue, param: string, value: string): never {
  const { message } = issue;
  if (message === "integer") refuse(`Invalid integer: ${value}`, { code: "parameter_invalid_integer", param });
  if (message === "url") refuse("Not a valid URL", { code: "url_invalid", param });
  if (message === "currency")
    refuse(`Invalid currency: ${value}. Currencies are three lowercase letters, such as usd or kes.`, { param });
  if (issue.code === "too_big" && issue.origin === "string")
    refuse(`Invalid string: ${value.slice(0, 20)}...; must be at most ${issue.maximum} characters`, {
      code: "parameter_invalid_string_too_long",
      param,
    });
  if (issue.code === "invalid_value")
    refuse(`Invalid ${param}: must be one of ${issue.values.map(String).join(", ")}`, { param });
  refuse(`Invalid ${param}: ${value}`, { param });
}

function valueAt(tree: Tree, path: readonly PropertyKey[]): unknown {
  let value: unknown = tree;
  for (const part of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[part];
  return value;
}
