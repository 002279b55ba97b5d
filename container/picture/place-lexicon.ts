import type { Entry } from "./lexicon.ts";
import type { Time } from "./palette.ts";
import type { SettingName } from "./scenery.ts";

/** Words to places, times of day and people, written as in lexicon.ts. */
export const settingWords: Record<SettingName, Entry> = {
  savannah: {
    sure: "savannah savanna nyika maasai_mara masai_mara serengeti safari tsavo amboseli laikipia samburu wildlife plains tambarare acacia",
    likely: "wild animal* nature sunset machweo africa afrika park mbuga lion simba",
  },
  mountain: {
    sure: "mountain mlima kilimanjaro mt_kenya mount_kenya mlima_kenya kilele highlands nyeri nanyuki aberdare* meru",
    likely: "climb panda summit peak top challenge changamoto height cold baridi",
  },
  lake: {
    sure: "lake ziwa kisumu victoria naivasha nakuru turkana baringo homa_bay river mto",
    likely: "fish samaki boat water maji fishing calm utulivu",
  },
  city: {
    sure: "nairobi city jiji mji kanairo nai skyline kampala kigali dar_es_salaam lagos accra westlands cbd upper_hill addis johannesburg urban",
    likely: "town tao tower business company kampuni startup modern bank metropolis streets",
  },
  terrace: {
    sure: "nairobi kanairo nai rooftop terrace skyline westlands kilimani upper_hill",
    likely: "city jiji mji startup founder* entrepreneur mjasiriamali laptop coffee",
  },
  village: {
    sure: "village kijiji mashambani rural ushago ocha gichagi homestead boma hut upcountry kakamega bungoma",
    likely: "grandmother shosho elders wazee community jamii tradition home nyumbani clan ukoo childhood",
  },
  farm: {
    sure: "farm shamba shambani kericho limuru kiambu tea_fields plantation mashamba crops mazao kilimo fields eldoret kitale terraces",
    likely: "farmer mkulima harvest green agricultur* soil",
  },
  coast: {
    sure: "mombasa coast pwani lamu zanzibar malindi diani kilifi ocean bahari beach ufuo ufukwe baharini sea watamu indian_ocean island",
    likely: "holiday dhow sail palm waves swahili_culture sand",
  },
  port: { sure: "port bandari harbour harbor docks container kontena", likely: "export* import* ship meli cargo" },
  street: {
    sure: "street mtaa mtaani mtaro estate eastlands kibera mathare umoja kayole rongai market soko sokoni gikomba downtown river_road traffic foleni",
    likely: "matatu vendor shop neighbourhood hustle walks_through town",
  },
  road: {
    sure: "road highway barabara njia_kuu expressway thika_road mombasa_road journey safarini",
    likely: "drive travel truck distance trip bus",
  },
  pitch: {
    sure: "stadium uwanja pitch football soccer kandanda soka mpira mechi kasarani nyayo",
    likely: "match goal team player champion bingwa league",
  },
  studio: {
    sure: "ai artificial_intelligence internet the_cloud metaverse universe algorithm abstract virtual",
    likely: "digital data idea future creative technology teknolojia",
  },
  church: {
    sure: "church kanisa kanisani pastor mchungaji_wa gospel injili christian mkristo worship ibada christmas krismasi easter pasaka sunday jumapili sermon bible biblia",
    likely: "pray prayer sala maombi faith imani god mungu bless* baraka",
  },
  mosque: {
    sure: "mosque msikiti muslim mwislamu islam ramadan ramadhani eid idd imam quran kurani",
    likely: "pray prayer sala faith imani allah",
  },
  office: {
    sure: "office ofisi ofisini boardroom headquarters coworking co-working ihub",
    likely:
      "meeting mkutano company kampuni startup team manager nairobi founder* entrepreneur mjasiriamali laptop city",
  },
  workroom: {
    sure: "workshop warsha garage karakana lab maabara hub makerspace studio_space factory kiwanda",
    likely: "tools training fundi engineer",
  },
  classroom: {
    sure: "classroom darasa darasani school shule shuleni blackboard ubao pupils",
    likely: "teacher mwalimu lesson somo student mwanafunzi class",
  },
  kitchen: {
    sure: "kitchen jikoni jiko stove cooking kupika recipe restaurant mkahawa",
    likely: "food chakula chef mpishi meal",
  },
  ward: {
    sure: "hospital hospitali clinic zahanati ward wodi",
    likely: "doctor daktari nurse muuguzi patient mgonjwa",
  },
  theatre: {
    sure: "stage jukwaa jukwaani theatre theater concert auditorium ukumbi nightclub",
    likely: "audience hadhira show singer performance",
  },
  home: {
    sure: "home nyumbani living_room sebule sebuleni sitting_room at_home keja",
    likely: "family familia evening rest parents house nyumba",
  },
  library: { sure: "library maktaba bookshop", likely: "books vitabu study research utafiti reading" },
};

export const timeWords: Record<Time, string> = {
  dawn: "dawn sunrise morning asubuhi alfajiri mapambazuko macheo breakfast 5am 6am jogoo early_morning kumekucha",
  day: "noon midday mchana adhuhuri afternoon alasiri lunch sunny daylight",
  dusk: "dusk sunset evening jioni machweo twilight magharibi",
  night: "night usiku midnight moon mwezi_mwangavu stars nyota tonight dark giza nightclub usingizi sleepless",
};

export const womanWords =
  "she her hers woman women mwanamke wanawake mama dada girl msichana wasichana mother sister daughter binti nyanya shosho bibi wife mke queen malkia lady manzi dem mathe auntie shangazi businesswoman wanjiku achieng amina akinyi wambui njeri fatuma aisha mary neema halima atieno wangari makena";
export const manWords =
  "he his him man men mwanaume wanaume baba kaka boy mvulana wavulana father brother son husband mume king mfalme jamaa chali boychild gentleman mzee babu uncle mjomba businessman otieno kamau juma hassan mwangi kipchoge ochieng john peter james ali omondi kiprop njoroge brian kevin";

/** Cities and countries with another skyline than Nairobi's. */
export const elsewhereWords =
  "lagos abuja nigeria* naija accra ghana* dakar senegal* sénégal abidjan ivoir* kinshasa congo* luanda angola* maputo moçambique mozambique johannesburg cape_town durban south_africa suid-afrika pretoria gaborone botswana harare zimbabwe lusaka zambia kampala uganda kigali rwanda addis ethiopia* dar_es_salaam tanzania dodoma cairo egypt* casablanca morocc* tunis algiers khartoum mogadishu somalia douala yaounde cameroon bamako lisboa portugal brasil brazil rio_de_janeiro são_paulo madrid méxico bogotá lima paris london berlin milano roma delhi mumbai india dubai new_york america beijing china tokyo";
