import { account } from "./en/account.ts";
import { admin } from "./en/admin.ts";
import { billing } from "./en/billing.ts";
import { create } from "./en/create.ts";
import { library } from "./en/library.ts";
import { problems } from "./en/problems.ts";
import { projects } from "./en/projects.ts";
import { shell } from "./en/shell.ts";
import { signIn } from "./en/sign-in.ts";
import { usage } from "./en/usage.ts";
import { video } from "./en/video.ts";

export type Words = {
  language: "en" | "sw";
  shell: typeof shell;
  signIn: typeof signIn;
  create: typeof create;
  video: typeof video;
  library: typeof library;
  billing: typeof billing;
  usage: typeof usage;
  problems: typeof problems;
  projects: typeof projects;
  account: typeof account;
  admin: typeof admin;
};

export const en: Words = {
  language: "en",
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
