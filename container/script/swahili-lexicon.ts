/** English to Swahili, word by word. A noun is "english=swahili/class/plural"; class `a` is a person or animal whose word does not take m-/wa-. */

export type NounClass = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 14 | 15;
export type SwahiliNoun = { text: string; nounClass: NounClass; isAnimate: boolean };

const nounList =
  "entrepreneur=mjasiriamali/1/wajasiriamali farmer=mkulima/1/wakulima teacher=mwalimu/1/walimu student=mwanafunzi/1/wanafunzi pupil=mwanafunzi/1/wanafunzi child=mtoto/1/watoto kid=mtoto/1/watoto " +
  "boy=mvulana/1/wavulana girl=msichana/1/wasichana man=mwanamume/1/wanaume woman=mwanamke/1/wanawake person=mtu/1/watu elder=mzee/1/wazee parent=mzazi/1/wazazi worker=mfanyakazi/1/wafanyakazi " +
  "trader=mfanyabiashara/1/wafanyabiashara vendor=mchuuzi/1/wachuuzi hawker=mchuuzi/1/wachuuzi singer=mwimbaji/1/waimbaji writer=mwandishi/1/waandishi artist=msanii/1/wasanii player=mchezaji/1/wachezaji " +
  "runner=mwanariadha/1/wanariadha athlete=mwanariadha/1/wanariadha scientist=mwanasayansi/1/wanasayansi engineer=mhandisi/1/wahandisi fisherman=mvuvi/1/wavuvi tourist=mtalii/1/watalii leader=kiongozi/7a/viongozi " +
  "youth=kijana/7a/vijana orphan=yatima/a/mayatima widow=mjane/1/wajane neighbour=jirani/a/majirani neighbor=jirani/a/majirani customer=mteja/1/wateja cook=mpishi/1/wapishi chef=mpishi/1/wapishi baker=mwokaji/1/waokaji " +
  "doctor=daktari/a/madaktari nurse=muuguzi/1/wauguzi driver=dereva/a/madereva rider=mwendeshaji/1/waendeshaji pilot=rubani/a/marubani mechanic=fundi/a/mafundi tailor=fundi/a/mafundi pastor=mchungaji/1/wachungaji " +
  "king=mfalme/1/wafalme queen=malkia/a/malkia hero=shujaa/a/mashujaa president=rais/a/marais friend=rafiki/a/marafiki mother=mama/a/mama mum=mama/a/mama mom=mama/a/mama father=baba/a/baba dad=baba/a/baba sister=dada/a/dada " +
  "brother=kaka/a/kaka grandmother=bibi/a/bibi grandfather=babu/a/babu family=familia/9/familia lion=simba/a/simba elephant=tembo/a/tembo goat=mbuzi/a/mbuzi cow=ng'ombe/a/ng'ombe chicken=kuku/a/kuku " +
  "bird=ndege/a/ndege dog=mbwa/a/mbwa cat=paka/a/paka hare=sungura/a/sungura tortoise=kobe/a/kobe hyena=fisi/a/fisi fish=samaki/a/samaki bee=nyuki/a/nyuki developer=msanidi/1/wasanidi " +
  "tree=mti/3/miti river=mto/3/mito village=kijiji/7/vijiji city=mji/3/miji town=mji/3/miji street=mtaa/3/mitaa road=barabara/9/barabara house=nyumba/9/nyumba home=nyumba/9/nyumba school=shule/9/shule " +
  "class=darasa/5/madarasa classroom=darasa/5/madarasa church=kanisa/5/makanisa mosque=msikiti/3/misikiti hospital=hospitali/9/hospitali clinic=zahanati/9/zahanati market=soko/5/masoko shop=duka/5/maduka " +
  "business=biashara/9/biashara company=kampuni/9/kampuni bank=benki/9/benki farm=shamba/5/mashamba garden=bustani/9/bustani kitchen=jiko/5/majiko restaurant=mkahawa/3/mikahawa bakery=duka_la_mikate/5/maduka_ya_mikate " +
  "library=maktaba/9/maktaba office=ofisi/9/ofisi factory=kiwanda/7/viwanda bridge=daraja/5/madaraja phone=simu/9/simu computer=kompyuta/9/kompyuta internet=intaneti/9/intaneti technology=teknolojia/9/teknolojia " +
  "software=programu/9/programu app=app/9/app ai=AI/9/AI startup=startup/9/startup robot=roboti/9/roboti drone=drone/9/drone website=tovuti/9/tovuti machine=mashine/9/mashine tool=kifaa/7/vifaa " +
  "electricity=umeme/3/umeme light=mwanga/3/mianga energy=nishati/9/nishati power=nishati/9/nishati sun=jua/5/majua water=maji/6/maji rain=mvua/9/mvua drought=ukame/14/ukame flood=mafuriko/6/mafuriko weather=hali_ya_hewa/9/hali_ya_hewa " +
  "climate=tabianchi/9/tabianchi environment=mazingira/6/mazingira forest=msitu/3/misitu lake=ziwa/5/maziwa ocean=bahari/9/bahari sea=bahari/9/bahari beach=ufuo/11/fuo mountain=mlima/3/milima soil=udongo/3/udongo " +
  "seed=mbegu/9/mbegu plant=mmea/3/mimea flower=ua/5/maua maize=mahindi/6/mahindi coffee=kahawa/9/kahawa tea=chai/9/chai bean=haragwe/5/maharagwe honey=asali/9/asali milk=maziwa/6/maziwa egg=yai/5/mayai " +
  "avocado=parachichi/5/maparachichi tomato=nyanya/9/nyanya vegetable=mboga/9/mboga fruit=tunda/5/matunda rice=wali/14/wali bread=mkate/3/mikate cake=keki/9/keki chapati=chapati/9/chapati food=chakula/7/vyakula meat=nyama/9/nyama " +
  "health=afya/9/afya disease=ugonjwa/14/magonjwa malaria=malaria/9/malaria medicine=dawa/9/dawa exercise=mazoezi/6/mazoezi sleep=usingizi/14/usingizi hygiene=usafi/14/usafi stress=msongo_wa_mawazo/3/msongo_wa_mawazo diabetes=kisukari/7/kisukari " +
  "education=elimu/9/elimu lesson=somo/5/masomo book=kitabu/7/vitabu exam=mtihani/3/mitihani science=sayansi/9/sayansi mathematics=hesabu/9/hesabu math=hesabu/9/hesabu history=historia/9/historia language=lugha/9/lugha " +
  "culture=utamaduni/14/tamaduni tradition=mila/9/mila heritage=urithi/14/urithi music=muziki/3/muziki song=wimbo/11/nyimbo dance=ngoma/9/ngoma drum=ngoma/9/ngoma art=sanaa/9/sanaa film=filamu/9/filamu football=mpira/3/mpira " +
  "soccer=mpira/3/mpira game=mchezo/3/michezo team=timu/9/timu race=mbio/10/mbio marathon=marathon/9/marathon money=pesa/9/pesa saving=akiba/9/akiba budget=bajeti/9/bajeti loan=mkopo/3/mikopo debt=deni/5/madeni " +
  "job=kazi/9/kazi work=kazi/9/kazi price=bei/9/bei god=Mungu/1/miungu faith=imani/9/imani hope=tumaini/5/matumaini love=upendo/14/upendo peace=amani/9/amani prayer=sala/9/sala grace=neema/9/neema " +
  "forgiveness=msamaha/3/misamaha gratitude=shukrani/9/shukrani courage=ujasiri/14/ujasiri wisdom=hekima/9/hekima truth=ukweli/14/ukweli dream=ndoto/9/ndoto idea=wazo/5/mawazo plan=mpango/3/mipango story=hadithi/9/hadithi " +
  "journey=safari/9/safari life=maisha/6/maisha day=siku/9/siku night=usiku/14/usiku morning=asubuhi/9/asubuhi future=mustakabali/3/mustakabali change=mabadiliko/6/mabadiliko passenger=abiria/a/abiria success=mafanikio/6/mafanikio failure=kushindwa/15/kushindwa challenge=changamoto/9/changamoto " +
  "freedom=uhuru/14/uhuru independence=uhuru/14/uhuru war=vita/10/vita community=jamii/9/jamii country=nchi/9/nchi nation=taifa/5/mataifa government=serikali/9/serikali election=uchaguzi/14/chaguzi leadership=uongozi/14/uongozi " +
  "wedding=harusi/9/harusi birthday=siku_ya_kuzaliwa/9/siku_za_kuzaliwa festival=tamasha/5/matamasha party=sherehe/9/sherehe meeting=mkutano/3/mikutano car=gari/5/magari bus=basi/5/mabasi bicycle=baiskeli/9/baiskeli " +
  "motorbike=pikipiki/9/pikipiki motorcycle=pikipiki/9/pikipiki matatu=matatu/9/matatu train=treni/9/treni plane=ndege/9/ndege airport=uwanja_wa_ndege/3/viwanja_vya_ndege traffic=msongamano_wa_magari/3/misongamano_ya_magari transport=usafiri/14/usafiri " +
  "service=huduma/9/huduma product=bidhaa/9/bidhaa quality=ubora/14/ubora benefit=faida/9/faida importance=umuhimu/14/umuhimu cause=sababu/9/sababu effect=athari/9/athari danger=hatari/9/hatari problem=tatizo/5/matatizo " +
  "solution=suluhisho/5/masuluhisho type=aina/9/aina way=njia/9/njia secret=siri/9/siri rise=kuinuka/15/kuinuka beginning=mwanzo/3/mianzo end=mwisho/3/miisho power_of=nguvu/9/nguvu strength=nguvu/9/nguvu friendship=urafiki/14/urafiki " +
  "kindness=wema/14/wema patience=subira/9/subira honesty=uaminifu/14/uaminifu unity=umoja/14/umoja marriage=ndoa/9/ndoa plastic=plastiki/9/plastiki waste=taka/9/taka pollution=uchafuzi/14/uchafuzi conservation=uhifadhi/14/uhifadhi " +
  "farming=kilimo/7/vilimo agriculture=kilimo/7/vilimo beekeeping=ufugaji_wa_nyuki/14/ufugaji_wa_nyuki poultry=ufugaji_wa_kuku/14/ufugaji_wa_kuku tourism=utalii/14/utalii wildlife=wanyamapori/2/wanyamapori fashion=mitindo/4/mitindo " +
  "salon=saluni/9/saluni clothes=nguo/10/nguo dress=gauni/5/magauni shoe=kiatu/7/viatu hair=nywele/10/nywele investment=uwekezaji/14/uwekezaji insurance=bima/9/bima tax=kodi/9/kodi salary=mshahara/3/mishahara cooperative=chama_cha_ushirika/7/vyama_vya_ushirika";

