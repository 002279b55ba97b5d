import { passwordLength } from "../contract/accounts.ts";
import type { MailLanguage } from "../core/mail/letters.ts";

/** What the pages say that mailed links lead to: what happened, and what to do next. */
export type PageWords = { title: string; text: string };

type Asking = PageWords & { button: string };

export type LinkPageWords = {
  signIn: Asking;
  signedIn: PageWords & { passwordRemoved: string; onward: string };
  otherBrowser: Asking;
  reset: Asking & { field: string };
  isReset: PageWords;
  prove: Asking;
  isMine: Asking;
  proven: PageWords;
  invalid: Record<"signIn" | "reset" | "prove", PageWords>;
  flaws: Record<"short" | "long" | "common", string>;
};

export const linkPageWords: Record<MailLanguage, LinkPageWords> = {
  en: {
    signIn: { title: "Sign in", text: "One press, and you are in.", button: "Sign in" },
    signedIn: {
      title: "You are signed in",
      text: "You can close this page, or go on.",
      passwordRemoved:
        "This address was not proven before, so the password that was chosen with it is gone, and whoever used it is signed out.",
      onward: "Go to the studio",
    },
    otherBrowser: {
      title: "Was it you?",
      text: "This link was asked for in another browser. Go on only if you asked for it yourself. Nothing has happened so far.",
      button: "Yes, it was me",
    },
    reset: {
      title: "Choose a new password",
      text: `At least ${passwordLength.min} characters. You are signed out everywhere then.`,
      field: "New password",
      button: "Set the password",
    },
    isReset: { title: "Your password is set", text: "Sign in with it from now on. Everybody else is signed out." },
    prove: { title: "Confirm your address", text: "One press, and it is confirmed.", button: "Confirm" },
    isMine: {
      title: "Is this account yours?",
      text: "An account was made with your address, in another browser than this. Confirm only if you made it: whoever did keeps the password. If it was not you, close this page, and sign in by link instead: that ends what they opened.",
      button: "Yes, this account is mine",
    },
    proven: { title: "Your address is confirmed", text: "Thank you. You can close this page." },
    invalid: {
      signIn: {
        title: "This link cannot be used",
        text: "It was used before, or its 10 minutes are over. Nothing was changed. Ask for a new one where you sign in.",
      },
      reset: {
        title: "This link cannot be used",
        text: "It was used before, or its 10 minutes are over. Your password is as it was. Ask for a new link where you sign in.",
      },
      prove: {
        title: "This link cannot be used",
        text: "It was used before, or its day is over. Nothing was changed. Sign in, and ask for a new one.",
      },
    },
    flaws: {
      short: `That password is too short: at least ${passwordLength.min} characters. Your link still works.`,
      long: `That password is too long: at most ${passwordLength.max} characters. Your link still works.`,
      common: "That is one of the most used passwords. Choose another; your link still works.",
    },
  },
  sw: {
    signIn: { title: "Ingia", text: "Bonyeza mara moja, na umeingia.", button: "Ingia" },
    signedIn: {
      title: "Umeingia",
      text: "Unaweza kufunga ukurasa huu, au uendelee.",
      passwordRemoved:
        "Anwani hii haikuwa imethibitishwa, kwa hiyo nenosiri lililochaguliwa nayo limeondolewa, na aliyelitumia ametolewa.",
      onward: "Nenda studio",
    },
    otherBrowser: {
      title: "Je, ni wewe?",
      text: "Kiungo hiki kiliombwa kwenye kivinjari kingine. Endelea tu kama uliomba wewe mwenyewe. Hakuna kilichofanyika bado.",
      button: "Ndiyo, ni mimi",
    },
    reset: {
      title: "Chagua nenosiri jipya",
      text: `Angalau herufi ${passwordLength.min}. Baadaye utatolewa kwenye vifaa vyote.`,
      field: "Nenosiri jipya",
      button: "Weka nenosiri",
    },
    isReset: { title: "Nenosiri limewekwa", text: "Kuanzia sasa ingia kwa nenosiri hilo. Wengine wote wametolewa." },
    prove: { title: "Thibitisha anwani yako", text: "Bonyeza mara moja, na imethibitishwa.", button: "Thibitisha" },
    isMine: {
      title: "Je, akaunti hii ni yako?",
      text: "Akaunti ilifunguliwa kwa anwani yako, kwenye kivinjari kingine. Thibitisha tu kama uliifungua wewe: aliyeifungua anabaki na nenosiri. Kama si wewe, funga ukurasa huu, kisha ingia kwa kiungo: hivyo aliyeifungua atatolewa.",
      button: "Ndiyo, akaunti hii ni yangu",
    },
    proven: { title: "Anwani yako imethibitishwa", text: "Asante. Unaweza kufunga ukurasa huu." },
    invalid: {
      signIn: {
        title: "Kiungo hiki hakiwezi kutumika",
        text: "Kimeshatumika, au dakika zake 10 zimekwisha. Hakuna kilichobadilika. Omba kingine kwenye ukurasa wa kuingia.",
      },
      reset: {
        title: "Kiungo hiki hakiwezi kutumika",
        text: "Kimeshatumika, au dakika zake 10 zimekwisha. Nenosiri lako halikubadilika. Omba kiungo kingine kwenye ukurasa wa kuingia.",
      },
      prove: {
        title: "Kiungo hiki hakiwezi kutumika",
        text: "Kimeshatumika, au siku yake imekwisha. Hakuna kilichobadilika. Ingia, kisha uombe kingine.",
      },
    },
    flaws: {
      short: `Nenosiri hilo ni fupi mno: angalau herufi ${passwordLength.min}. Kiungo chako bado kinafanya kazi.`,
      long: `Nenosiri hilo ni refu mno: si zaidi ya herufi ${passwordLength.max}. Kiungo chako bado kinafanya kazi.`,
      common: "Nenosiri hilo linatumiwa na watu wengi mno. Chagua lingine; kiungo chako bado kinafanya kazi.",
    },
  },
};
