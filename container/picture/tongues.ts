import type { MotifName } from "./motifs.ts";
import type { Time } from "./palette.ts";
import type { SettingName } from "./scenery.ts";

/**
 * The key nouns of other languages: French, Portuguese, Spanish, German, Italian, Afrikaans, Arabic, Amharic, Oromo,
 * Setswana and Hindi, in this order. Marks do not count; a word that is an everyday English one is left out.
 */
export const motifTongues: Partial<Record<MotifName, string>> = {
  laptop:
    "ordinateur* informatique computador* portátil ordenador* programador* rechner programmier* rekenaar* حاسوب كمبيوتر ኮምፒውተር ኮምፒዩተር कंप्यूटर लैपटॉप",
  team: "équipe* réunion* collègue* equipa equipe reunião reunion equipo* squadra riunione mannschaft besprechung* kollegen vergadering فريق اجتماع ቡድን ስብሰባ garee टीम बैठक दल",
  presenter:
    "présentation apresentação presentación vortrag präsentation presentazione aanbieding عرض تدريب ስልጠና प्रशिक्षण प्रस्तुति",
  teacher:
    "école escola escuela ensina* enseign* enseñ* professeur* enseignant* maître cours leçon professor* aula lição maestr* profesor* clase lección lehrer* unterricht insegnante lezione onderwyser* klaskamer معلم مدرس درس መምህር አስተማሪ ትምህርት barsiisaa barsiistu morutabana शिक्षक अध्यापक कक्षा पाठ",
  student:
    "étudiant* élève* études examen* estudante* aluno* exame estudiante* alumn* schüler* student* prüfung studente* leerling* leerder* طالب طلاب تلميذ امتحان ተማሪ* ፈተና barataa barattoota moithuti छात्र विद्यार्थी परीक्षा पढ़ाई",
  doctor:
    "médecin* docteur infirmi* hôpital clinique santé médico* enfermeir* saúde vacina enfermer* salud clínica krankenhaus arzt ärzt* gesundheit dottore medico ospedale salute dokter* verpleeg* kliniek gesondheid طبيب مستشفى عيادة صحة ممرضة لقاح ሐኪም ዶክተር ሆስፒታል ክሊኒክ ጤና hakiima hospitaala fayyaa ngaka bookelo डॉक्टर चिकित्सक अस्पताल स्वास्थ्य दवा नर्स",
  cook: "boulang* pain padaria padeir* panader* panetter* bäcker* bakkery مخبز خبز ዳቦ cuisine* cuisinier* recette repas nourriture manger cozinha* receita comida cocin* receta* küche kochen essen koch cucina* ricetta cibo kook* kombuis kos resep طعام طبخ مطبخ وصفة أكل ምግብ ወጥ እንጀራ ማብሰል nyaata dijo भोजन खाना रसोई रेसिपी पकाना",
  maker:
    "artisan* atelier* usine* mécanicien* menuisier artesão artesãos oficina mecânic* fábrica artesan* taller carpinter* handwerk* werkstatt schreiner fabrik artigian* officina falegname ambagsman werkswinkel timmerman حرفي ورشة نجار مصنع እደ_ጥበብ አናጢ ፋብሪካ कारीगर बढ़ई कारखाना",
  overlook:
    "prière* prier foi rêve rêves espoir oração orar sonho* esperança rezar oración sueño* esperanza gebet* beten glaube traum träume hoffnung preghiera pregare sogno speranza gebed droom صلاة دعاء حلم أمل إيمان ጸሎት ተስፋ ህልም እምነት kadhannaa abdii thapelo प्रार्थना पूजा सपना आशा विश्वास",
  caller:
    "téléphone* appel portable telefone* celular chamada teléfono* móvil llamada handy telefon* anruf cellulare telefonata selfoon* foon هاتف جوال مكالمة ስልክ ሞባይል bilbila mogala फोन मोबाइल",
  celebration:
    "fête* mariage* anniversaire victoire célébr* événement festa* casamento aniversário vitória evento fiesta* boda_de cumpleaños victoria fest feier* hochzeit geburtstag matrimonio compleanno vittoria partytjie troue verjaarsdag حفل حفلة زفاف عيد_ميلاد فرح ሰርግ በዓል ልደት ayyaana cidha moletlo lenyalo शादी उत्सव त्योहार जन्मदिन समारोह जश्न",
  family:
    "famille* mère père parents enfant* grand-mère bébé família* mãe crianças criança avó familie* mutter vater kinder oma familia* madre padre hijos niños abuela famiglia* figli bambini nonna gesin kinders ouma عائلة أسرة أم أطفال والدين ቤተሰብ እናት አባት ልጆች maatii haadha ijoollee lelapa mme परिवार माँ पिता बच्चे बच्चों दादी",
  farmer:
    "agricult* ferme fermier* récolte* paysan* champs fazenda* colheita lavoura lavrador granja cosecha* campesin* bauer bauern ernte landwirt* contadin* raccolto fattoria boer boere plaas oes مزارع مزرعة فلاح حصاد زراعة ገበሬ እርሻ መኸር qonnaan qotee_bulaa oomisha molemi temo thobo किसान खेत खेती फसल",
  stall:
    "marché* marchand* vendeur* vendeuse* légumes mercado* feira vendedor* verduras frutas marktstand gemüse mercato mercati venditor* verdura markplein groente stalletjie سوق بائع خضار فواكه ገበያ ነጋዴ gabaa daldalaa mmaraka बाज़ार मंडी दुकानदार सब्ज़ी फल",
  footballer:
    "footballeur* joueur* ballon futebol* jogador* estádio fútbol futbolista* estadio fußball* spieler stadion calcio calciatore sokker* rugby voetbal كرة_القدم لاعب ملعب እግር_ኳስ ተጫዋች ስታዲየም kubbaa_miilaa kgwele_ya_dinao फुटबॉल खिलाड़ी खेल मैदान क्रिकेट",
  performer:
    "chanteu* chanson* musique chorale cantor* canção música coro cantante* canción sänger* chor bühne konzert cantante canzone musica concerto sanger* liedjie koor konsert مغني أغنية موسيقى جوقة ዘፋኝ ሙዚቃ መዝሙር መዘምራን sirba muuziqaa faarfannaa pina moopedi गायक गीत संगीत भजन",
  walker:
    "marche_à randonn* voyage* voyageur* chemin viagem viajar viajante caminho caminhada viaje* viajero camino caminata reise* reisen wandern wanderung viaggio viaggiare cammino reisiger stap_na سفر رحلة مسافر طريق ጉዞ መንገድ imala karaa loeto leeto यात्रा यात्री सफर रास्ता",
  runner:
    "coureur* courir corredor* correr läufer* laufen corridore correre hardloper* atleet عداء ሯጭ ሩጫ fiigicha दौड़ धावक",
  chai: "café amitié ami amis amies bavarder conversation_entre chá amigo* amiga* conversa conversación tee kaffee freund* gespräch amici amica conversazione tè caffè vriend* koffie شاي قهوة أصدقاء صديق حديث ሻይ ቡና ጓደኛ ጓደኞች buna hiriyaa tsala चाय कॉफी मित्र दोस्त बातचीत",
  shop: "boutique* magasin* commerce commerçant* entreprise* loja* negócio* empresa* lojista tienda* negocio* empresari* laden geschäft* unternehmen händler negozio* impresa azienda winkel* besigheid onderneming متجر دكان تجارة شركة أعمال ሱቅ ንግድ ድርጅት suuqii daldala lebenkele kgwebo दुकान व्यापार व्यवसाय कारोबार",
  matatu:
    "autobus minibus taxi-brousse ônibus chapa autobús autobus bussen pullman taxi حافلة ሚኒባስ አውቶብስ ታክሲ atoobisii thekisi बस",
  boda: "motocyclette mototaxi motocicleta* motorrad motocicletta motorfiets دراجة_نارية ሞተር_ሳይክል doqdoqee sethuthuthu मोटरसाइकिल बाइक",
  lorry: "camion* caminhão caminhões camión camiones lastwagen vrachtwagen vragmotor شاحنة ከባድ_መኪና የጭነት ट्रक",
  train:
    "chemin_de_fer trem comboio tren ferrocarril zug eisenbahn treno ferrovia trein قطار ባቡር baabura terena रेल रेलगाड़ी ट्रेन",
  aeroplane:
    "avion* aéroport avião aeroporto avión aeropuerto flugzeug flughafen aereo vliegtuig lughawe طائرة مطار አውሮፕላን xiyyaara sefofane विमान हवाई_जहाज हवाई_अड्डा",
  giraffe:
    "girafe* animaux girafa* animais jirafa* animales tiere wildtiere giraffa animali kameelperd diere wildtuin حيوانات زرافة እንስሳት ቀጭኔ bineensa diphologolo जानवर जिराफ",
  elephants: "éléphant* elefante* elefant* olifant* فيل أفيال ዝሆን arba tlou हाथी",
  cattle:
    "vache* bétail chèvre* berger gado vacas cabras ganado vaca kühe vieh ziegen mucche bestiame capre beeste koei bokke أبقار ماشية غنم راعي ከብት ላም በግ ፍየል loon re'ee dikgomo podi गाय पशु बकरी मवेशी",
  dhow: "voilier barco_à_vela velero segelboot barca_a_vela seilboot مركب_شراعي ጀልባ doonii",
  canoe:
    "pêcheur* pêche poisson* pirogue pescador* pesca peixe* pescado fischer fische pescatore pesce vissers visser vis صياد سمك قارب ዓሣ አሳ qurxummii tlhapi मछुआरा मछली नाव",
  ship: "navire* navio* barco schiff* hafen nave skip hawe سفينة ميناء መርከብ जहाज बंदरगाह",
  payment:
    "argent payer paiement* dinheiro pagar pagamento* dinero pago* geld bezahlen zahlung* soldi denaro pagare pagamento betaal betaling مال نقود دفع ገንዘብ ክፍያ maallaqa kaffaltii madi tuelo पैसा पैसे भुगतान",
  chart:
    "croissance marché_boursier crescimento crecimiento wachstum crescita groei نمو نمو_الأعمال እድገት guddina kgolo वृद्धि विकास",
  coins:
    "épargne* économies poupança ahorro* sparen ersparnisse risparmi* spaargeld spaar توفير ادخار ቁጠባ qusannaa poloko बचत सिक्के",
  bulb: "idée* ideia* ideas_nuevas idee ideen innovaz* innovación inovação فكرة ابتكار ሀሳብ ሃሳብ yaada kakanyo विचार नवाचार",
  books:
    "livre* bibliothèque livros livro libro* biblioteca buch bücher bibliothek libri boek boeke biblioteek كتاب كتب مكتبة proverbe* provérbio* proverbio* sprichwort spreekwoord مثل حكمة መጽሐፍ ምሳሌ kitaaba mammaaksa buka seane किताब पुस्तक कहावत",
  shield:
    "sécurité segurança seguridad sicherheit sicurezza sekuriteit veiligheid أمن أمان حماية ደህንነት nageenya tshireletso सुरक्षा",
  globe: "monde planète mundo planeta welt mondo wêreld عالم ዓለም addunyaa lefatshe दुनिया विश्व",
  megaphone:
    "nouvelles actualité* journal notícia* jornal noticia* periódico nachricht* zeitung notizie giornale nuus koerant أخبار خبر ዜና oduu dikgang समाचार खबर खबरें annonce* anúncio anuncio",
  heart: "amour amor liebe amore liefde حب ፍቅር jaalala lorato प्रेम प्यार",
  network:
    "réseau* technologie* rede tecnologia* tecnología red_de netzwerk rete netwerk tegnologie تكنولوجيا تقنية شبكة ቴክኖሎጂ teeknooloojii thekenoloji तकनीक प्रौद्योगिकी",
  solar: "solaire énergie energia_solar energía_solar sonnenenergie energia_solare sonkrag طاقة_شمسية ፀሐይ_ኃይል aduu सौर",
  water: "eau puits água poço agua pozo wasser brunnen acqua pozzo ماء مياه بئر ውሃ ጉድጓድ bishaan metsi पानी जल कुआँ",
  seedling:
    "arbre* semence* plante* árvore* semente* árbol* semilla* baum bäume samen alberi albero bome شجرة بذور ዛፍ ችግኝ muka biqiltuu setlhare पेड़ पौधा बीज",
  house: "maison* casas casa vivienda haus häuser wohnung huis huise بيت منزل ቤት mana ntlo घर मकान",
  trophy:
    "champion* prix_du campeão campeões troféu campeón trofeo meister pokal campione kampioen بطل كأس ሻምፒዮን ዋንጫ चैंपियन विजेता",
  clock: "horloge temps_de relógio reloj uhr orologio horlosie ساعة_الوقت ሰዓት sa'aatii nako समय घड़ी",
};

