import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { fail } from "../core/fail.ts";
import { astellaRoutes } from "./astella.ts";
import { docsRoutes } from "./docs.ts";
import type { HttpEnv } from "./http-env.ts";
import { liveRoutes } from "./live/progress.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { requestLog } from "./middleware/request-log.ts";
import { secureHeaders } from "./middleware/secure-headers.ts";
import { onError, onNotFound } from "./problem.ts";
import { authRoutes } from "./routes/auth.ts";
import { creditRoutes } from "./routes/credits.ts";
import { fileRoutes } from "./routes/files.ts";
import { healthRoutes } from "./routes/health.ts";
import { videoRoutes } from "./routes/videos.ts";

/** Bytes. The largest valid body, twenty scenes of 600 characters each in any script, is a fifth of it. */
const bodyMaxBytes = 256 * 1024;

const routes = new Hono<HttpEnv>()
  .use(requestLog())
  .use(secureHeaders())
  .use(
    bodyLimit({
      maxSize: bodyMaxBytes,
      onError: () => fail("payload_too_large", "The body is larger than 256 KiB. Nothing was done."),
    }),
  )
  .use(authenticate())
  .route("/api", healthRoutes)
  .route("/api/auth", authRoutes)
  .route("/api/credits", creditRoutes)
  .route("/api", videoRoutes)
  .route("/api", fileRoutes)
  .route("/api", liveRoutes)
  .route("/", astellaRoutes);

export const app = routes
  .route("/", docsRoutes(routes))
  .get("/assets/*", (c) => c.env.assets.fetch(c.req.raw))
  .get("/", (c) => c.redirect("/docs"))
  .onError(onError)
  .notFound(onNotFound);
