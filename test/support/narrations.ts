import type { SpokenLanguage } from "../../src/contract/video.ts";

/** Sentences of every spoken language, with clauses, figures, money, short forms and signs in them. */
export const multilingualNarrations: Readonly<Record<SpokenLanguage, readonly string[]>> = {
  en: [
    "Amina sells bread, milk and hope 😀. One of the best: KES 3,200 a day!",
    "Dr. Otieno came at 10:30, and paid $4.99 for 5 km.",
  ],
  sw: [
    "Kila asubuhi, Amina hufungua duka lake. Bei ni shilingi 1,250 tu.",
    "Dkt. Otieno alifika saa 10:30, akalipa KES 500, yaani 50%.",
  ],
  sheng: ["Niaje wasee! Tuko town leo, tukibuild startup ya AI.", "Boss, deal ni KES 500 tu, kwa phone."],
  fr: [
    "Chaque matin, Amina ouvre sa boutique. Le pain coûte 1 250 francs, soit 3,5 % de plus.",
    "Le Dr. Koné arrive à 10h30, avec l’ONG. Qu’en dites-vous ?",
  ],
  ar: ["كل صباح، تفتح أمينة متجرها الصغير. السعر ١٬٢٥٠ شلن فقط.", "وصل د. أحمد في 10:30، ودفع 50٪. ماذا ستفعل أنت؟"],
  am: ["ሁልጊዜ ጠዋት፣ አሚና ሱቋን ትከፍታለች። ዋጋው 1,250 ብር ነው።", "ዶ/ር አበበ በ10:30 መጡ፣ 50% ከፈሉ። እርስዎስ ምን ይላሉ?"],
  om: [
    "Ganama hunda, Aaminaan suuqii ishee banti. Gatiin isaa ETB 1,250 dha.",
    "Dr. Tolasaan 10:30 dhufe, 50% kaffale.",
  ],
  tn: [
    "Moso mongwe le mongwe, Amina o bula lebenkele. Tlhwatlhwa ke P1,250 fela.",
    "Dr. Modise o gorogile ka 10:30, a duela 50%.",
  ],
  af: [
    "Elke oggend maak Amina haar winkel oop, en vee die vloer. Die prys is R1250,50.",
    "Dr. Botha kom om 10:30, en betaal 50%.",
  ],
  pt: [
    "Todas as manhãs, Amina abre a sua loja. O pão custa 1.250 meticais.",
    "O Dr. Silva chegou às 10h30, e pagou 3,5% a mais.",
  ],
  hi: ["हर सुबह, अमीना अपनी दुकान खोलती है। दाम ₹1,250 है।", "डॉ. शर्मा 10:30 पर आए, और 50% दिए। आप क्या कहते हैं?"],
  es: [
    "Cada mañana, Amina abre su tienda. El pan cuesta 1.250 pesos.",
    "El Dr. Pérez llegó a las 10:30, y pagó el 3,5 %. ¿Qué dices tú?",
  ],
  de: [
    "Jeden Morgen, sehr früh, öffnet Amina ihren Laden. Das Brot kostet 3,50 €.",
    "Dr. Müller kam am 3. Mai um 10:30, und zahlte 50 %.",
  ],
  it: [
    "Ogni mattina, Amina apre il suo negozio. Il pane costa 3,50 €.",
    "Il dott. Rossi è arrivato alle 10:30, e ha pagato il 50%.",
  ],
};
