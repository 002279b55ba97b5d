import { birthdayTemplate } from "./book/birthday.ts";
import { businessPitchTemplate } from "./book/business-pitch.ts";
import { churchAnnouncementTemplate } from "./book/church-announcement.ts";
import { devotionalTemplate } from "./book/devotional.ts";
import { eventInvitationTemplate } from "./book/event-invitation.ts";
import { healthTipTemplate } from "./book/health-tip.ts";
import { jobVacancyTemplate } from "./book/job-vacancy.ts";
import { lessonTemplate } from "./book/lesson.ts";
import { newsMinuteTemplate } from "./book/news-minute.ts";
import { productTemplate } from "./book/product.ts";
import { proverbTemplate } from "./book/proverb.ts";
import { realEstateTemplate } from "./book/real-estate.ts";
import { recipeTemplate } from "./book/recipe.ts";
import type { Template } from "./template.ts";

/** Every template, in the order they are shown. */
export const templates: readonly Template[] = [
  businessPitchTemplate,
  productTemplate,
  realEstateTemplate,
  jobVacancyTemplate,
  devotionalTemplate,
  churchAnnouncementTemplate,
  eventInvitationTemplate,
  birthdayTemplate,
  newsMinuteTemplate,
  lessonTemplate,
  proverbTemplate,
  recipeTemplate,
  healthTipTemplate,
];
