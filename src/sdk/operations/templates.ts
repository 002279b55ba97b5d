import type { TemplateAnswer, TemplatesAnswer, templatesQuery } from "../../contract/templates.ts";
import { declare, type Query } from "../operation.ts";

export const listTemplates = declare<Query<typeof templatesQuery>, TemplatesAnswer>()("GET /api/templates");
export const getTemplate = declare<{ name: string }, TemplateAnswer>()("GET /api/templates/:name");
