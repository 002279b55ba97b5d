import { type Answer, json } from "./answers.ts";
import type { DarajaWorld } from "./world.ts";

/** The envelope and the words of each synchronous refusal. */
const refusals: Record<string, { status: number; message: string }> = {
  "400.002.02": { status: 400, message: "Bad Request - Invalid Payload" },
  "400.002.05": { status: 400, message: "Invalid Request Payload" },
  "400.008.01": { status: 400, message: "Invalid Authentication passed" },
  "400.008.02": { status: 400, message: "Invalid grant type passed" },
  "404.001.01": { status: 404, message: "Resource not found" },
  "404.001.03": { status: 404, message: "Invalid Access Token" },
  "404.001.04": { status: 404, message: "Invalid Authentication Header" },
  "405.001": { status: 405, message: "Method Not Allowed" },
  "500.001.1001": { status: 500, message: "Wrong credentials" },
  "500.003.02": { status: 500, message: "Error Occurred: Spike Arrest Violation" },
  "500.003.03": { status: 500, message: "Error Occurred: Quota Violation" },
  "500.003.1001": { status: 500, message: "Internal Server Error" },
};

export function refuse(world: DarajaWorld, errorCode: string, message?: string, status?: number): Answer {
  const known = refusals[errorCode];
  const body = {
    requestId: world.ids.requestId(),
    errorCode,
    errorMessage: message ?? known?.message ?? "Error Occurred",
  };
  return json(body, status ?? known?.status ?? 500);
}

export function refuseField(world: DarajaWorld, field: string): Answer {
  return refuse(world, "400.002.02", `Bad Request - Invalid ${field}`);
}
