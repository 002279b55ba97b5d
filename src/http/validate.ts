import { zValidator } from "@hono/zod-validator";
import type { MiddlewareHandler, ValidationTargets } from "hono";
import { resolver, uniqueSymbol } from "hono-openapi";
import type { z } from "zod";
import { type FieldError, toFieldErrors } from "../contract/errors.ts";
import { fail } from "../core/fail.ts";
import type { HttpEnv } from "./http-env.ts";
import { toSnakeCase } from "./snake-case.ts";

type Checked<Schema extends z.ZodType, Target extends keyof ValidationTargets> = MiddlewareHandler<
  HttpEnv,
  string,
  { in: { [K in Target]: z.input<Schema> }; out: { [K in Target]: z.output<Schema> } }
>;

/** One declaration that checks a part of the request and documents itself; what is wrong is told field by field. */
export function validate<Schema extends z.ZodType, Target extends keyof ValidationTargets>(
  target: Target,
  schema: Schema,
): Checked<Schema, Target> {
  const check = zValidator(
    target,
    schema as z.ZodType,
    (result) => {
      if (!result.success) refuse(toFieldErrors(result.error));
    },
    {
      // At once: no schema waits for anything, and a promise for each field of a body costs more than looking at it.
      validationFunction: (declared, value) => declared.safeParse(target === "json" ? toSnakeCase(value) : value),
    },
  );
  return Object.assign(check as unknown as Checked<Schema, Target>, {
    [uniqueSymbol]: { target, ...resolver(schema) },
  });
}

function refuse(errors: FieldError[]): never {
  const [first] = errors;
  const where = first === undefined || first.pointer === "" ? "The body" : `«${first.pointer}»`;
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : "";
  fail("validation_failed", `${where}: ${first?.detail ?? "is not valid"}${more}. Nothing was done.`, { errors });
}