const adjectiveStems =
  "small=dogo little=dogo big=kubwa large=kubwa great=kubwa good=zuri beautiful=zuri nice=zuri new=pya long=refu tall=refu short=fupi hard=gumu difficult=gumu old=kuukuu bad=baya deep=refu clean=safi! safe=salama! free=bure! rich=tajiri! " +
  "poor=maskini! brave=jasiri! famous=maarufu! important=muhimu! simple=rahisi! easy=rahisi! cheap=nafuu! affordable=nafuu! best=bora! better=bora! clever=hodari! smart=hodari! humble=nyenyekevu! lazy=vivu strong=imara! talented=hodari! " +
  "kind=karimu! curious=dadisi hot=moto! fresh=bichi";
const connectiveWords =
  "modern=kisasa traditional=jadi cultural=kitamaduni digital=kidijitali online=mtandaoni mobile=simu solar=jua local=mtaani public=umma national=taifa global=dunia natural=asili economic=uchumi political=siasa financial=fedha " +
  "medical=matibabu electric=umeme religious=dini african=Kiafrika swahili=Kiswahili organic=asili dairy=maziwa primary=msingi rural=kijijini urban=mjini young=kijana";
const verbList =
  "build=jenga start=anzisha open=fungua learn=jifunza teach=fundisha sell=uza buy=nunua find=pata discover=gundua save=okoa help=saidia plant=panda grow=lima become=kuwa win=shinda travel=safiri run=endesha want=taka " +
  "make=tengeneza create=buni launch=zindua lead=ongoza change=badilisha meet=kutana_na love=penda lose=poteza use=tumia protect=linda study=soma write=andika sing=imba cook=pika bake=oka repair=tengeneza fix=tengeneza design=buni invent=buni return=rudi " +
  "face=kabiliana_na overcome=shinda drive=endesha ride=endesha keep=tunza raise=lea feed=lisha take=chukua give=toa join=jiunga_na explore=chunguza celebrate=sherehekea visit=tembelea earn=pata invest=wekeza leave=acha play=cheza paint=chora " +
  "farm=lima harvest=vuna walk=tembea work=fanya_kazi read=soma clean=safisha share=shiriki follow=fuata fight=pigania rescue=okoa transform=badilisha improve=boresha reduce=punguza choose=chagua produce=zalisha sew=shona solve=tatua found=anzisha " +
  "forgive=samehe remember=kumbuka carry=beba eat=la_chakula drink=nywa manage=simamia prepare=andaa treat=tibu heal=ponya prevent=zuia wash=osha make_money=pata_pesa speak=zungumza trust=amini believe=amini put-savings=weka_akiba code=andika_msimbo swim=ogelea recycle=rejeleza fly=rusha train=funza";

