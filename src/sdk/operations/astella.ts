import type { z } from "zod";
import type {
  AstellaSession,
  astellaLoginBody,
  generatedVideo,
  generateVideoBody,
  MpesaStatusAnswer,
  mpesaStatusBody,
  purchaseByCard,
  purchaseByPhone,
  purchaseCreditsBody,
  registerBody,
  stripeConfirmAnswer,
  stripeConfirmBody,
  UserInfo,
} from "../../contract/astella.ts";
import { declare, declareFile, type Nothing } from "../operation.ts";

export const astellaRegister = declare<z.input<typeof registerBody>, AstellaSession>()("POST /register");
export const astellaLogin = declare<z.input<typeof astellaLoginBody>, AstellaSession>()("POST /login");
export const astellaUserInfo = declare<Nothing, UserInfo>()("GET /user/info");
export const astellaGenerateVideo = declare<z.input<typeof generateVideoBody>, z.output<typeof generatedVideo>>()(
  "POST /generate-video",
  { isIdempotent: true },
);
/** By what stands in a `video_path`, its signature too. */
export const watchVideo = declareFile<{ file: string; expires: string; signature: string }>()("GET /watch/:file");
export const astellaPurchaseCredits = declare<
  z.input<typeof purchaseCreditsBody>,
  z.output<typeof purchaseByPhone> | z.output<typeof purchaseByCard>
>()("POST /purchase-credits", { isIdempotent: true });
export const astellaMpesaStatus = declare<z.input<typeof mpesaStatusBody>, MpesaStatusAnswer>()("POST /mpesa/status");
export const astellaStripeConfirm = declare<z.input<typeof stripeConfirmBody>, z.output<typeof stripeConfirmAnswer>>()(
  "POST /stripe/confirm",
);
