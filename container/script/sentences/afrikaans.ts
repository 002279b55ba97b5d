import { compactBook } from "./line-book.ts";

export const afrikaansBook = compactBook(
  {
    story: {
      hook: [
        "Ons storie | Hier is 'n storie wat vertel moet word: {topic}.",
        "So begin dit | Alles begin met 'n paar eenvoudige woorde: {topic}.",
        "Luister mooi | Luister mooi, want vandag se storie kom uit die hart: {topic}.",
        "Die vraag | Ons storie begin met 'n vraag: {question} Die antwoord vra moed.",
      ],
      context: [
        "Voor dagbreek | Elke oggend, nog voor die son opkom, begin die werk in stilte.",
        "'n Klein begin | Aan die begin is daar amper niks: 'n bietjie hoop en baie geduld.",
        "Die twyfel | Die bure glimlag, die vriende twyfel, maar die droom gaan nie dood nie.",
        "'n Belofte | Daardie week word 'n stil belofte gemaak: om nooit moed op te gee nie.",
      ],
      turn: [
        "Die moeilike tyd | Dan kom die moeilike tyd, wanneer een deur na die ander toegaan.",
        "'n Helpende hand | Hulp kom van waar niemand dit verwag nie: iemand gaan staan en sê, hou aan.",
        "Weer van voor af | Die planne val uitmekaar, en alles begin weer op 'n skoon bladsy.",
      ],
      resolution: [
        "'n Nuwe oggend | Een oggend dra die moeite eindelik vrug, en die hele straat sien dit.",
        "Die oes | Wat oorbly, is nie geluk nie; dit is die oes van elke dag se werk.",
        "Ander volg | Kinders vra vrae, ander waag dit ook, en die storie gaan voort.",
      ],
      call: [
        "Jou beurt | Jou storie kan ook vandag begin, met een klein besluit.",
        "Vertel dit verder | As hierdie storie jou geraak het, stuur dit vir iemand wat wil moed opgee.",
      ],
    },
    explainer: {
      hook: [
        "Goeie vraag | Het jy jouself al ooit afgevra: {question} Kom ons soek saam die antwoord.",
        "Verstaan | Vandag neem ons 'n oomblik om hierdie onderwerp te verstaan: {topic}.",
        "In 'n paar woorde | Baie praat daaroor, min verduidelik dit goed: {topic}. Kom ons begin by die kern.",
        "Vandag se onderwerp | Dit is vandag se onderwerp, in eenvoudige woorde verduidelik: {topic}.",
      ],
      context: [
        "Die grondslag | Kom ons begin by die grondslag: agter groot woorde sit daar 'n paar eenvoudige idees.",
        "Die oorsaak | Niks gebeur sonder rede nie; daar is altyd mense, 'n plek en baie klein stappe.",
        "Elke dag | Ons kry elke dag daarmee te doen: by die huis, by die skool of op pad werk toe.",
        "Stap vir stap | Die geheim is om een ding op 'n slag te neem en te vra hoekom.",
      ],
      turn: [
        "Hoekom dit saak maak | Hoekom maak dit saak? Omdat klein dinge op die ou end 'n lewe verander.",
        "Die gewone fout | Die mees gewone fout is om die antwoord te leer en die vraag te vergeet.",
        "Twee kante | Soos baie goeie dinge het ook hierdie een twee kante, en ons moet na albei kyk.",
      ],
      resolution: [
        "Die volle prentjie | Wanneer die stukke saamkom, word die prentjie duidelik en die keuse makliker.",
        "Elke dag nuttig | Hierdie kennis is nie net vir die eksamen nie; dit help ook in die daaglikse lewe.",
        "Om te onthou | As jy net een ding onthou, onthou dan dit: begrip begin met 'n vraag.",
      ],
      call: [
        "Hou aan vra | Hou aan vrae vra, en deel hierdie video met iemand wat nuuskierig is.",
        "Leer dit vir iemand | Nou is dit jou beurt: verduidelik vir iemand wat jy so pas geleer het.",
      ],
    },
    business: {
      hook: [
        "Vir jou | Ons stel met graagte iets besonders aan jou voor: {topic}.",
        "Goeie nuus | Vandag is daar goeie nuus vir jou: {topic}. Kyk gerus van naby.",
        "Uiteindelik | Het jy na iets beters gesoek? Hier is dit: {topic}.",
        "Die vraag | Dalk wonder jy: {question} Ons het 'n antwoord vir jou.",
      ],
      context: [
        "Die probleem | Jy ken die storie: baie beloftes, min gehalte en nooit genoeg tyd nie.",
        "Met sorg | Ons gee aandag aan elke klein dingetjie, want jou vertroue is ons grootste bate.",
        "Makliker | Die lewe is vol genoeg; ons maak dit maklik van die eerste groet af.",
        "Duidelike pryse | Billike pryse, duidelike woorde en geen verrassings aan die einde nie: so werk ons.",
      ],
      turn: [
        "Die verskil | Wat maak ons anders? Ons luister eers, en dan maak ons die werk klaar.",
        "Gehalte | Goedkoop word duurkoop as jy dit moet oordoen; ons doen dit liewer een keer reg.",
        "Ons kliënte | Die beste advertensie is 'n kliënt wat terugkom en 'n vriend saambring.",
      ],
      resolution: [
        "Die resultaat | Die resultaat is eenvoudig: meer tyd, meer rus en goeie waarde vir jou geld.",
        "Tevrede mense | Dit is hoekom mense na ons toe terugkom, en hoekom hulle vir ander van ons vertel.",
        "Saam groei | Wanneer jy groei, groei ons saam, en dit is die soort sake wat ons liefhet.",
      ],
      call: [
        "Kom kuier | Kom besoek ons vandag, en laat die res aan ons oor.",
        "Kontak ons | Bel, skryf of kom groet ons: ons is gereed om te help.",
      ],
    },
    inspiration: {
      hook: [
        "Vir vandag | Al is die dag swaar, kom ons hou vas aan hierdie gedagte: {topic}.",
        "'n Woord vir jou | Hier is 'n woord vir 'n moeë hart: {topic}.",
        "Haal asem | Staan 'n oomblik stil, haal diep asem, en dink hieraan: {topic}.",
        "'n Vraag | Party vrae loop lank saam met ons: {question} Kom ons dink rustig daaroor na.",
      ],
      context: [
        "Die vallei | Elkeen stap eendag deur sy vallei, en geen vallei is sonder lig nie.",
        "Die lig | Die nag kan lank wees, maar die son het nog nooit vergeet om op te kom nie.",
        "Een tree | Jy hoef nie die hele pad te sien nie, net die volgende tree.",
        "Die saadjie | Die saadjie bring sy eerste dae in die donker deur, en niemand sê dit het misluk nie.",
      ],
      turn: [
        "Laat los | Sit die las neer wat jy nie kan dra nie; jou hande is gemaak vir goeie dinge.",
        "Weer opstaan | Val is deel van die pad; opstaan is wat mense sal onthou.",
        "Dankbaarheid | Kyk weer met dankbaarheid: daar is brood, daar is asem, en iemand het jou lief.",
      ],
      resolution: [
        "Vrede | Stadig kom die vrede terug, en die vrees word kleiner voor die storm verby is.",
        "Sterker | Eendag sal jy terugkyk en sien hoe die moeilike pad jou sterk gemaak het.",
        "Hoop | Hoop maak nie geraas nie; dit wag, en in die oggend is dit nog daar.",
      ],
      call: [
        "Gaan in vrede | Gaan vandag in vrede: jy is geliefd, jy is nodig, en jou werk is nog nie klaar nie.",
        "Deel hoop | Stuur hierdie woorde vir iemand wat dit nodig het; goeie woorde reis ver.",
      ],
    },
    news: {
      hook: [
        "Hoofnuus | In die nuus vandag: {topic}. Dit is wat jy moet weet.",
        "Die belangrikste | Hier is die belangrikste nuus, duidelik en sonder haas: {topic}.",
        "Op almal se lippe | Almal praat deesdae daaroor: {topic}. Kom ons kyk van naderby.",
        "Die vraag | Een vraag is op almal se lippe: {question} Kom ons kyk wat bekend is.",
      ],
      context: [
        "Die agtergrond | Eers die agtergrond: hierdie saak kom al 'n lang pad, en dit raak baie mense.",
        "Op die grond | Op die grond is daar hoop aan die een kant en moeilike vrae aan die ander kant.",
        "Wie geraak word | Gesinne, werkers en klein besighede sal die verskil eerste agterkom.",
        "Wat ons weet | Dit is wat ons tot dusver weet; die res word stadig duideliker.",
      ],
      turn: [
        "Die groot vraag | Die groot vraag bly oop: wat gebeur nou, en wie gaan iets doen?",
        "Hoekom nou | Hoekom juis nou? Omdat die nood groei en mense op antwoorde wag.",
        "Twee menings | Sommige sien 'n geleentheid daarin; ander vra vir bewyse.",
      ],
      resolution: [
        "Vir jou | Vir jou is die raad eenvoudig: volg die saak, vra vrae, en maak seker voor jy dit deel.",
        "Wat kom | Die volgende dae sal meer antwoorde bring, en ons sal bly luister.",
        "Die groter prentjie | Van ver af gesien beweeg dinge vorentoe, een besluit na die ander.",
      ],
      call: [
        "Bly ingelig | Dit is al vir nou: maak seker van die feite voor jy dit aanstuur.",
        "Jou mening | En wat dink jy? Skryf vir ons, en deel hierdie berig.",
      ],
    },
    event: {
      hook: [
        "Jy is genooi | Jy word hartlik uitgenooi: {topic}. Bring jou geliefdes saam.",
        "Merk die datum | Merk die datum en vertel dit vir jou vriende: {topic}.",
        "Die groot dag | Die dag waarop ons gewag het, is amper hier: {topic}.",
        "Die vraag | Julle het ons gevra: {question} Die antwoord vier ons saam.",
      ],
      context: [
        "Die voorbereiding | Hande is besig, stoele word reggesit, en die musiek word gekies.",
        "Ou vriende | Ou vriende gaan mekaar weer sien, en nuwe vriendskappe gaan begin.",
        "Vir almal | Jonk en oud, van naby en van ver: elkeen het 'n plek by ons.",
      ],
      turn: [
        "Die oomblik | En dan kom die oomblik: stemme klink op, en hande klap saam.",
        "Musiek en lag | Daar sal musiek wees, daar sal gelag word, en daar sal genoeg kos vir almal wees.",
      ],
      resolution: [
        "Herinneringe | Selfs wanneer die stoele weggepak is, sal mense nog van hierdie dag vertel.",
        "Saam | Saam word 'n gewone middag 'n herinnering vir die res van ons lewe.",
        "Dankie | Aan almal wat hierdie dag moontlik maak, dankie: julle goedheid is die mooiste versiering.",
      ],
      call: [
        "Sien jou daar | Deel die uitnodiging en kom vroeg: jou plek wag vir jou.",
        "Bring iemand saam | Bring 'n vriend en jou blydskap saam; sonder jou sal daar iemand kort.",
      ],
    },
  },
  {
    general: [
      "Die oggend | Die oggend kom met die geur van koffie, die geluid van besems en 'n goue lug.",
      "Die mense | Kyk na die mense: hulle is moeg, hulle lag, en hulle hoop nog steeds.",
      "Besige hande | Goeie dinge word dikwels gedoen deur hande waarvoor niemand klap nie.",
      "Geduld | Geduld is nie om sonder hoop te wag nie; dit is om sonder haas te werk.",
      "'n Koppie tee | Om 'n koppie tee word sorge ligter, en vreemdelinge word vriende.",
      "Die aand | In die aand word dit stil, en ons sien uiteindelik wat die dag gebou het.",
      "Een tree op 'n slag | Niemand klim die berg met een tree nie, maar elkeen kan begin.",
      "'n Glimlag | Selfs 'n moeilike dag het iewers 'n kind wat lag, en dit is genoeg.",
      "Die pad | Die pad is lank, maar dit voel korter wanneer ons dit saam stap.",
    ],
    details: [
      "Nog iets | En daar is nog iets om te weet: {detail}.",
      "Moenie vergeet nie | Kom ons vergeet ook nie hierdie nie, want dit is belangrik: {detail}.",
    ],
    tails: [
      "En die reis gaan voort.",
      "Dit is die moeite werd om te onthou.",
      "Kom ons dink daaroor na.",
      "Hier tel elke woord.",
    ],
  },
);
