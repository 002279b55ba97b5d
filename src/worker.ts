import { type Bindings, readEnv } from "./env.ts";
import { app } from "./http/app.ts";
import { runCron } from "./jobs/cron.ts";
import { consumeBatch } from "./jobs/queue.ts";
import { systemContext, wire } from "./wiring.ts";

export { CreditLedger } from "./objects/credit-ledger.ts";
export { DarajaToken } from "./objects/daraja-token.ts";
export { RateWindow } from "./objects/rate-window.ts";
export { RenderContainer } from "./objects/render-container.ts";
export { RenderRoom } from "./objects/render-room.ts";

type RawEnv = Bindings & Record<string, unknown>;

export default {
  fetch(request, raw, execution) {
    return app.fetch(request, wire(readEnv(raw)), execution);
  },
  async queue(batch, raw) {
    await consumeBatch(systemContext(readEnv(raw), `queue-${batch.messages[0]?.id ?? "empty"}`), batch);
  },
  async scheduled(controller, raw) {
    await runCron(systemContext(readEnv(raw), `cron-${controller.scheduledTime}`));
  },
} satisfies ExportedHandler<RawEnv>;
