/** Two ways to the same models: the binding of a deployed Worker, and Cloudflare's REST interface for everybody else. */

/** Asks a model; the answer is as the model gave it: JSON, or the bytes of a sound or an image. */
export type ModelRunner = (model: string, input: Record<string, unknown>, signal: AbortSignal) => Promise<Response>;

export function createBindingRunner(ai: Ai): ModelRunner {
  // The binding's types know each model of one version of themselves; which ones are used is a setting here.
  const run = ai.run.bind(ai) as (
    model: string,
    input: Record<string, unknown>,
    options: AiOptions & { returnRawResponse: true },
  ) => Promise<Response>;
  return (model, input, signal) => run(model, input, { returnRawResponse: true, signal });
}

/** https://developers.cloudflare.com/api: POST /accounts/{account_id}/ai/run/{model_name} */
export function createRestRunner(options: { base: string; accountId: string; token: string }): ModelRunner {
  const { base, accountId, token } = options;
  return (model, input, signal) =>
    fetch(`${base.replace(/\/$/, "")}/client/v4/accounts/${accountId}/ai/run/${model}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify(input),
      signal,
    });
}
