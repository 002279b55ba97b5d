import { sweepLinks } from "../core/accounts/links/sweep-links.ts";
import { sweepInvitations } from "../core/accounts/members/sweep-invitations.ts";
import { sweepSessions } from "../core/accounts/sessions/sweep-sessions.ts";
import { healWelcomes } from "../core/accounts/welcome-tenant.ts";
import { dropOldArtefacts } from "../core/artefacts/drop-artefacts.ts";
import { healAssetPurges } from "../core/assets/delete-asset.ts";
import { sweepUploads } from "../core/assets/sweep-uploads.ts";
import { sealAuditLog } from "../core/audit/seal-audit-log.ts";
import { tendBackups } from "../core/backups/tend-backups.ts";
import type { Context } from "../core/context.ts";
import { errorWords } from "../core/error-words.ts";
import { forgetOldKeys } from "../core/idempotency/keep-answer.ts";
import { healImages } from "../core/images/heal-images.ts";
import { forgetOldMails, resendMails } from "../core/mail/tend-mails.ts";
import { checkCardPayments } from "../core/payments/cards/check-card-payments.ts";
import { healClaims, healFulfilments } from "../core/payments/heal-payments.ts";
import { forgetOldEvents, resendEvents } from "../core/payments/inbox.ts";
import { checkPhonePayments } from "../core/payments/phones/check-phone-payments.ts";
import { matchReceipts } from "../core/payments/phones/match-receipts.ts";
import { tendReversals } from "../core/payments/phones/reverse-phone-payment.ts";
import { askRefundsAgain } from "../core/payments/refund-payment.ts";
import { checkSubscriptions } from "../core/plans/sync-subscription.ts";
import { tendExports } from "../core/privacy/make-export.ts";
import { tendDeletions } from "../core/privacy/run-deletion.ts";
import {
  healOrphanCharges,
  healPurges,
  healQueue,
  healSettlements,
  healStrayFiles,
} from "../core/videos/heal-videos.ts";

const tasks: Record<string, (context: Context) => Promise<unknown>> = {
  healQueue,
  healSettlements,
  healOrphanCharges,
  healPurges,
  healStrayFiles,
  healImages,
  healAssetPurges,
  sweepUploads,
  dropOldArtefacts,
  resendEvents,
  healFulfilments,
  checkCardPayments,
  checkSubscriptions,
  askRefundsAgain,
  checkPhonePayments,
  matchReceipts,
  tendReversals,
  healClaims,
  forgetOldEvents,
  sealAuditLog,
  tendBackups,
  tendExports,
  tendDeletions,
  sweepLinks,
  sweepInvitations,
  resendMails,
  forgetOldMails,
  healWelcomes: ({ deps }) => healWelcomes(deps),
  sweepSessions: ({ deps }) => sweepSessions(deps),
  forgetOldKeys: ({ deps }) => forgetOldKeys(deps),
};

/** Every minute. Each task ends by itself, so that one that fails does not keep another from its work. */
export async function runCron(context: Context): Promise<void> {
  const { clock, log, metrics } = context.deps;
  const startedAtMs = clock.now();
  const failed: string[] = [];
  await Promise.all(
    Object.entries(tasks).map(async ([task, run]) => {
      const record = (isOk: boolean) =>
        metrics.record({ name: "cron", task, isOk, durationMs: clock.now() - startedAtMs });
      try {
        await run(context);
        record(true);
      } catch (error) {
        log.write("error", "cron_task_failed", { task, error: errorWords(error) });
        record(false);
        failed.push(task);
      }
    }),
  );
  const duration_ms = clock.now() - startedAtMs;
  log.write("info", "cron", { request_id: context.requestId, tasks: Object.keys(tasks).length, failed, duration_ms });
}
