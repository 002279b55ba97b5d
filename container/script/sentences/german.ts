import { compactBook } from "./line-book.ts";

export const germanBook = compactBook(
  {
    story: {
      hook: [
        "Unsere Geschichte | Das ist eine Geschichte, die erzählt werden will: {topic}.",
        "So beginnt es | Alles beginnt mit wenigen einfachen Worten: {topic}.",
        "Hör gut zu | Hör gut zu, denn die heutige Geschichte kommt von Herzen: {topic}.",
        "Die Frage | Eine Frage steht am Anfang: {question} Die Antwort braucht Mut.",
      ],
      context: [
        "Vor Sonnenaufgang | Jeden Morgen, noch vor Sonnenaufgang, beginnt die Arbeit in aller Stille.",
        "Ein kleiner Anfang | Am Anfang ist fast nichts da: ein wenig Hoffnung und sehr viel Geduld.",
        "Die Zweifel | Die Nachbarn lächeln, die Freunde zögern, doch der Traum erlischt nicht.",
        "Ein Versprechen | In dieser Woche wird leise ein Versprechen gegeben: niemals aufzugeben.",
      ],
      turn: [
        "Die schwere Zeit | Dann kommt die schwere Zeit, in der sich eine Tür nach der anderen schließt.",
        "Eine helfende Hand | Hilfe kommt von dort, wo niemand sie erwartet: Jemand bleibt stehen und sagt, mach weiter.",
        "Noch einmal von vorn | Die Pläne zerbrechen, und alles beginnt noch einmal auf einem leeren Blatt.",
      ],
      resolution: [
        "Ein neuer Morgen | Eines Morgens trägt die Mühe endlich Früchte, und die ganze Straße merkt es.",
        "Die Ernte | Was bleibt, ist kein Glück: Es ist die Ernte vieler Tage voller Arbeit.",
        "Andere folgen | Kinder stellen Fragen, andere trauen sich auch, und die Geschichte geht weiter.",
      ],
      call: [
        "Du bist dran | Auch deine Geschichte kann heute beginnen, mit einer einzigen kleinen Entscheidung.",
        "Erzähl es weiter | Wenn dich das berührt hat, schick es jemandem, der gerade aufgeben will.",
      ],
    },
    explainer: {
      hook: [
        "Gute Frage | Hast du dir diese Frage schon einmal gestellt? {question} Suchen wir gemeinsam die Antwort.",
        "Verstehen | Heute nehmen wir uns etwas Zeit, um dieses Thema zu verstehen: {topic}.",
        "In wenigen Worten | Viele reden darüber, wenige erklären es gut: {topic}. Beginnen wir mit dem Wichtigsten.",
        "Unser Thema | Das ist unser heutiges Thema, erklärt in einfachen Worten: {topic}.",
      ],
      context: [
        "Die Grundlage | Beginnen wir mit der Grundlage: Hinter großen Worten stehen meist ein paar einfache Gedanken.",
        "Die Ursache | Nichts geschieht ohne Grund; immer gibt es Menschen, einen Ort und viele kleine Schritte.",
        "Im Alltag | Wir begegnen dem jeden Tag: zu Hause, in der Schule oder auf dem Weg zur Arbeit.",
        "Schritt für Schritt | Das Geheimnis ist, eines nach dem anderen zu nehmen und nach dem Warum zu fragen.",
      ],
      turn: [
        "Warum es zählt | Warum ist das wichtig? Weil kleine Dinge am Ende ein ganzes Leben verändern.",
        "Der häufige Fehler | Der häufigste Fehler ist, die Antwort zu lernen und die Frage zu vergessen.",
        "Zwei Seiten | Wie vieles Gute hat auch das zwei Seiten, und beide wollen betrachtet werden.",
      ],
      resolution: [
        "Das ganze Bild | Fügt man die Teile zusammen, wird das Bild klar, und die Entscheidung fällt leichter.",
        "Jeden Tag nützlich | Dieses Wissen ist nicht nur für die Prüfung da: Es hilft auch im täglichen Leben.",
        "Zum Merken | Wenn du dir nur eines merkst, dann das: Verstehen beginnt mit einer Frage.",
      ],
      call: [
        "Frag weiter | Stell weiter Fragen, und teile dieses Video mit einem neugierigen Menschen.",
        "Gib es weiter | Jetzt bist du an der Reihe: Erklär jemandem, was du gerade gelernt hast.",
      ],
    },
    business: {
      hook: [
        "Für Sie | Wir freuen uns, Ihnen etwas Besonderes vorzustellen: {topic}.",
        "Gute Nachricht | Heute gibt es eine gute Nachricht für Sie: {topic}. Sehen Sie genau hin.",
        "Endlich | Sie haben nach etwas Besserem gesucht? Hier ist es: {topic}.",
        "Die Frage | Vielleicht fragen Sie sich: {question} Wir haben eine Antwort vorbereitet.",
      ],
      context: [
        "Das Problem | Sie kennen das: viele Versprechen, wenig Qualität und niemals genug Zeit.",
        "Mit Sorgfalt | Wir achten auf jede Kleinigkeit, denn Ihr Vertrauen ist unser größtes Kapital.",
        "Ganz einfach | Das Leben ist voll genug; wir machen es einfach, vom ersten Gruß an.",
        "Klare Preise | Faire Preise, klare Worte und keine Überraschung am Ende: So arbeiten wir.",
      ],
      turn: [
        "Der Unterschied | Was uns unterscheidet? Wir hören zuerst zu, und dann bringen wir es zu Ende.",
        "Die Qualität | Billig wird teuer, wenn man es zweimal machen muss; wir machen es lieber einmal richtig.",
        "Unsere Kunden | Die beste Werbung ist ein Kunde, der wiederkommt und einen Freund mitbringt.",
      ],
      resolution: [
        "Das Ergebnis | Das Ergebnis ist einfach: mehr Zeit, mehr Ruhe und ein guter Gegenwert für Ihr Geld.",
        "Zufriedene Menschen | Darum kommen die Menschen wieder, und darum erzählen sie anderen von uns.",
        "Gemeinsam wachsen | Wenn Sie wachsen, wachsen wir mit, und genau so macht uns die Arbeit Freude.",
      ],
      call: [
        "Kommen Sie vorbei | Besuchen Sie uns noch heute, und überlassen Sie den Rest uns.",
        "Melden Sie sich | Rufen Sie an, schreiben Sie, oder kommen Sie vorbei: Wir sind für Sie da.",
      ],
    },
    inspiration: {
      hook: [
        "Für heute | Auch wenn der Tag schwer ist, behalten wir diesen Gedanken: {topic}.",
        "Ein Wort für dich | Hier ist ein Wort für ein müdes Herz: {topic}.",
        "Atme durch | Halte einen Moment inne, atme durch, und denke daran: {topic}.",
        "Eine Frage | Manche Fragen begleiten uns lange: {question} Nehmen wir sie in aller Ruhe an.",
      ],
      context: [
        "Das Tal | Jeder geht einmal durch sein Tal, und kein Tal bleibt ganz ohne Licht.",
        "Das Licht | Die Nacht kann lang sein, doch die Sonne hat noch nie vergessen aufzugehen.",
        "Ein Schritt | Du musst nicht den ganzen Weg sehen, nur den nächsten Schritt.",
        "Das Samenkorn | Das Samenkorn verbringt seine ersten Tage im Dunkeln, und niemand nennt es gescheitert.",
      ],
      turn: [
        "Lass los | Leg die Last ab, die du nicht tragen kannst; deine Hände sind für Gutes gemacht.",
        "Wieder aufstehen | Fallen gehört zum Weg; das Aufstehen ist es, woran man sich erinnern wird.",
        "Dankbarkeit | Schau noch einmal mit Dankbarkeit hin: Es gibt Brot, es gibt Atem und jemanden, der dich liebt.",
      ],
      resolution: [
        "Der Friede | Langsam kehrt der Friede zurück, und die Angst wird kleiner, noch ehe der Sturm vorbei ist.",
        "Stärker | Eines Tages wirst du zurückblicken und sehen, wie der schwere Weg dich stark gemacht hat.",
        "Die Hoffnung | Die Hoffnung macht keinen Lärm; sie wartet, und am Morgen ist sie noch da.",
      ],
      call: [
        "Geh in Frieden | Geh heute in Frieden: Du wirst geliebt, du wirst gebraucht, und dein Werk ist nicht zu Ende.",
        "Teile Hoffnung | Schick diese Worte jemandem, der sie braucht; gute Worte reisen weit.",
      ],
    },
    news: {
      hook: [
        "Im Mittelpunkt | Heute im Mittelpunkt: {topic}. Das sollten Sie wissen.",
        "Das Wichtigste | Hier ist das Wichtigste vom Tage, klar und ohne Eile: {topic}.",
        "Im Gespräch | Alle sprechen in diesen Tagen darüber: {topic}. Schauen wir genauer hin.",
        "Die Frage | Eine Frage bewegt gerade viele: {question} Sehen wir, was bekannt ist.",
      ],
      context: [
        "Der Hintergrund | Zuerst der Hintergrund: Das Thema ist nicht neu, und es betrifft viele Menschen.",
        "Vor Ort | Vor Ort gibt es Hoffnung auf der einen und schwere Fragen auf der anderen Seite.",
        "Wen es trifft | Familien, Beschäftigte und kleine Betriebe werden den Unterschied als Erste spüren.",
        "Was wir wissen | Das ist der bisherige Stand; das Übrige klärt sich nach und nach.",
      ],
      turn: [
        "Die große Frage | Die große Frage bleibt offen: Was geschieht nun, und wer wird handeln?",
        "Warum jetzt | Warum gerade jetzt? Weil der Bedarf wächst und die Menschen auf Antworten warten.",
        "Zwei Meinungen | Die einen sehen darin eine Chance, die anderen verlangen Beweise.",
      ],
      resolution: [
        "Für Sie | Für Sie gilt ein einfacher Rat: beobachten, nachfragen und prüfen, bevor Sie etwas teilen.",
        "Wie es weitergeht | Die nächsten Tage werden mehr Antworten bringen, und wir bleiben aufmerksam.",
        "Das große Ganze | Aus der Ferne gesehen geht der Wandel voran, eine Entscheidung nach der anderen.",
      ],
      call: [
        "Bleiben Sie informiert | Das war es für den Moment: Prüfen Sie die Tatsachen, bevor Sie sie weitergeben.",
        "Ihre Meinung | Und was denken Sie darüber? Schreiben Sie uns, und teilen Sie diesen Bericht.",
      ],
    },
    event: {
      hook: [
        "Herzlich eingeladen | Sie sind von Herzen eingeladen: {topic}. Bringen Sie Ihre Lieben mit.",
        "Merken Sie sich | Merken Sie sich den Tag, und sagen Sie es Ihren Freunden: {topic}.",
        "Der große Tag | Der Tag, auf den wir gewartet haben, rückt näher: {topic}.",
        "Die Frage | Viele haben uns gefragt: {question} Die Antwort feiern wir gemeinsam.",
      ],
      context: [
        "Die Vorbereitung | Fleißige Hände stellen Stühle auf, und die Musik wird ausgesucht.",
        "Das Wiedersehen | Alte Freunde sehen sich wieder, und neue Freundschaften entstehen.",
        "Für alle | Jung und Alt, von nah und fern: Jeder hat bei uns seinen Platz.",
      ],
      turn: [
        "Der Augenblick | Dann kommt der Augenblick: Stimmen werden laut, und Hände klatschen.",
        "Lachen und Musik | Es gibt Musik, es gibt Lachen und genug zu essen für alle.",
      ],
      resolution: [
        "Erinnerungen | Auch wenn die Stühle längst weggeräumt sind, wird man noch von diesem Tag erzählen.",
        "Gemeinsam | Gemeinsam wird aus einem gewöhnlichen Nachmittag eine Erinnerung fürs ganze Leben.",
        "Danke | Allen, die diesen Tag möglich machen, sagen wir danke: Ihre Güte ist der schönste Schmuck.",
      ],
      call: [
        "Bis bald | Teilen Sie die Einladung, und kommen Sie früh: Ihr Platz ist reserviert.",
        "Kommen Sie zu zweit | Bringen Sie einen Freund und gute Laune mit; ohne Sie würde jemand fehlen.",
      ],
    },
  },
  {
    general: [
      "Der Morgen | Der Morgen kommt mit dem Duft von Kaffee, dem Geräusch der Besen und einem goldenen Himmel.",
      "Die Menschen | Sieh dir die Menschen an: Sie sind müde, sie lachen, und sie hoffen noch immer.",
      "Fleißige Hände | Gute Dinge werden oft von Händen getan, denen niemand applaudiert.",
      "Die Geduld | Geduld heißt nicht, ohne Hoffnung zu warten, sondern ohne Hast zu arbeiten.",
      "Eine Tasse Tee | Bei einer Tasse Tee werden Sorgen leichter, und aus Fremden werden Freunde.",
      "Der Abend | Am Abend wird es still, und man sieht endlich, was der Tag gebaut hat.",
      "Ein einziger Schritt | Niemand besteigt den Berg mit einem einzigen Schritt, aber jeder kann anfangen.",
      "Ein Lächeln | Selbst ein schwerer Tag hat irgendwo ein Kind, das lacht, und das genügt.",
      "Der Weg | Der Weg ist lang, doch er wird kürzer, wenn man ihn gemeinsam geht.",
    ],
    details: [
      "Noch etwas | Und noch etwas sollte man wissen: {detail}.",
      "Nicht vergessen | Auch das wollen wir nicht vergessen, denn es ist wichtig: {detail}.",
    ],
    tails: [
      "Und die Reise geht weiter.",
      "Das sollte man sich merken.",
      "Es lohnt sich, darüber nachzudenken.",
      "Hier zählt jedes Wort.",
    ],
  },
);
