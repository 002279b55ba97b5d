import { Hono } from "hono";
import { astellaRoutes } from "./astella.ts";
import { astellaPaymentRoutes } from "./astella-payments.ts";
import { billingReturnRoutes } from "./billing-return.ts";
import { docsRoutes } from "./docs.ts";
import { embedRoutes } from "./embed-pages.ts";
import { mpesaHooks } from "./hooks/mpesa.ts";
import { stripeHooks } from "./hooks/stripe.ts";
import type { HttpEnv } from "./http-env.ts";
import { invitationPageRoutes } from "./invitation-page.ts";
import { linkPageRoutes } from "./link-pages.ts";
import { liveRoutes } from "./live/progress.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { cors } from "./middleware/cors.ts";
import { limitBody } from "./middleware/limit-body.ts";
import { limitTime } from "./middleware/limit-time.ts";
import { requestLog } from "./middleware/request-log.ts";
import { secureHeaders } from "./middleware/secure-headers.ts";
import { onError, onNotFound } from "./problem.ts";
import { adminRoutes } from "./routes/admin.ts";
import { adminAccountRoutes } from "./routes/admin-accounts.ts";
import { adminPaymentRoutes } from "./routes/admin-payments.ts";
import { adminReceiptRoutes } from "./routes/admin-receipts.ts";
import { assetRoutes } from "./routes/assets.ts";
import { adminAuditRoutes, auditRoutes } from "./routes/audit.ts";
import { authRoutes } from "./routes/auth.ts";
import { adminBackupRoutes, backupRoutes } from "./routes/backups.ts";
import { checkoutRoutes } from "./routes/checkout.ts";
import { creditRoutes } from "./routes/credits.ts";
import { fileRoutes } from "./routes/files.ts";
import { healthRoutes } from "./routes/health.ts";
import { imageRoutes } from "./routes/images.ts";
import { keyRoutes } from "./routes/keys.ts";
import { linkRoutes } from "./routes/links.ts";
import { memberRoutes } from "./routes/members.ts";
import { mpesaRoutes } from "./routes/mpesa.ts";
import { oauthRoutes } from "./routes/oauth.ts";
import { paymentRoutes } from "./routes/payments.ts";
import { planRoutes } from "./routes/plans.ts";
import { privacyRoutes } from "./routes/privacy.ts";
import { projectRoutes } from "./routes/projects.ts";
import { receiptRoutes } from "./routes/receipts.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { templateRoutes } from "./routes/templates.ts";
import { profileRoutes, tenantRoutes } from "./routes/tenants.ts";
import { usageRoutes } from "./routes/usage.ts";
import { videoRoutes } from "./routes/videos.ts";
import { studioRoutes } from "./studio-pages.ts";

const routes = new Hono<HttpEnv>()
  .use(requestLog())
  .use(secureHeaders())
  .use(cors())
  .use(limitTime())
  .use(limitBody())
  .use(authenticate())
  .route("/api", healthRoutes)
  .route("/api/auth", authRoutes)
  .route("/api/auth", linkRoutes)
  .route("/api/auth", tenantRoutes)
  .route("/api/auth", sessionRoutes)
  .route("/api/auth", oauthRoutes)
  .route("/api/account", privacyRoutes)
  .route("/api/account", keyRoutes)
  .route("/api/account", memberRoutes)
  .route("/api/account", profileRoutes)
  .route("/api/account", auditRoutes)
  .route("/api/account", backupRoutes)
  .route("/api/credits", creditRoutes)
  .route("/api/billing", planRoutes)
  .route("/api/usage", usageRoutes)
  .route("/api", mpesaRoutes)
  .route("/api", checkoutRoutes)
  .route("/api", stripeHooks)
  .route("/api/payments", mpesaHooks)
  .route("/api/payments", receiptRoutes)
  .route("/api/payments", paymentRoutes)
  .route("/api", videoRoutes)
  .route("/api", fileRoutes)
  .route("/api", projectRoutes)
  .route("/api", templateRoutes)
  .route("/api", assetRoutes)
  .route("/api", imageRoutes)
  .route("/api", liveRoutes)
  .route("/api/admin", adminRoutes)
  .route("/api/admin", adminPaymentRoutes)
  .route("/api/admin", adminReceiptRoutes)
  .route("/api/admin", adminAuditRoutes)
  .route("/api/admin", adminBackupRoutes)
  .route("/api/admin", adminAccountRoutes)
  .route("/", astellaRoutes)
  .route("/", astellaPaymentRoutes)
  .route("/", billingReturnRoutes)
  .route("/", linkPageRoutes)
  .route("/", invitationPageRoutes)
  .route("/", embedRoutes);

export const app = routes
  .route("/", docsRoutes(routes))
  .route("/", studioRoutes)
  .get("/assets/*", (c) => c.env.assets.fetch(c.req.raw))
  .onError(onError)
  .notFound(onNotFound);
