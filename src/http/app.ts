import { Hono } from "hono";
import { astellaRoutes } from "./astella.ts";
import { docsRoutes } from "./docs.ts";
import type { HttpEnv } from "./http-env.ts";
import { liveRoutes } from "./live/progress.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { limitBody } from "./middleware/limit-body.ts";
import { requestLog } from "./middleware/request-log.ts";
import { secureHeaders } from "./middleware/secure-headers.ts";
import { onError, onNotFound } from "./problem.ts";
import { assetRoutes } from "./routes/assets.ts";
import { authRoutes } from "./routes/auth.ts";
import { creditRoutes } from "./routes/credits.ts";
import { fileRoutes } from "./routes/files.ts";
import { healthRoutes } from "./routes/health.ts";
import { imageRoutes } from "./routes/images.ts";
import { projectRoutes } from "./routes/projects.ts";
import { templateRoutes } from "./routes/templates.ts";
import { videoRoutes } from "./routes/videos.ts";

const routes = new Hono<HttpEnv>()
  .use(requestLog())
  .use(secureHeaders())
  .use(limitBody())
  .use(authenticate())
  .route("/api", healthRoutes)
  .route("/api/auth", authRoutes)
  .route("/api/credits", creditRoutes)
  .route("/api", videoRoutes)
  .route("/api", fileRoutes)
  .route("/api", projectRoutes)
  .route("/api", templateRoutes)
  .route("/api", assetRoutes)
  .route("/api", imageRoutes)
  .route("/api", liveRoutes)
  .route("/", astellaRoutes);

export const app = routes
  .route("/", docsRoutes(routes))
  .get("/assets/*", (c) => c.env.assets.fetch(c.req.raw))
  .get("/", (c) => c.redirect("/docs"))
  .onError(onError)
  .notFound(onNotFound);
