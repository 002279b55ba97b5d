import type { FieldCode, FieldParams } from "../../../contract/field-codes.ts";
import type { Words } from "../en.ts";

const formats: Record<string, string> = {
  email: "Hii si barua pepe sahihi.",
  url: "Hii si anwani sahihi ya wavuti: anza na https://.",
  phone: "Hii si namba sahihi ya simu, kama 0712 345678.",
  origin: "Andika anwani ya tovuti peke yake, kama https://www.mfano.com.",
  date: "Hii si tarehe sahihi.",
  datetime: "Hii si tarehe na saa sahihi.",
};
const kinds: Record<string, string> = { image: "picha", audio: "sauti", video: "video" };
const many = (limit: string | number | undefined) =>
  typeof limit === "number" ? limit.toLocaleString("en") : String(limit);
const seconds = ({ unit }: FieldParams) => (unit === "seconds" ? "sekunde " : "");

const fields: Record<FieldCode, (params: FieldParams) => string> = {
  required: () => "Hii inahitajika.",
  unknown_field: () => "Hii haitumiki hapa.",
  wrong_type: () => "Hii si aina sahihi.",
  too_short: ({ limit }) => (limit === 1 ? "Andika kitu hapa." : `Andika angalau herufi ${many(limit)}.`),
  too_long: ({ limit }) =>
    limit === undefined ? "Ni ndefu mno. Ifupishe, au tengeneza mbili." : `Isizidi herufi ${many(limit)}.`,
  too_few: ({ limit }) => `Weka angalau ${many(limit)}.`,
  too_many: ({ limit }) => `Zisizidi ${many(limit)}.`,
  too_low: (params) =>
    params.limit === undefined ? "Kiasi hiki ni kidogo mno." : `Isipungue ${seconds(params)}${many(params.limit)}.`,
  too_high: (params) =>
    params.limit === undefined ? "Kiasi hiki ni kikubwa mno." : `Isizidi ${seconds(params)}${many(params.limit)}.`,
  not_allowed: ({ allowed }) => (allowed === undefined ? "Hii hairuhusiwi hapa." : `Chagua moja: ${allowed}.`),
  wrong_format: ({ format }) => formats[String(format)] ?? "Haikuandikwa kwa namna sahihi.",
  conflict: () => "Hii haiendi pamoja na nyingine uliyochagua.",
  repeated: () => "Hii imeshatajwa.",
  unreadable: () => "Ina alama zisizosomeka. Iandike upya.",
  wordless: () => "Andika angalau herufi au tarakimu moja.",
  not_found: () => "Hii haipo, au si yako.",
  wrong_kind: ({ wanted }) =>
    `Faili hii ni ya aina nyingine. Inahitajika ${String(wanted)
      .split(", ")
      .map((kind) => kinds[kind] ?? kind)
      .join(" au ")}.`,
  not_available: () => "Hii haipatikani hapa. Chagua nyingine.",
  limit_reached: ({ limit }) => `Umefika kikomo cha ${many(limit)}. Ondoa moja kwanza.`,
  mismatch: () => "Hailingani. Andika tena.",
  too_common: () => "Nenosiri hili linatumiwa na wengi. Chagua jingine.",
  not_a_multiple: ({ step }) => `Weka kiasi kinachogawanyika kwa ${many(step)}.`,
  past: () => "Wakati huu umeshapita.",
  invalid: () => "Hii haikubaliki ilivyo.",
  other_voice: () => "Sheng husomwa na sauti ya Kiswahili.",
  no_sound: () => "GIF haina sauti: yanayosemwa yanaonekana kwenye manukuu tu.",
};

export const problems: Words["problems"] = {
  offline: "Huna mtandao. Hakuna kilichotumwa; ulichoandika kimehifadhiwa.",
  unreachable: "Huduma haijibu. Angalia maktaba yako kabla ya kujaribu tena.",
  ours: "Kuna hitilafu kwenye ukurasa huu. Upakie tena; ulichoandika kimehifadhiwa.",
  unknown: (request) => `Haikufaulu. Tuulize kuhusu ombi ${request}.`,
  fields,
  byCode: {
    unauthenticated: "Ingia kwanza.",
    invalid_credentials: "Barua pepe au nenosiri si sahihi.",
    invalid_link: "Kiungo hiki hakitumiki. Omba kingine.",
    insufficient_credits: "Krediti hazitoshi. Hukutozwa.",
    quota_exceeded: "Umefika kikomo cha mpango wako. Hukutozwa.",
    plan_required: "Mpango wako hauna hiki. Hukutozwa.",
    account_on_hold: "Matumizi yamesimamishwa hadi deni lilipwe.",
    forbidden: "Huna ruhusa ya kufanya hivi.",
    not_found: "Hakuna kitu hapa.",
    email_taken: "Barua pepe hii ina akaunti tayari. Ingia.",
    phone_taken: "Namba hii ya simu ina akaunti tayari.",
    video_finished: "Video hii imeshakwisha.",
    not_retryable: "Video iliyoshindwa pekee ndiyo inaweza kujaribiwa tena.",
    idempotency_in_progress: "Ombi la kwanza bado linaendelea. Subiri kidogo.",
    validation_failed: "Kuna kitu hakikubaliki. Angalia ulichoandika.",
    rate_limited: "Maombi ni mengi mno. Subiri kidogo.",
    backlog_full: "Foleni imejaa. Jaribu tena baada ya dakika chache; hukutozwa.",
    service_unavailable: "Huduma haipatikani kwa sasa. Jaribu tena.",
    provider_not_configured: "Njia hii ya kulipa haijawekwa hapa.",
    payment_refused: "Malipo hayakuanza. Hukutozwa; jaribu tena.",
    internal: "Kuna hitilafu upande wetu. Jaribu tena.",
    picture_timeout: "Picha ilichukua muda mrefu mno.",
    script_failed: "Hadithi haikuweza kuandikwa.",
    voice_failed: "Sauti haikuweza kutengenezwa.",
    picture_failed: "Picha haikuweza kutengenezwa.",
    media_failed: "Faili haikuweza kupatikana.",
    media_refused: "Faili hii haiwezi kutumika.",
    encode_failed: "Video haikuweza kuunganishwa.",
    storage_failed: "Video haikuweza kuhifadhiwa.",
    render_interrupted: "Utengenezaji ulikatizwa.",
    render_timeout: "Utengenezaji ulichukua muda mrefu mno.",
    sign_in_again: "Ingia tena kwanza. Hakuna kilichobadilishwa.",
    origin_not_allowed: "Ukurasa huu hauruhusiwi kufanya hivi.",
    confirmation_needed: "Thibitisha kwanza kuwa ni wewe.",
    last_owner: "Kikundi kinahitaji mmiliki. Mfanye mwingine mmiliki kwanza.",
    already_member: "Tayari ni mwanachama.",
    export_not_ready: "Nakala bado haijawa tayari.",
    export_gone: "Nakala imekwisha. Tengeneza nyingine; haina gharama.",
    asset_in_use: "Kuna video inayohitaji faili hii.",
    payload_too_large: "Faili ni kubwa mno.",
    project_changed: "Mradi huu umehifadhiwa na mwingine. Hakuna kilichobadilishwa.",
    not_refundable: "Malipo haya hayawezi kurudishwa.",
    receipt_refused: "Stakabadhi hii haiwezi kushughulikiwa hivyo. Hakuna kilichobadilishwa.",
    payment_not_paid: "Malipo haya hayajalipwa.",
    disk_full: "Nafasi iliisha kwenye mtambo.",
  },
};