const shengNouns =
  "entrepreneur=hustler/a/mahustler farmer=mkulima/1/wakulima person=msee/1/wasee man=jamaa/a/majamaa boy=chali/a/machali girl=msupa/1/wasupa woman=mathe/a/mamathe child=mtoi/1/watoi kid=mtoi/1/watoi friend=beshte/a/mabeshte money=doo/9/doo " +
  "car=ndai/9/ndai house=keja/9/keja home=keja/9/keja food=dishi/9/dishi father=buda/a/mabuda mother=mathe/a/mamathe grandmother=shosho/a/mashosho teacher=ticha/a/maticha driver=dere/a/madere city=tao/9/tao town=tao/9/tao job=job/9/majob " +
  "business=biz/9/biz matatu=mat/9/mat motorbike=nduthi/9/nduthi motorcycle=nduthi/9/nduthi beautician=beautician/a/mabeautician party=form/9/form hero=legend/a/malegend song=ngoma/9/ngoma music=ngoma/9/ngoma story=story/9/stories idea=idea/9/ideas";

function pairs(list: string): [string, string][] {
  return list.split(" ").map((item) => {
    const [english = "", swahili = ""] = item.split("=");
    return [english, swahili.replace(/_/gu, " ")];
  });
}

type NounEntry = { singular: SwahiliNoun; plural: SwahiliNoun };
const pluralClass: Readonly<Partial<Record<NounClass, NounClass>>> = { 1: 2, 3: 4, 5: 6, 7: 8, 9: 10, 11: 10 };

