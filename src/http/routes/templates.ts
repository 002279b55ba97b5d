import { Hono } from "hono";
import { templateAnswer, templatesAnswer, templatesQuery } from "../../contract/templates.ts";
import { getTemplate, listTemplates } from "../../core/templates/list-templates.ts";
import type { HttpEnv } from "../http-env.ts";
import { operation } from "../operation.ts";
import { pathParameter } from "../path-parameter.ts";
import { validate } from "../validate.ts";

export const templateRoutes = new Hono<HttpEnv>()
  .get(
    "/templates",
    operation({
      id: "listTemplates",
      summary: "Templates to fill in, and every preset there is",
      tag: "Videos",
      permission: null,
      answers: { 200: { description: "A page of templates", schema: templatesAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", templatesQuery),
    (c) => c.json(listTemplates(c.req.valid("query")), 200),
  )
  .get(
    "/templates/:name",
    operation({
      id: "getTemplate",
      summary: "One template: what it says, and what it asks for",
      tag: "Videos",
      permission: null,
      answers: { 200: { description: "The template", schema: templateAnswer } },
      refuses: ["not_found"],
    }),
    pathParameter("name"),
    (c) => c.json(getTemplate(c.req.param("name")), 200),
  );
