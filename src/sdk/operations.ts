import * as account from "./operations/account.ts";
import * as admin from "./operations/admin.ts";
import * as assets from "./operations/assets.ts";
import * as astella from "./operations/astella.ts";
import * as auth from "./operations/auth.ts";
import * as billing from "./operations/billing.ts";
import * as credits from "./operations/credits.ts";
import * as health from "./operations/health.ts";
import * as images from "./operations/images.ts";
import * as members from "./operations/members.ts";
import * as payments from "./operations/payments.ts";
import * as projects from "./operations/projects.ts";
import * as templates from "./operations/templates.ts";
import * as usage from "./operations/usage.ts";
import * as videos from "./operations/videos.ts";

/** All of the API, each under its `operationId`. A page that makes a few calls imports those few instead. */
export const operations = {
  ...health,
  ...auth,
  ...account,
  ...members,
  ...credits,
  ...payments,
  ...billing,
  ...usage,
  ...videos,
  ...projects,
  ...templates,
  ...assets,
  ...images,
  ...admin,
  ...astella,
};
export type Operations = typeof operations;