export const settingTongues: Partial<Record<SettingName, string>> = {
  city: "ville cidade ciudad stadt città stad مدينة ከተማ magaalaa toropo शहर lagos dakar abidjan kinshasa luanda maputo accra addis_ababa cairo casablanca johannesburg kigali",
  village: "village_de aldeia pueblo dorf villaggio dorp قرية መንደር ganda motse गाँव गांव",
  farm: "ferme champs fazenda granja campo bauernhof fattoria plaas مزرعة حقل እርሻ maasii tshimo खेत",
  lake: "lac lago fleuve rivière rio see_am fluss fiume meer rivier بحيرة نهر ሐይቅ ወንዝ haroo lac_victoria झील नदी",
  coast: "plage côte praia costa playa strand küste spiaggia kus شاطئ ساحل የባህር_ዳርቻ samudra समुद्र तट",
  mountain: "montagne* montanha* montaña* berg berge montagna berge جبل ተራራ tulluu thaba पहाड़",
  church:
    "église chrétien* igreja cristã iglesia cristian* kirche chiesa kerk كنيسة ቤተ_ክርስቲያን ቤተክርስቲያን waldaa kereke चर्च गिरजाघर culte culto pasteur pastor_da gottesdienst erediens",
  mosque: "mosquée mesquita mezquita moschee moschea moskee مسجد رمضان መስጊድ masjiida मस्जिद रमज़ान",
  classroom:
    "école* classe escola sala_de_aula escuela schule klassenzimmer scuola skool مدرسة فصل ትምህርት_ቤት mana_barumsaa sekolo विद्यालय स्कूल",
  kitchen: "cuisine cozinha cocina küche cucina kombuis مطبخ ወጥ_ቤት kushiinaa रसोई",
  ward: "hôpital clinique clínica ospedale krankenhaus hospitaal kliniek مستشفى عيادة ሆስፒታል ክሊኒክ hospitaala bookelo अस्पताल",
  office: "bureau* escritório oficina_central büro ufficio kantoor مكتب ቢሮ waajjira ofisi कार्यालय दफ्तर",
  street: "rue quartier rua calle straße strasse strada straat شارع ጎዳና daandii mmila सड़क गली",
  road: "route autoroute estrada carretera autostrada طريق መንገድ karaa tsela सड़क",
  home: "maison foyer_familial casa hogar zuhause tuis بيت منزل ቤት mana legae घर",
  library: "bibliothèque biblioteca bibliothek biblioteek مكتبة ቤተ_መጻሕፍት पुस्तकालय",
  pitch: "stade estádio estadio stadion ملعب ስታዲየም मैदान",
  port: "porto puerto hafen hawe ميناء ወደብ बंदरगाह",
};