function nounEntries(list: string): Map<string, NounEntry> {
  return new Map(
    pairs(list).map(([english, entry]) => {
      const [text = "", mark = "9", plural = text] = entry.split("/");
      const isAnimate = /^(?:1|7a|a)$/u.test(mark) || english === "wildlife";
      const nounClass = (isAnimate && mark !== "2" ? 1 : Number(mark)) as NounClass;
      const manyClass = isAnimate ? 2 : (pluralClass[nounClass] ?? nounClass);
      return [
        english,
        { singular: { text, nounClass, isAnimate }, plural: { text: plural, nounClass: manyClass, isAnimate } },
      ];
    }),
  );
}

const nouns = nounEntries(nounList);
const streetNouns = nounEntries(shengNouns);
const stems = new Map(pairs(adjectiveStems));
const connectives = new Map(pairs(connectiveWords));
const verbs = new Map(pairs(verbList));
const swahiliForms = new Set([...nouns.values()].flatMap(({ singular, plural }) => [singular.text, plural.text]));
const animateForms = new Set(
  [...nouns.values(), ...streetNouns.values()]
    .filter(({ singular }) => singular.isAnimate)
    .flatMap(({ singular, plural }) => [singular.text, plural.text]),
);

const irregularPlurals = new Map(
  pairs(
    "men=man women=woman children=child people=person wives=wife lives=life leaves=leaf fish=fish fishermen=fisherman youths=youth kids=kid",
  ),
);

/** The Swahili (or Sheng) noun for an English one, singular or plural as it was written. */
export function swahiliNoun(word: string, isSheng: boolean): SwahiliNoun | undefined {
  const lower = word.toLowerCase();
  const find = (key: string) => (isSheng ? streetNouns.get(key) : undefined) ?? nouns.get(key);
  const exact = find(lower);
  if (exact !== undefined) return lower === "people" ? exact.plural : exact.singular;
  const irregular = irregularPlurals.get(lower);
  if (irregular !== undefined) return find(irregular)?.plural;
  const single =
    find(lower.replace(/ies$/u, "y")) ??
    find(lower.replace(/(?<=s|x|z|ch|sh|o)es$/u, "")) ??
    (lower.endsWith("s") ? find(lower.slice(0, -1)) : undefined);
  return single?.plural;
}

/** Stem of an adjective that agrees, or with "!" the whole word of one that does not. */
export function swahiliAdjective(word: string): string | undefined {
  return stems.get(word.toLowerCase());
}

export function swahiliConnectiveWord(word: string): string | undefined {
  return connectives.get(word.toLowerCase());
}

export function swahiliVerbStem(base: string): string | undefined {
  return verbs.get(base);
}

export function isSwahiliNoun(word: string): boolean {
  return swahiliForms.has(word.toLowerCase());
}

export function isSwahiliPerson(word: string): boolean {
  return animateForms.has(word.toLowerCase());
}
