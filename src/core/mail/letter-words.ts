/** What letters say, in each language. Short, kind, exact; nothing that only makes sense with pictures. */
import type { z } from "zod";
import type { letterValues, MailLanguage, Template } from "./letters.ts";

export type LetterWords = {
  subject: string;
  text: string;
  /** On the button; only of letters with a link. */
  action?: string;
  /** What to do when the letter is a surprise, or what to keep in mind. */
  note: string;
};

type WordsIn = { [T in Template]: (values: z.infer<(typeof letterValues)[T]>) => LetterWords };

const english: WordsIn = {
  sign_in: () => ({
    subject: "Sign in to Shujaa Studio",
    text: "Here is your link to sign in. It works once, within 10 minutes.",
    action: "Sign in",
    note: "You did not ask for this? Then do nothing: without the link nobody gets in.",
  }),
  reset: () => ({
    subject: "Choose a new password",
    text: "This link lets you choose a new password. It works once, within 10 minutes. Afterwards you are signed out everywhere.",
    action: "Choose a password",
    note: "You did not ask for this? Then do nothing: your password stays as it is.",
  }),
  proof: () => ({
    subject: "Confirm your address",
    text: "Welcome to Shujaa Studio. Confirm that this address is yours: the link works once, within a day.",
    action: "Confirm",
    note: "You did not make an account? Then do not confirm. Whoever did cannot read your mail.",
  }),
  invitation: ({ tenant, inviter }) => ({
    subject: `${inviter} invites you to ${tenant}`,
    text: `${inviter} invites you to work in ${tenant} on Shujaa Studio. The invitation is open for 7 days.`,
    action: "See the invitation",
    note: "You do not know them? Then do nothing.",
  }),
  password_changed: () => ({
    subject: "Your password was changed",
    text: "The password of your account was changed, and your other devices were signed out.",
    note: "It was not you? Ask for a new password at once, where you sign in.",
  }),
  password_removed: () => ({
    subject: "Your former password was removed",
    text: "You have just shown that this address is yours. Before that, anybody could have chosen the password of this account, so it was removed, and what was signed in with it was signed out.",
    note: "Sign in by link from now on, or choose a new password.",
  }),
  export_ready: () => ({
    subject: "Your export is ready",
    text: "What we keep of you and your work is in one file. The link works for 24 hours.",
    action: "Get the file",
    note: "Keep the link to yourself: whoever has it has your data.",
  }),
  deletion_begun: ({ receipt }) => ({
    subject: "Your account is being deleted",
    text: `We have begun to delete your account and all that is in it. Your receipt: ${receipt}`,
    note: "Keep the receipt: it tells how far the deletion is.",
  }),
  deletion_done: ({ receipt }) => ({
    subject: "Your account is deleted",
    text: `Your account and all that was in it are deleted. Your receipt: ${receipt}`,
    note: "This is the last letter you get from us.",
  }),
  second_subscription: ({ plan, amount }) => ({
    subject: "You subscribed twice: one is ended",
    text: `Two pages to subscribe were open, and both were paid. We kept your ${plan} plan, ended the other subscription, and sent all of its ${amount} back to your card.`,
    note: "You need not do anything. Banks take up to ten days to show a refund.",
  }),
};

const swahili: WordsIn = {
  sign_in: () => ({
    subject: "Ingia Shujaa Studio",
    text: "Hiki ni kiungo chako cha kuingia. Kinafanya kazi mara moja tu, ndani ya dakika 10.",
    action: "Ingia",
    note: "Hukuomba hiki? Usifanye chochote: bila kiungo hakuna anayeweza kuingia.",
  }),
  reset: () => ({
    subject: "Chagua nenosiri jipya",
    text: "Kiungo hiki kinakuwezesha kuchagua nenosiri jipya. Kinafanya kazi mara moja tu, ndani ya dakika 10. Baadaye utatolewa kwenye vifaa vyote.",
    action: "Chagua nenosiri",
    note: "Hukuomba hiki? Usifanye chochote: nenosiri lako halibadiliki.",
  }),
  proof: () => ({
    subject: "Thibitisha anwani yako",
    text: "Karibu Shujaa Studio. Thibitisha kwamba anwani hii ni yako: kiungo kinafanya kazi mara moja tu, ndani ya siku moja.",
    action: "Thibitisha",
    note: "Hukufungua akaunti? Basi usithibitishe. Aliyeifungua hawezi kusoma barua zako.",
  }),
  invitation: ({ tenant, inviter }) => ({
    subject: `${inviter} anakualika ${tenant}`,
    text: `${inviter} anakualika kufanya kazi katika ${tenant} kwenye Shujaa Studio. Mwaliko uko wazi kwa siku 7.`,
    action: "Tazama mwaliko",
    note: "Humjui? Usifanye chochote.",
  }),
  password_changed: () => ({
    subject: "Nenosiri lako limebadilishwa",
    text: "Nenosiri la akaunti yako limebadilishwa, na umetolewa kwenye vifaa vyako vingine.",
    note: "Si wewe uliyefanya hivyo? Omba nenosiri jipya mara moja, kwenye ukurasa wa kuingia.",
  }),
  password_removed: () => ({
    subject: "Nenosiri la zamani limeondolewa",
    text: "Umeonyesha sasa hivi kwamba anwani hii ni yako. Kabla ya hapo mtu yeyote angeweza kuchagua nenosiri la akaunti hii, kwa hiyo limeondolewa, na walioingia kwa nenosiri hilo wametolewa.",
    note: "Kuanzia sasa ingia kwa kiungo, au chagua nenosiri jipya.",
  }),
  export_ready: () => ({
    subject: "Nakala ya data yako iko tayari",
    text: "Tunachohifadhi kukuhusu wewe na kazi yako kiko katika faili moja. Kiungo kinafanya kazi kwa saa 24.",
    action: "Pata faili",
    note: "Usimpe mtu kiungo hiki: aliye nacho ana data yako.",
  }),
  deletion_begun: ({ receipt }) => ({
    subject: "Akaunti yako inafutwa",
    text: `Tumeanza kufuta akaunti yako na vyote vilivyomo. Stakabadhi yako: ${receipt}`,
    note: "Tunza stakabadhi: inaonyesha ufutaji umefikia wapi.",
  }),
  deletion_done: ({ receipt }) => ({
    subject: "Akaunti yako imefutwa",
    text: `Akaunti yako na vyote vilivyokuwamo vimefutwa. Stakabadhi yako: ${receipt}`,
    note: "Hii ni barua ya mwisho kutoka kwetu.",
  }),
  second_subscription: ({ plan, amount }) => ({
    subject: "Ulijiandikisha mara mbili: moja imesitishwa",
    text: `Kurasa mbili za kujiandikisha zilikuwa wazi, na zote zililipwa. Tumebakiza mpango wako wa ${plan}, tumesitisha mwingine, na kurudisha ${amount} zote kwenye kadi yako.`,
    note: "Huna haja ya kufanya chochote. Benki huchukua hadi siku kumi kuonyesha marejesho.",
  }),
};

export const letterWords: Record<MailLanguage, WordsIn> = { en: english, sw: swahili };

export const footers: Record<MailLanguage, { copy: string; sender: string }> = {
  en: { copy: "If the button does nothing, open this address:", sender: "Shujaa Studio, videos from your words" },
  sw: { copy: "Kitufe kisipofanya kazi, fungua anwani hii:", sender: "Shujaa Studio, video kutoka kwa maneno yako" },
};