export const timeTongues: Record<Time, string> = {
  dawn: "aube matin lever_du_soleil manhã amanhecer mañana_por alba mattina morgen sonnenaufgang oggend sonsopkoms فجر صباح ጠዋት ንጋት ganama moso सुबह सवेरा",
  day: "midi après-midi meio-dia tarde_de mediodía mittag mezzogiorno middag ظهر ቀን guyyaa motshegare दोपहर",
  dusk: "soir crépuscule coucher_du_soleil anoitecer entardecer pôr_do_sol atardecer abend sonnenuntergang tramonto aand sonsondergang مساء غروب ማታ ምሽት galgala maitsiboa शाम संध्या",
  night:
    "nuit étoiles noite estrelas noche estrellas nacht sterne notte stelle nag sterre ليل نجوم ሌሊት ኮከብ halkan bosigo रात तारे",
};

export const womanTongues =
  "elle femme* fille mère mulher* menina ela mãe mujer* niña ella frau* mädchen sie donna donne ragazza lei vrou* meisie sy امرأة نساء فتاة بنت أم ሴት ሴቶች እናት dubartii intala mosadi महिला औरत लड़की माँ";
export const manTongues =
  "homme* garçon père homem homens menino hombre* niño mann männer junge uomo uomini ragazzo man_se seun رجل رجال ولد أب ወንድ አባት dhiira gurbaa monna पुरुष आदमी लड़का पिता";
