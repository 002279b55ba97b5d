import type { Words } from "./en.ts";
import { account } from "./sw/account.ts";
import { admin } from "./sw/admin.ts";
import { billing } from "./sw/billing.ts";
import { create } from "./sw/create.ts";
import { library } from "./sw/library.ts";
import { problems } from "./sw/problems.ts";
import { projects } from "./sw/projects.ts";
import { shell } from "./sw/shell.ts";
import { signIn } from "./sw/sign-in.ts";
import { usage } from "./sw/usage.ts";
import { video } from "./sw/video.ts";

export const sw: Words = {
  language: "sw",
  shell,
  signIn,
  create,
  video,
  library,
  billing,
  usage,
  problems,
  projects,
  account,
  admin,
};
