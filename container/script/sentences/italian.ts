import { compactBook } from "./line-book.ts";

export const italianBook = compactBook(
  {
    story: {
      hook: [
        "La nostra storia | Questa è una storia che merita di essere raccontata: {topic}.",
        "Comincia così | Tutto comincia con poche parole semplici: {topic}.",
        "Ascolta bene | Ascolta bene, perché la storia di oggi viene dal cuore: {topic}.",
        "La domanda | Una domanda apre la nostra storia: {question} La risposta chiede coraggio.",
      ],
      context: [
        "Prima dell'alba | Ogni mattina, prima che sorga il sole, il lavoro comincia in silenzio.",
        "Un piccolo inizio | All'inizio non c'è quasi niente: un po' di speranza e molta pazienza.",
        "I dubbi | I vicini sorridono, gli amici esitano, ma il sogno non si spegne.",
        "Una promessa | Quella settimana si fa una promessa a bassa voce: non arrendersi mai.",
      ],
      turn: [
        "Il momento difficile | Poi arriva il momento difficile, quando le porte si chiudono una dopo l'altra.",
        "Una mano amica | L'aiuto arriva da dove nessuno lo aspettava: qualcuno si ferma e dice, vai avanti.",
        "Ricominciare | I piani vanno in pezzi, e bisogna ricominciare da una pagina bianca.",
      ],
      resolution: [
        "Un mattino nuovo | Un mattino, finalmente, la fatica dà i suoi frutti, e tutta la strada se ne accorge.",
        "Il raccolto | Quello che resta non è fortuna: è il raccolto di ogni giorno di lavoro.",
        "Altri seguono | I bambini fanno domande, altri trovano il coraggio, e la storia continua.",
      ],
      call: [
        "Tocca a te | Anche la tua storia può cominciare oggi, con una sola piccola decisione.",
        "Condividi | Se questo racconto ti ha toccato, mandalo a chi sta per arrendersi.",
      ],
    },
    explainer: {
      hook: [
        "Bella domanda | Ti sei mai fatto questa domanda? {question} Cerchiamo insieme la risposta.",
        "Capire | Oggi dedichiamo qualche istante a capire questo argomento: {topic}.",
        "In poche parole | Molti ne parlano, pochi lo spiegano bene: {topic}. Cominciamo dall'essenziale.",
        "Il tema di oggi | Ecco il tema di oggi, spiegato con parole semplici: {topic}.",
      ],
      context: [
        "La base | Cominciamo dalla base: dietro le grandi parole ci sono poche idee semplici.",
        "La causa | Niente succede senza motivo; ci sono sempre persone, un luogo e tanti piccoli passi.",
        "Ogni giorno | Lo incontriamo ogni giorno: a casa, a scuola o sulla strada del lavoro.",
        "Passo dopo passo | Il segreto è prendere una cosa alla volta e chiedersi il perché.",
      ],
      turn: [
        "Perché conta | Perché è importante? Perché le piccole cose finiscono per cambiare una vita.",
        "L'errore comune | L'errore più comune è imparare la risposta e dimenticare la domanda.",
        "Due lati | Come tante cose buone, anche questa ha due lati, e conviene guardarli entrambi.",
      ],
      resolution: [
        "Il quadro completo | Quando si uniscono i pezzi, il quadro diventa chiaro e la scelta più facile.",
        "Utile ogni giorno | Questo sapere non serve solo all'esame: serve anche nella vita di ogni giorno.",
        "Da ricordare | Se devi ricordare una cosa sola, ricorda questa: capire comincia con una domanda.",
      ],
      call: [
        "Continua a chiedere | Continua a fare domande, e condividi questo video con una persona curiosa.",
        "Insegnalo | Adesso tocca a te: spiega a qualcuno quello che hai appena imparato.",
      ],
    },
    business: {
      hook: [
        "Per te | Abbiamo il piacere di presentarti qualcosa di speciale: {topic}.",
        "Buone notizie | Oggi ci sono buone notizie per te: {topic}. Guarda da vicino.",
        "Finalmente | Cercavi qualcosa di meglio? Eccolo: {topic}.",
        "La domanda | Forse ti stai chiedendo: {question} Noi abbiamo preparato una risposta.",
      ],
      context: [
        "Il problema | Conosci bene la situazione: tante promesse, poca qualità e mai abbastanza tempo.",
        "Con cura | Curiamo ogni dettaglio, perché la tua fiducia è il nostro capitale più grande.",
        "Più semplice | La vita è già piena; noi rendiamo tutto più semplice, fin dal primo saluto.",
        "Prezzi chiari | Prezzi giusti, parole chiare e nessuna sorpresa alla fine: noi lavoriamo così.",
      ],
      turn: [
        "La differenza | Che cosa ci rende diversi? Prima ascoltiamo, e poi andiamo fino in fondo.",
        "La qualità | Quello che costa poco costa caro se va rifatto; preferiamo farlo bene una volta sola.",
        "I nostri clienti | La migliore pubblicità è un cliente che ritorna, e che ritorna con un amico.",
      ],
      resolution: [
        "Il risultato | Il risultato è semplice: più tempo, più tranquillità e soldi spesi bene.",
        "Gente contenta | Ecco perché le persone tornano da noi, ed ecco perché parlano bene di noi.",
        "Crescere insieme | Quando cresci tu, cresciamo anche noi, ed è questo il lavoro che ci piace.",
      ],
      call: [
        "Vieni oggi | Vieni a trovarci oggi stesso, e lascia fare il resto a noi.",
        "Contattaci | Telefona, scrivi o passa a salutarci: siamo pronti ad accoglierti.",
      ],
    },
    inspiration: {
      hook: [
        "Per oggi | Anche se la giornata pesa, teniamo stretto questo pensiero: {topic}.",
        "Una parola | Ecco una parola per un cuore stanco: {topic}.",
        "Respira | Fermati un momento, respira e pensa a questo: {topic}.",
        "Una domanda | Ci sono domande che ci accompagnano a lungo: {question} Prendiamola con calma.",
      ],
      context: [
        "La valle | Ognuno attraversa un giorno la sua valle, e nessuna valle è senza luce.",
        "La luce | La notte può essere lunga, ma il sole non ha mai dimenticato di sorgere.",
        "Un passo | Non serve vedere tutta la strada; basta vedere il prossimo passo.",
        "Il seme | Il seme passa i suoi primi giorni al buio, e nessuno dice che ha fallito.",
      ],
      turn: [
        "Lascia andare | Posa il peso che non riesci a portare; le tue mani sono fatte per il bene.",
        "Rialzarsi | Cadere fa parte del cammino; rialzarsi è ciò che tutti ricorderanno.",
        "Gratitudine | Guarda ancora con gratitudine: c'è il pane, c'è il respiro e c'è chi ti vuole bene.",
      ],
      resolution: [
        "La pace | Piano piano la pace ritorna, e la paura diminuisce prima che passi la tempesta.",
        "Più forte | Un giorno guarderai indietro e vedrai come la strada difficile ti ha reso forte.",
        "La speranza | La speranza non fa rumore; aspetta, e al mattino è ancora lì.",
      ],
      call: [
        "Va' in pace | Va' in pace, oggi: sei amato, sei prezioso, e la tua opera non è finita.",
        "Condividi speranza | Manda queste parole a chi ne ha bisogno; le parole buone vanno lontano.",
      ],
    },
    news: {
      hook: [
        "In primo piano | In primo piano oggi: {topic}. Ecco che cosa c'è da sapere.",
        "L'essenziale | Ecco l'essenziale dell'attualità, con chiarezza e senza fretta: {topic}.",
        "Se ne parla | In questi giorni ne parlano tutti: {topic}. Guardiamo da vicino.",
        "La domanda | C'è una domanda sulla bocca di tutti: {question} Vediamo che cosa si sa.",
      ],
      context: [
        "Il contesto | Prima il contesto: questa vicenda non è nata oggi, e tocca molte persone.",
        "Sul posto | Sul posto c'è speranza da una parte, e ci sono domande difficili dall'altra.",
        "I primi | Le famiglie, i lavoratori e le piccole imprese saranno i primi a notare la differenza.",
        "Che cosa sappiamo | Questo è quanto si sa per ora; il resto si chiarisce a poco a poco.",
      ],
      turn: [
        "La grande domanda | La grande domanda resta aperta: che cosa succederà adesso, e chi agirà?",
        "Perché adesso | Perché proprio adesso? Perché i bisogni crescono e la gente aspetta risposte.",
        "Due opinioni | Alcuni vedono in questo un'opportunità; altri chiedono le prove.",
      ],
      resolution: [
        "Per te | Per te il consiglio è semplice: segui, chiedi e verifica prima di condividere.",
        "Che cosa verrà | I prossimi giorni porteranno altre risposte, e noi resteremo attenti.",
        "Visto da lontano | Visto da lontano, il cambiamento va avanti, una decisione dopo l'altra.",
      ],
      call: [
        "Resta informato | Per ora è tutto: verifica i fatti prima di passarli ad altri.",
        "La tua opinione | E tu che cosa ne pensi? Scrivici, e condividi questa notizia.",
      ],
    },
    event: {
      hook: [
        "Sei invitato | Ti invitiamo con tutto il cuore: {topic}. Vieni con le persone che ami.",
        "Segna la data | Segna bene la data e avvisa gli amici: {topic}.",
        "Il grande giorno | Si avvicina finalmente il giorno che aspettavamo: {topic}.",
        "La domanda | Ci avete chiesto: {question} La risposta si festeggia insieme.",
      ],
      context: [
        "I preparativi | Le mani sono al lavoro, le sedie si mettono in fila e si sceglie la musica.",
        "Gli incontri | Vecchi amici si ritroveranno, e nasceranno amicizie nuove.",
        "Per tutti | Giovani e anziani, da vicino e da lontano, ognuno avrà il suo posto tra noi.",
      ],
      turn: [
        "Il momento | E poi arriva il momento: le voci si alzano e le mani applaudono.",
        "Risate e musica | Ci saranno musica, risate e abbastanza da mangiare per tutti.",
      ],
      resolution: [
        "I ricordi | Anche quando le sedie saranno riposte, si parlerà ancora di questo giorno.",
        "Insieme | Insieme, un pomeriggio qualunque diventa un ricordo per tutta la vita.",
        "Grazie | A chi rende possibile questo giorno, grazie: la vostra bontà è l'ornamento più bello.",
      ],
      call: [
        "A presto | Condividi l'invito e arriva presto: il tuo posto ti aspetta.",
        "Vieni in compagnia | Vieni con un amico e con la tua allegria; senza di te mancherebbe qualcuno.",
      ],
    },
  },
  {
    general: [
      "Il mattino | Il mattino arriva con il profumo del caffè, il rumore delle scope e un cielo dorato.",
      "La gente | Guarda la gente: è stanca, ride, e spera ancora.",
      "Mani al lavoro | Le cose buone sono spesso fatte da mani che nessuno applaude.",
      "La pazienza | La pazienza non è aspettare senza speranza, è lavorare senza fretta.",
      "Una tazza | Intorno a una tazza condivisa le pene pesano meno, e gli sconosciuti diventano amici.",
      "La sera | La sera il rumore si abbassa, e si vede finalmente che cosa il giorno ha costruito.",
      "Un solo passo | Nessuno sale la montagna con un solo passo, ma tutti possono cominciare.",
      "Un sorriso | Anche un giorno difficile ha da qualche parte un bambino che ride, e questo basta.",
      "Il cammino | Il cammino è lungo, ma sembra più breve quando si fa in compagnia.",
    ],
    details: [
      "Un'altra cosa | E c'è un'altra cosa da sapere: {detail}.",
      "Non dimentichiamo | Non dimentichiamo nemmeno questo, perché è importante: {detail}.",
    ],
    tails: [
      "E il viaggio continua.",
      "Questo merita di essere ricordato.",
      "Vale la pena pensarci.",
      "Qui ogni parola conta.",
    ],
  },
);
