import type { Domain } from "./line-book.ts";

export const swahiliDomains: Readonly<Record<Domain, readonly string[]>> = {
  technology: [
    "Kompyuta usiku | Usiku wa manane kompyuta bado inawaka, na hatimaye msimbo unafanya kazi.",
    "Simu mkononi | Siku hizi simu moja inaweza kubeba benki, maktaba na darasa.",
    "Watumiaji wa kwanza | Watumiaji wa kwanza husema ukweli, na huwa walimu bora wa mbunifu.",
    "Umeme ukikatika | Umeme ukikatika mawazo hayazimiki, yanawaka kwa mwanga wa mshumaa.",
    "Teknolojia na watu | Teknolojia bora haijionyeshi; inampa mtu muda wake tu.",
  ],
  farming: [
    "Udongo mwekundu | Baada ya mvua udongo ni laini, na kila mbegu ni ahadi ndogo.",
    "Kutazama anga | Mkulima husoma anga kila asubuhi kama wengine wanavyosoma gazeti.",
    "Shamba la mahindi | Mistari ya mahindi na maharagwe imepanda kilima, na majembe yako kazini.",
    "Maji ni uhai | Tangi moja na mkono makini vinaweza kufanya shamba kavu kuwa la kijani.",
    "Siku ya mavuno | Siku ya mavuno subira hupimwa, huhesabiwa, na hugawanywa.",
  ],
  market: [
    "Soko linaamka | Soko linaamka kabla ya jua, kwa vikapu, vitambaa na maelewano ya bei.",
    "Duka dogo | Duka dogo si duka tu, ni mahali ambapo mtaa mzima hukutana.",
    "Mteja wa kwanza | Mteja wa kwanza wa siku huleta bahati, na mara nyingi huleta simulizi.",
    "Daftari | Daftari kando ya kaunta hukumbuka kila shilingi na kila somo.",
    "Kukua polepole | Meza moja inakuwa kibanda, kibanda kinakuwa duka, duka linakuwa jina.",
  ],
  school: [
    "Chaki na ndoto | Vumbi la chaki linaelea kwenye mwanga, na mikono midogo iko juu.",
    "Kitabu wazi | Kitabu kilichofunguliwa ni dirisha, hata darasani kwenye taa moja.",
    "Mwalimu mwema | Mwalimu mwema humwona daktari na rubani kabla mtoto mwenyewe hajajiona.",
    "Njia ya shule | Njiani kwenda shule viatu vinashika vumbi, na nyimbo zinaimbwa.",
    "Kengele | Kengele ikilia somo haliishi; linaenda nyumbani na kuuliza maswali.",
  ],
  health: [
    "Mwili wenye afya | Mwili wenye afya hujengwa kwa maji safi, chakula bora na usingizi.",
    "Zahanati | Kwenye zahanati, muuguzi mtulivu na neno zuri ni nusu ya dawa.",
    "Mikono safi | Kunawa mikono ni tabia ndogo yenye faida kubwa kwa kila nyumba.",
    "Sikiliza mwili | Mwili huongea kwa sauti ndogo; kuusikiliza mapema ni kinga bora.",
    "Matembezi ya asubuhi | Matembezi mafupi ya asubuhi huamsha moyo na kusafisha mawazo.",
  ],
  faith: [
    "Sala ya kimya | Chumbani, kabla simu haijaamka, sala fupi hubadilisha siku nzima.",
    "Neno la Mungu | Maneno ya zamani kwenye ukurasa mwembamba bado hugusa moyo mpya.",
    "Nyimbo za Jumapili | Sauti zinapaa Jumapili asubuhi, na kila mzigo unakuwa mwepesi.",
    "Imani na kazi | Imani haichukui nafasi ya kazi; inaipa mikono sababu ya kuamka.",
    "Mshumaa | Mshumaa mmoja haubishani na giza; unawaka tu, na giza linaondoka.",
  ],
  nature: [
    "Mti mkubwa | Mti mkubwa huwapa kivuli hata wasiojua jina la aliyeupanda.",
    "Mto | Mto huanza kwa matone machache chini ya jiwe, na bado hufika baharini.",
    "Jua na mvua | Jua, mvua na upepo hugawana kazi, na kila kijani hutegemea hilo.",
    "Panda mti | Mche mmoja mkononi mwa mtoto unaweza kuwa mwanzo wa msitu.",
    "Dunia safi | Tunachotupa hakipotei; kinatusubiri mtoni na kwenye udongo.",
  ],
  sport: [
    "Filimbi ya kwanza | Filimbi inalia, vumbi linapanda uwanjani, na mioyo inadunda haraka.",
    "Mazoezi ya alfajiri | Mabingwa hutengenezwa alfajiri, wakati hakuna mashabiki wala kamera.",
    "Timu | Timu ni ahadi: mmoja akianguka, wengine kumi wanageuka nyuma.",
    "Baada ya kushindwa | Kushindwa huketi kimya kwenye benchi, kisha huwa kocha bora.",
    "Dakika ya mwisho | Dakika ya mwisho miguu imechoka, kwa hiyo moyo ndio unaokimbia.",
  ],
  music: [
    "Mdundo wa kwanza | Kwanza unasikika mdundo, laini kama nyayo, kisha hakuna anayekaa.",
    "Rangi na ukuta | Ukuta mtupu, rangi kidogo na mkono makini vinaweza kusimamisha mtaa.",
    "Ngoma | Ngoma huongea lugha ya kale, na hata miguu midogo huielewa.",
    "Jukwaani | Jukwaani mikono inatetemeka, kisha noti ya kwanza inaondoa hofu.",
    "Wimbo husafiri | Wimbo mzuri hauhitaji pasipoti; huvuka mipaka mdomoni mwa mtu.",
  ],
  food: [
    "Harufu ya vitunguu | Vitunguu vinagusa mafuta ya moto, na majirani wanapata sababu ya kutembelea.",
    "Jikoni | Jikoni ni darasa lenye joto: unga mikononi, mvuke dirishani, na vicheko.",
    "Kutoka sokoni | Nyanya mbichi, mboga za majani na chumvi kidogo vinatosha kuanza vizuri.",
    "Sahani moja | Kwenye sahani moja kubwa ugomvi hupungua, na simulizi huongezeka.",
    "Tonge la kwanza | Kisha linakuja tonge la kwanza, kimya kifupi, na tabasamu.",
  ],
  travel: [
    "Barabara wazi | Barabara inanyooka mbele, upepo unavuma, na vilima vinabadilika rangi.",
    "Nyasi za dhahabu | Kwenye nyasi za dhahabu kundi la wanyama linatembea polepole.",
    "Ufukweni | Maji yanapokutana na mchanga, mashua hupumzika na watoto hukimbia.",
    "Macheo | Jua linapochomoza anga inakuwa rangi ya machungwa, na wote wananyamaza.",
    "Nyuso mpya | Zawadi bora ya msafiri ni rafiki mpya, kisha mapishi mapya.",
  ],
  family: [
    "Nyumbani | Nyumbani ni sauti ya sahani, ya miguu midogo, na ya umeshakula?",
    "Mikono ya mama | Mikono ya mama imebeba maji, vitabu na hofu, na bado ni laini.",
    "Mezani | Mezani vizazi vitatu vinaongea kwa pamoja, na kila mtu anasikika.",
    "Wema mdogo | Upendo hujificha kwenye wema mdogo: chai ya moto, simu kwa wakati.",
    "Tusimame pamoja | Paa moja likivuja, mikono mingi huleta ndoo. Hiyo ndiyo familia.",
  ],
  history: [
    "Picha za zamani | Kwenye picha za zamani macho yanatutazama, kana kwamba yanasubiri swali.",
    "Wasimulizi | Kabla ya vitabu kulikuwa na wasimulizi, na walihifadhi kumbukumbu ya mataifa.",
    "Nyayo | Kila mtaa umejengwa juu ya nyayo za kale, na nyingine zilibadilisha dunia.",
    "Safari ya uhuru | Uhuru ulitembelewa, uliimbiwa na ulilipiwa na watu tusiowajua majina.",
    "Yaliyopita | Yaliyopita hayatuombi tuishi humo; yanatuomba tusikilize tu.",
  ],
  money: [
    "Kibubu | Kibubu chenye sarafu chache huonekana bure, hadi mwezi kinapookoa siku.",
    "Andika | Andika kila shilingi kwa wiki moja, na mazoea yako yataanza kuongea.",
    "Hitaji na tamaa | Kati ya hitaji na tamaa kuna usiku mmoja wa kulala vizuri.",
    "Chama | Kwenye chama, mikono kumi midogo huinua kisichoinuliwa na mkono mmoja mkubwa.",
    "Polepole | Pesa hukua kama mti: polepole, kimya, na mara nyingi bila mtu kutazama.",
  ],
  transport: [
    "Matatu ya kwanza | Matatu ya kwanza huondoka gizani, na nyuso zenye usingizi na ndoto.",
    "Magurudumu mawili | Magurudumu mawili na kofia moja huendesha nusu ya mji.",
    "Barabara ndefu | Barabara ni ndefu, redio iko chini, na kila kona ina mandhari mapya.",
    "Stendi | Stendini honi, sauti na muziki huchanganyika, lakini wote hufika nyumbani.",
    "Fika salama | Dereva bora si mwenye kasi, ni yule anayefika salama kila mara.",
  ],
  general: [
    "Asubuhi mjini | Asubuhi huja na harufu ya chai, sauti ya mifagio na anga ya dhahabu.",
    "Watu | Watazame watu wenyewe: wamechoka, wanacheka, na bado wana matumaini.",
    "Mikono kazini | Mambo mema mara nyingi hufanywa na mikono isiyopigiwa makofi.",
    "Subira | Subira si kungoja bila tumaini; ni kufanya kazi bila haraka.",
    "Kikombe cha chai | Kwenye kikombe cha chai, magumu huwa mepesi na wageni huwa marafiki.",
    "Jioni | Jioni kelele hupungua, na unapatikana muda wa kuona siku ilichojenga.",
    "Hatua moja | Hakuna apandaye mlima kwa hatua moja, lakini kila mtu anaweza kuanza.",
    "Machweo | Jua linazama polepole, kana kwamba nalo linataka kusikia mwisho wake.",
    "Sababu ya kutabasamu | Hata siku ngumu ina mtoto anayecheka mahali fulani, na hiyo inatosha.",
  ],
};

export const swahiliDetails: readonly string[] = [
  "Jambo moja zaidi | Na kuna jambo moja zaidi la kujua: {detail}.",
  "Usisahau | Usisahau na hili pia, maana ni muhimu: {detail}.",
  "Pia kumbuka | Tena kuna hili la kukumbuka: {detail}.",
];

export const swahiliTails: readonly string[] = [
  "Na safari inaendelea.",
  "Hilo ni jambo la kukumbuka.",
  "Hebu tafakari kidogo.",
  "Na hadithi haiishii hapo.",
  "Kila neno hapo lina uzito.",
];
