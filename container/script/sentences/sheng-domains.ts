import type { Domain } from "./line-book.ts";

export const shengDomains: Readonly<Record<Domain, readonly string[]>> = {
  technology: [
    "Laptop usiku | Usiku wa manane laptop bado inawaka, na mwishowe code inaweza.",
    "Simu mkononi | Siku hizi simu moja inaweza beba bank, library na class.",
    "Users wa kwanza | Users wa kwanza husema ukweli, na ndio ma-teacher wa builder.",
    "Stima ikipotea | Stima ikipotea idea haizimi, inawaka na mshumaa na powerbank.",
  ],
  farming: [
    "Shamba asubuhi | Baada ya mvua mchanga iko soft, na kila mbegu ni promise ndogo.",
    "Kucheki sky | Mkulima hucheki sky kila morning vile wengine hucheki simu.",
    "Maji ni life | Tank moja na mkono makini inaweza fanya shamba kavu ikuwe green.",
    "Siku ya mavuno | Siku ya mavuno, ile subira yote inapimwa na kuhesabiwa.",
  ],
  market: [
    "Soko asubuhi | Soko inaamka kabla ya jua, na vikapu, nguo na bargain moto.",
    "Duka ya mtaa | Duka ya mtaa si duka tu, ni place watu wote hukutana.",
    "Customer wa kwanza | Customer wa kwanza huleta luck, na mara mingi huleta story.",
    "Kugrow | Meza moja inakuwa kibanda, kibanda inakuwa duka, duka inakuwa jina.",
  ],
  school: [
    "Chaki na ndoto | Vumbi ya chaki iko kwa hewa, na mikono ndogo ziko juu.",
    "Kitabu | Kitabu imefunguliwa ni dirisha, hata kwa class iko na bulb moja.",
    "Ticha mpoa | Ticha mpoa huona daktari na pilot kabla mtoi mwenyewe ajione.",
    "Kengele | Kengele ikilia somo haiishi; inaenda home na kuuliza maswali.",
  ],
  health: [
    "Mwili fiti | Mwili fiti hujengwa na maji safi, dishi poa na usingizi.",
    "Clinic | Kwa clinic, nurse mpole na neno poa ni nusu ya dawa.",
    "Mikono safi | Kuosha mikono ni habit ndogo, but faida yake ni kubwa mbaya.",
    "Skiza mwili | Mwili huongea na sauti ndogo; kuskiza mapema ndio kinga poa.",
  ],
  faith: [
    "Sala ya asubuhi | Kabla ushike simu asubuhi, sala fupi inaweza change siku yote.",
    "Nyimbo za Sunday | Sunday morning sauti zinapanda juu, na mzigo inakuwa light.",
    "Imani na kazi | Imani haitoi kazi; inapea mikono sababu ya kuamka.",
    "Mshumaa | Mshumaa moja haibishani na giza; inawaka tu, na giza inahepa.",
  ],
  nature: [
    "Mti kubwa | Mti kubwa hupea kivuli hata watu hawajui nani aliupanda.",
    "Mto | Mto huanza na matone kidogo chini ya jiwe, na bado hufika ocean.",
    "Panda mti | Mche moja kwa mkono ya mtoi inaweza kuwa mwanzo wa msitu.",
    "Mtaa safi | Takataka tunatupa haipotei; inatungoja kwa mto na kwa mchanga.",
  ],
  sport: [
    "Filimbi | Filimbi inalia, vumbi inapanda, na moyo za mafans zinadunda.",
    "Training mapema | Ma-champion hutengenezwa asubuhi mapema, wakati hakuna camera.",
    "Team | Team ni promise: mmoja akianguka, wengine kumi wanageuka.",
    "Dakika ya mwisho | Dakika ya mwisho miguu imechoka, so ni moyo inakimbia.",
  ],
  music: [
    "Beat ya kwanza | Kwanza inashika beat, pole pole, alafu hakuna msee anakaa chini.",
    "Rangi na ukuta | Ukuta, rangi kidogo na mkono fiti inaweza simamisha mtaa yote.",
    "Stage | Kwa stage mikono inatetemeka, alafu note ya kwanza inatoa uoga.",
    "Ngoma inasafiri | Ngoma kali haihitaji passport; inavuka border kwa mdomo ya watu.",
  ],
  food: [
    "Harufu ya kitunguu | Kitunguu ikigusa mafuta moto, majirani wote wanapata sababu ya kuvisit.",
    "Jikoni | Jikoni ni class iko na joto: unga kwa mikono, na vicheko kibao.",
    "Sahani moja | Kwa sahani moja kubwa, beef hupungua na stories huongezeka.",
    "Dishi tayari | Alafu inakuja bite ya kwanza, kimya kidogo, na smile.",
  ],
  travel: [
    "Barabara wazi | Barabara iko clear, upepo inavuma, na milima inachange rangi.",
    "Nyasi za gold | Kwa nyasi za gold, wanyama wanatembea pole pole bila stress.",
    "Beach | Place maji inakutana na mchanga, watoi wanakimbia na time inaslow.",
    "Sunrise | Jua ikitoka sky inakuwa orange, na watu wote wananyamaza.",
  ],
  family: [
    "Home | Home ni sauti ya sahani, ya miguu ndogo, na ya ushakula?",
    "Mikono ya mathe | Mikono ya mathe imebeba maji, vitabu na stress, na bado ni soft.",
    "Kwa meza | Kwa meza generations tatu zinabonga pamoja, na kila mtu anaskika.",
    "Tusimame pamoja | Paa moja ikivuja, mikono mingi huleta ndoo. Hiyo ndio familia.",
  ],
  history: [
    "Picha za kitambo | Kwa picha za kitambo macho zinatucheki, kama zinangoja swali.",
    "Wazee wa story | Kabla ya vitabu kulikuwa na wazee wa story, na walikumbuka kila kitu.",
    "Nyayo | Kila mtaa imejengwa juu ya nyayo za kitambo, na zingine zilichange dunia.",
    "Safari ya uhuru | Uhuru ilipiganiwa na kuimbiwa na watu hatujui majina yao.",
  ],
  money: [
    "Coins kidogo | Coins kidogo kwa mkebe hukaa bure, mpaka mwezi zinaokoa siku.",
    "Andika | Andika kila bob wiki moja, na habits zako zitaanza kuongea.",
    "Chama | Kwa chama, mikono kumi ndogo huinua mzigo mkono moja kubwa haiwezi.",
    "Pole pole | Doo hukua kama mti: pole pole, kimya, bila mtu kucheki.",
  ],
  transport: [
    "Mat ya kwanza | Mat ya kwanza hutoka kukiwa giza, na watu wako na usingizi na ndoto.",
    "Nduthi | Nduthi moja na helmet moja hupeleka nusu ya tao mbele.",
    "Stage | Kwa stage honi, makanga na ngoma zinachanganyika, but wote hufika home.",
    "Fika salama | Dere mpoa si mwenye speed, ni yule hufika salama kila time.",
  ],
  general: [
    "Asubuhi tao | Asubuhi inakuja na harufu ya chai, kelele za mtaa na sky ya gold.",
    "Watu | Cheki watu wenyewe: wamechoka, wanacheka, na bado wako na hope.",
    "Mikono kazini | Vitu poa mara mingi hufanywa na mikono haipigiwi makofi.",
    "Subira | Subira si kungoja bila hope; ni kufanya kazi bila haraka.",
    "Cup ya chai | Kwa cup ya chai, shida ngumu huwa nyepesi na wageni huwa mabeshte.",
    "Jioni | Jioni kelele inapungua, na unapata time ya kuona siku imejenga nini.",
    "Step moja | Hakuna mtu hupanda mlima na step moja, but kila mtu anaweza anza.",
    "Sunset | Jua inaingia pole pole, kama pia yenyewe inataka kuskia mwisho.",
    "Sababu ya smile | Hata siku ngumu iko na mtoi anacheka mahali, na hiyo inatosha.",
  ],
};

export const shengDetails: readonly string[] = [
  "Kitu ingine | Na kuna kitu moja ingine ya kujua: {detail}.",
  "Usisahau | Usisahau hii pia, juu ni muhimu: {detail}.",
  "Pia kumbuka | Tena kuna hii ya kukumbuka: {detail}.",
];

export const shengTails: readonly string[] = [
  "Na story inaendelea.",
  "Hiyo ni kitu ya kukumbuka.",
  "Hebu fikiria kidogo.",
  "Na story haiishii hapo.",
  "Kila neno hapo iko na uzito.",
];
