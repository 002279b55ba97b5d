import type { HealthAnswer } from "../../contract/health.ts";
import { declare, type Nothing } from "../operation.ts";

export const getHealth = declare<Nothing, HealthAnswer>()("GET /api/health");
export const getOpenApi = declare<Nothing, Record<string, unknown>>()("GET /openapi.json");
