import type { MotifName } from "./motifs.ts";

/**
 * Words to pictures, in English, Swahili and Sheng. A word matches itself and its English plural; `word*` matches every
 * word that begins so; `two_words` matches the phrase. `sure` words name the thing itself, `likely` ones suggest it.
 */
export type Entry = { sure: string; likely?: string };

export const motifWords: Record<MotifName, Entry> = {
  laptop: {
    sure: "laptop computer kompyuta tarakilishi coding coder developer programmer typing freelancer hacker engineer_codes",
    likely:
      "online software code website tovuti startup digital kidijitali email entrepreneur mjasiriamali wajasiriamali founder mtandaoni remote app programu tech teknolojia work_from kazi_ya_mtandao",
  },
  team: {
    sure: "team timu colleagues meeting mkutano cofounder* co-founders wenzake wenzangu brainstorm* squad crew boardroom",
    likely:
      "together pamoja partner* washirika shirika ushirikiano collaborat* startup founders company kampuni staff wafanyakazi employees hire hiring chama group kikundi union sacco mentor* community jamii discuss* youth vijana",
  },
  presenter: {
    sure: "presentation pitch_deck presents whiteboard seminar workshop training mafunzo warsha pitches investor* wawekezaji conference",
    likely:
      "strategy mkakati plan mpango explain* results matokeo report ripoti lesson learn_how boss manager meneja marketing",
  },
  teacher: {
    sure: "teacher mwalimu walimu ticha classroom darasa darasani lesson somo teaches teaching kufundisha anafundisha",
    likely: "school shule pupils wanafunzi shuleni education elimu class masomo",
  },
  student: {
    sure: "student mwanafunzi studying exam exams mtihani kusoma anasoma homework revision campus chuo university library maktaba",
    likely: "read reading reads learn learning kujifunza scholar* study studies school shule soma",
  },
  doctor: {
    sure: "doctor daktari nurse muuguzi hospital hospitali clinic zahanati patient mgonjwa wagonjwa medicine dawa matibabu vaccine chanjo medical",
    likely:
      "health afya treatment tiba sick ugonjwa illness disease malaria care healthcare ambulance pregnan* mjamzito",
  },
  cook: {
    sure: "cook cooking cooks kitchen jikoni chef mpishi kupika anapika pika recipe mapishi ugali chapati pilau nyama_choma mandazi githeri msosi dishi sukuma bread mkate baker bakery",
    likely:
      "food chakula restaurant mkahawa hoteli meal mlo stew dinner lunch breakfast delicious tamu bake* hungry njaa spices viungo taste",
  },
  maker: {
    sure: "mechanic fundi mason bricklayer builder mwashi waashi plumber electrician jua_kali workshop_tools carpenter seremala welder factory kiwanda viwanda artisan craft* mjengo tools repair* tailor repairing kutengeneza anatengeneza blacksmith",
    likely:
      "build building made_by make makes manufactur* hands mikono skill* ujuzi ufundi invent* construct* engineer mhandisi produce",
  },
  overlook: {
    sure: "stars nyota sky sunrise sunset machweo moon dream ndoto horizon looks_out watching gaze* imagine fikiria mosque msikiti church kanisa kanisani tunaomba anaomba tuombe bwana_ni mungu preacher pastor prayer prays pray sala maombi worship ibada ramadan gospel injili",
    likely:
      "future siku_zijazo kesho hope matumaini tumaini begin* mwanzo began journey_begins vision maono wonder alone peke silence* kimya story hadithi hero shujaa young once_upon waits believe amini wish remember kumbuka courage ujasiri",
  },
  caller: {
    sure: "phone simu smartphone anapiga_simu phone_call whatsapp sms texting selfie tiktok instagram rununu kabambe",
    likely:
      "call calls calling message ujumbe chat contact mobile network_signal social_media follower* data bundles customer mteja wateja",
  },
  celebration: {
    sure: "celebrat* sherehe party wedding harusi graduat* mahafali cheer* shangwe furaha kusherehekea birthday victory ushindi",
    likely:
      "guest* invitation invited mwaliko waalikwa wedding feast joy happy happiness success mafanikio hongera congratulations proud win wins won winner mshindi festival tamasha dance dancing ngoma",
  },
  family: {
    sure: "family familia mother mama father baba parents wazazi child mtoto children watoto grandmother nyanya shosho bibi grandfather babu daughter binti son brother kaka sister dada siblings wazae mathe fathe",
    likely: "love upendo together_at_home generation kizazi elders wazee baby married ndoa husband wife mume mke",
  },
  farmer: {
    sure: "farmer mkulima wakulima farming kilimo jembe harvest mavuno shamba shambani farm crops mazao maize mahindi tea_farm coffee_farm kahawa plantation kulima plough* irrigat*",
    likely:
      "soil udongo rain mvua plant planting beans maharagwe potatoes viazi vegetables mboga field rural mashambani agricultur* agribusiness fertili* avocado parachichi banana ndizi",
  },
  stall: {
    sure: "market soko sokoni stall mama_mboga trader mfanyabiashara vendor hawker gikomba marikiti kibanda fruit matunda vegetables_seller tomatoes nyanya_sokoni mangoes maembe mitumba",
    likely:
      "sell sells selling kuuza anauza buy kununua bei price wholesale hustle hustler biashara business customer* goods bidhaa trade mboga bargain",
  },
  footballer: {
    sure: "football soccer kandanda soka mpira footballer striker goal_scored national_team timu_ya_taifa gor_mahia afc_leopards harambee_stars stadium uwanja mechi referee",
    likely: "goal bao sport michezo player mchezaji league ligi coach kocha match",
  },
  performer: {
    sure: "singer mwimbaji concert tamasha jukwaa jukwaani perform* microphone maikrofoni rapper band choir kwaya speech hotuba audience hadhira comedian sing sings singing anaimba kuimba on_stage",
    likely:
      "song wimbo nyimbo music muziki gengetone benga artist msanii wasanii crowd umati talent kipaji show poet* spoken_word debate leader kiongozi president rais stage",
  },
  walker: {
    sure: "hike hiker hikers trek* carries pedestrian",
    likely:
      "walk walking walked anatembea kutembea journey safari_ya path njia step hatua every_morning travel kilometres kilomita barefoot long_way distance climb* fetch",
  },
  runner: {
    sure: "marathon runner running mkimbiaji mbio jog* athlete mwanariadha kipchoge sprint*",
    likely: "run runs anakimbia kukimbia exercise mazoezi fitness gym race fast training olympic*",
  },
  chai: {
    sure: "chai tea coffee kahawa_ya conversation mazungumzo friends marafiki friend rafiki gossip hangout mabeshte beshte",
    likely:
      "talk talks talking kuongea bonga story_time piga_stori storo sit share advice ushauri neighbour* jirani majirani visit mgeni wageni welcome karibu interview mahojiano",
  },
  shop: {
    sure: "shop duka shopkeeper mwenye_duka kiosk supermarket store retail salon kinyozi barbershop boutique mpesa_agent wakala",
    likely:
      "customer mteja wateja biashara business small_business stock sell bidhaa neighbourhood mtaa mtaani owner mali goods",
  },
  matatu: {
    sure: "traffic foleni msongamano rush_hour matatu mathree nganya bus psv conductor makanga manamba tout nissan",
    likely:
      "jam commut* stage_ya fare nauli route town tao transport usafiri passengers abiria driver dereva ride ndai",
  },
  boda: {
    sure: "boda bodaboda boda-boda motorbike motorcycle pikipiki nduthi rider delivery deliveries courier",
    likely: "ride deliver* parcel kifurushi order helmet transport usafiri fast haraka logistics glovo",
  },
  lorry: {
    sure: "truck trucks lorry lori cargo mizigo freight supply_chain warehouse ghala logistics",
    likely: "transport usafirishaji export* import* goods bidhaa deliver* road highway barabara driver dereva",
  },
  train: {
    sure: "railway reli sgr gari_moshi locomotive station_platform madaraka_express treni trains train_station the_train by_train train_to train_from",
    likely: "rail travel journey safari line transport speed train",
  },
  aeroplane: {
    sure: "airplane aeroplane plane ndege_ya flight airport uwanja_wa_ndege jkia pilot rubani flies abroad majuu kenya_airways visa passport",
    likely: "fly travel kusafiri tourist* mtalii watalii holiday vacation overseas diaspora",
  },
  giraffe: {
    sure: "giraffe twiga wildlife wanyama_pori national_park hifadhi game_drive safari maasai_mara masai_mara serengeti zebra punda_milia",
    likely:
      "animal* wanyama lion simba nature tourism utalii conservation uhifadhi park mbuga predator* cheetah leopard wild",
  },
  elephants: {
    sure: "elephant ndovu tembo amboseli tsavo ivory poach* rhino kifaru hippo",
    likely: "animal* wanyama wildlife herd conservation uhifadhi wild memory lion",
  },
  cattle: {
    sure: "cow cows ng'ombe ngombe cattle livestock mifugo herder mchungaji goat goats mbuzi sheep kondoo dairy milk maziwa maasai masai pastoralist* morans",
    likely: "herd ufugaji grazing pasture nyasi drought ukame tradition utamaduni culture samburu turkana",
  },
  dhow: {
    sure: "dhow jahazi sail sailing sailor baharia lamu",
    likely: "ocean bahari sea coast pwani wind upepo voyage island kisiwa mombasa zanzibar swahili_coast",
  },
  canoe: {
    sure: "canoe mtumbwi fisherman fishermen mvuvi wavuvi fishing uvuvi fish samaki",
    likely: "lake ziwa boat mashua river mto kisumu victoria naivasha omena tilapia net nyavu",
  },
  ship: {
    sure: "ship meli container kontena port bandari harbour shipping",
    likely: "export* import* trade cargo mizigo mombasa customs forodha global",
  },
  payment: {
    sure: "m-pesa mpesa pesa_kwa_simu mobile_money payment malipo lipa till paybill transaction muamala fintech wallet airtime stk fuliza",
    likely:
      "money pesa pay paid kulipa analipa cash send tuma transfer doh chapaa ganji mkwanja mullah bank benki loan mkopo credit app",
  },
  chart: {
    sure: "chart grows growth ukuaji kukua increase ongezeko profit faida revenue mapato statistics takwimu sales mauzo percent asilimia graph economy uchumi data_shows analytics",
    likely:
      "rise rises rising doubled success mafanikio market_share progress maendeleo invest* uwekezaji results business biashara numbers data takwimu target scale income kipato more_than",
  },
  coins: {
    sure: "savings save saving akiba kuweka_akiba coins sarafu invest* uwekezaji wealth utajiri chama sacco interest dividend budget bajeti hisa shares pension",
    likely:
      "money pesa shilling shilingi rich tajiri tax kodi fund mfuko capital mtaji loan mkopo bank benki financ* fedha debt deni millionaire",
  },
  bulb: {
    sure: "idea wazo mawazo innovation ubunifu uvumbuzi invent* bright_idea creative creativity inspiration discover* eureka",
    likely:
      "think thinks thinking kufikiri solution suluhisho solve* problem tatizo imagin* curious question swali design ubunifu learn new_way spark tip tips secret siri",
  },
  books: {
    sure: "book books kitabu vitabu novel riwaya literacy knowledge maarifa reading_culture author mwandishi write writer wisdom hekima",
    likely:
      "story hadithi history historia read study education elimu degree shahada scholarship page chapter sura school learn grow_your_mind philosophy",
  },
  shield: {
    sure: "security usalama protect* kulinda insurance bima privacy faragha cybersecurity shield ngao safe salama police polisi fraud ulaghai scam* password army jeshi",
    likely:
      "trust imani_kwa risk hatari law sheria rights haki guard mlinzi danger peace amani constitution katiba defend",
  },
  rocket: {
    sure: "rocket roketi launch* uzinduzi kuzindua takeoff space anga_za_juu satellite setilaiti astronaut",
    likely: "startup boost fast accelerat* ambition sky_is future begin new_product speed kasi galaxy universe planet",
  },
  globe: {
    sure: "world dunia ulimwengu global africa afrika continent bara earth planet_earth international kimataifa countries nchi",
    likely:
      "everywhere kila_mahali travel climate tabianchi connect* border mpaka people_everywhere united kenya nation taifa history historia environment mazingira",
  },
  trophy: {
    sure: "trophy kombe champion bingwa mabingwa award tuzo medal medali prize zawadi first_place olympic*",
    likely:
      "win wins won winner mshindi victory ushindi success mafanikio best bora competition mashindano achieve* record rekodi goal",
  },
  clock: {
    sure: "clock saa deadline time_management timer minutes dakika schedule ratiba late kuchelewa punctual",
    likely:
      "time muda wakati hours masaa wait subiri patience subira today leo years miaka early mapema quick haraka every_day habit tabia routine",
  },
  megaphone: {
    sure: "announce* tangazo matangazo advert* campaign kampeni marketing promot* news habari vote kura election uchaguzi breaking_news protest maandamano",
    likely:
      "voice sauti message ujumbe share sambaza offer ofa brand speak sema awareness join jiunge subscribe viral everyone rights haki",
  },
  heart: {
    sure: "love upendo mapenzi heart moyo charity donat* mchango kindness wema volunteer* generosity ukarimu compassion huruma blood damu",
    likely:
      "care kujali help msaada saidia thank asante grateful shukrani health afya life maisha hope peace amani wellness family feelings",
  },
  network: {
    sure: "ai artificial_intelligence akili_bandia akili_mnemba machine_learning algorithm neural internet intaneti chatbot robot roboti blockchain automation",
    likely:
      "network mtandao technology teknolojia data smart digital connect* future brain ubongo model science sayansi community innovat*",
  },
  servers: {
    sure: "server servers seva the_cloud cloud_computing data_centre data_center hosting database api cloudflare backend infrastructure",
    likely: "technology teknolojia software code internet system mfumo data computer network",
  },
  solar: {
    sure: "solar sola sunlight_power wind_turbine renewable* energy nishati geothermal turbine power_grid",
    likely: "electricity umeme stima sunlight climate tabianchi environment mazingira clean_power battery",
  },
  water: {
    sure: "water maji kisima borehole bomba rain_water thirst* kiu jerrican mtungi clean_water a_well water_point",
    likely: "river mto rain mvua drought ukame drink kunywa wash osha health clean safi ocean environment tap",
  },
  seedling: {
    sure: "seed seeds mbegu seedling miche tree miti mti plant_trees kupanda_miti sprout reforest* forest msitu misitu nursery",
    likely:
      "grow grows growing kukua plant environment mazingira nature asili green climate tabianchi start_small garden bustani future leaf nurtur* patience",
  },
  camera: {
    sure: "camera kamera film filamu video movie sinema photo picha photograph* director youtube youtuber vlog* studio content_creator documentary kurekodi film_shoot",
    likely:
      "creator content media record creative story actor mwigizaji mwigizaji viral channel television runinga journalist mwandishi_wa_habari",
  },
  loudspeakers: {
    sure: "dj deejay speakers spika beats mdundo nightclub club rave music_festival amapiano gengetone podcast radio redio",
    likely: "music muziki sound sauti party sherehe bass playlist concert",
  },
  house: {
    sure: "house nyumba home nyumbani rent kodi_ya_nyumba landlord apartment real_estate mortgage property ploti plot keja digs construct* housing",
    likely: "family familia build kujenga own settle move_in room comfort land ardhi shelter makazi door neighbour*",
  },
};
