import { compactBook } from "./line-book.ts";

export const frenchBook = compactBook(
  {
    story: {
      hook: [
        "Notre histoire | Voici une histoire qui mérite d'être racontée : {topic}.",
        "Tout commence ici | Tout commence par quelques mots très simples : {topic}.",
        "Écoutez bien | Écoutez bien, car l'histoire d'aujourd'hui vient du cœur : {topic}.",
        "La question | Une question ouvre notre histoire : {question} La réponse demande du courage.",
      ],
      context: [
        "Avant l'aube | Chaque matin, avant le lever du soleil, le travail commence dans le silence.",
        "Petits débuts | Au début, il n'y a presque rien : un peu d'espoir et beaucoup de patience.",
        "Les doutes | Les voisins sourient, les amis hésitent, mais le rêve ne s'éteint pas.",
        "Une promesse | Cette semaine-là, une promesse est faite à voix basse : ne jamais abandonner.",
      ],
      turn: [
        "Le moment difficile | Puis vient le moment difficile, quand les portes se ferment les unes après les autres.",
        "Une main tendue | L'aide arrive là où personne ne l'attendait : quelqu'un s'arrête et dit simplement, continue.",
        "Tout recommencer | Les plans s'effondrent, et il faut tout recommencer sur une page blanche.",
      ],
      resolution: [
        "Un matin nouveau | Un matin, enfin, l'effort porte ses fruits, et toute la rue s'en aperçoit.",
        "La récolte | Ce qui reste n'est pas de la chance, c'est la récolte de chaque jour de travail.",
        "D'autres suivent | Les enfants posent des questions, d'autres osent à leur tour, et l'histoire continue.",
      ],
      call: [
        "À votre tour | Votre histoire peut commencer aujourd'hui, elle aussi, par une seule petite décision.",
        "Partagez | Si ce récit vous a touché, envoyez-le à quelqu'un qui pense abandonner.",
      ],
    },
    explainer: {
      hook: [
        "Bonne question | Vous êtes-vous déjà posé cette question : {question} Cherchons la réponse ensemble.",
        "Comprendre | Aujourd'hui, prenons quelques instants pour comprendre ce sujet : {topic}.",
        "En quelques mots | Beaucoup en parlent, peu l'expliquent vraiment : {topic}. Commençons par l'essentiel.",
        "Le sujet du jour | Voici le sujet du jour, expliqué avec des mots simples : {topic}.",
      ],
      context: [
        "La base | Commençons par la base : derrière les grands mots se cachent quelques idées simples.",
        "La cause | Rien n'arrive sans raison ; il y a toujours des gens, un lieu et de petites étapes.",
        "Au quotidien | Nous le rencontrons chaque jour, à la maison, à l'école ou sur le chemin du travail.",
        "Pas à pas | Le secret, c'est de prendre une chose à la fois et de demander pourquoi.",
      ],
      turn: [
        "Pourquoi c'est important | Pourquoi est-ce important ? Parce que les petites choses finissent par changer une vie.",
        "L'erreur courante | L'erreur la plus courante est d'apprendre la réponse et d'oublier la question.",
        "Deux côtés | Comme beaucoup de bonnes choses, celle-ci a deux côtés, et il faut regarder les deux.",
      ],
      resolution: [
        "L'image complète | Quand on rassemble les morceaux, l'image devient claire et le choix devient plus facile.",
        "Utile chaque jour | Ce savoir ne sert pas qu'à l'examen, il sert aussi dans la vie de tous les jours.",
        "À retenir | S'il fallait ne retenir qu'une chose, ce serait celle-ci : comprendre commence par une question.",
      ],
      call: [
        "Continuez | Continuez à poser des questions, et partagez cette vidéo avec quelqu'un de curieux.",
        "Transmettez | Maintenant, c'est à vous : expliquez à une personne ce que vous venez d'apprendre.",
      ],
    },
    business: {
      hook: [
        "Pour vous | Nous avons le plaisir de vous présenter ceci : {topic}.",
        "Bonne nouvelle | Une bonne nouvelle pour vous aujourd'hui : {topic}. Regardez de plus près.",
        "Enfin | Vous cherchiez quelque chose de mieux ? Le voici : {topic}.",
        "La bonne question | Vous vous demandez peut-être : {question} Nous avons préparé une réponse.",
      ],
      context: [
        "Le problème | Vous connaissez la situation : beaucoup de promesses, peu de qualité, et jamais assez de temps.",
        "Avec soin | Nous soignons chaque détail, parce que votre confiance est notre premier capital.",
        "Plus simple | La vie est déjà bien remplie, alors nous rendons les choses simples dès le premier bonjour.",
        "Des prix clairs | Des prix justes, des mots clairs et aucune surprise à la fin : voilà notre façon de travailler.",
      ],
      turn: [
        "La différence | Notre différence ? Nous écoutons d'abord, et nous allons jusqu'au bout.",
        "La qualité | Ce qui est bon marché coûte cher quand il faut le refaire ; nous préférons bien faire une fois.",
        "Nos clients | La meilleure publicité, c'est un client qui revient, et qui revient avec un ami.",
      ],
      resolution: [
        "Le résultat | Le résultat est simple : du temps gagné, l'esprit tranquille et de la valeur pour votre argent.",
        "Des gens heureux | Voilà pourquoi les gens reviennent nous voir, et pourquoi ils parlent de nous autour d'eux.",
        "Grandir ensemble | Quand vous grandissez, nous grandissons aussi, et c'est le commerce que nous aimons.",
      ],
      call: [
        "Venez nous voir | Venez nous voir aujourd'hui, et laissez-nous nous occuper du reste.",
        "Contactez-nous | Appelez, écrivez ou passez nous voir : nous sommes prêts à vous accueillir.",
      ],
    },
    inspiration: {
      hook: [
        "Pour aujourd'hui | Même si la journée est lourde, gardons cette pensée : {topic}.",
        "Un mot pour vous | Voici un mot pour un cœur fatigué : {topic}.",
        "Respirez | Arrêtez-vous un instant, respirez, et méditez ceci : {topic}.",
        "Une question | Il y a des questions que l'on garde longtemps : {question} Prenons-la doucement.",
      ],
      context: [
        "La vallée | Chacun traverse un jour sa vallée, et aucune vallée n'est sans lumière.",
        "La lumière | La nuit peut être longue, mais le soleil n'a jamais oublié de se lever.",
        "Un pas | Vous n'avez pas besoin de voir toute la route, seulement le prochain pas.",
        "La graine | La graine passe ses premiers jours dans le noir, et personne ne dit qu'elle a échoué.",
      ],
      turn: [
        "Déposez | Déposez le poids que vous ne pouvez pas porter ; vos mains sont faites pour le bien.",
        "Se relever | Tomber fait partie du chemin, se relever est ce dont on se souviendra.",
        "Merci | Regardez encore avec gratitude : il y a du pain, du souffle et quelqu'un qui vous aime.",
      ],
      resolution: [
        "La paix | Peu à peu la paix revient, et la peur diminue avant même la fin de l'orage.",
        "Plus fort | Un jour, vous regarderez en arrière et vous verrez comment le chemin vous a rendu fort.",
        "L'espérance | L'espérance ne fait pas de bruit ; elle attend, et au matin elle est encore là.",
      ],
      call: [
        "Allez en paix | Allez en paix aujourd'hui : vous êtes aimé, et votre œuvre n'est pas finie.",
        "Partagez l'espoir | Envoyez ces mots à quelqu'un qui en a besoin ; les bonnes paroles voyagent loin.",
      ],
    },
    news: {
      hook: [
        "À la une | À la une aujourd'hui : {topic}. Voici ce qu'il faut savoir.",
        "L'essentiel | Voici l'essentiel de l'actualité, avec clarté et mesure : {topic}.",
        "On en parle | Tout le monde en parle en ce moment : {topic}. Regardons de plus près.",
        "La question | Une question est sur toutes les lèvres : {question} Faisons le point.",
      ],
      context: [
        "Le contexte | D'abord le contexte : ce sujet n'est pas né aujourd'hui, et il touche beaucoup de monde.",
        "Sur le terrain | Sur le terrain, il y a de l'espoir d'un côté et des questions difficiles de l'autre.",
        "Les premiers touchés | Les familles, les travailleurs et les petits commerces seront les premiers à voir la différence.",
        "Ce que l'on sait | Voilà ce que l'on sait pour l'instant ; le reste se précise peu à peu.",
      ],
      turn: [
        "La grande question | La grande question demeure : que va-t-il se passer maintenant, et qui agira ?",
        "Pourquoi maintenant | Pourquoi maintenant ? Parce que les besoins augmentent et que les gens attendent des réponses.",
        "Deux avis | Les uns y voient une chance, les autres demandent des preuves.",
      ],
      resolution: [
        "Et pour vous | Pour vous, le conseil est simple : suivez, demandez et vérifiez avant de partager.",
        "La suite | Les prochains jours apporteront d'autres réponses, et nous resterons à l'écoute.",
        "Vue d'ensemble | Vu de plus loin, le changement avance, une décision après l'autre.",
      ],
      call: [
        "Restez informés | C'est tout pour le moment : vérifiez les faits avant de les transmettre.",
        "Votre avis | Et vous, qu'en pensez-vous ? Écrivez-nous, et partagez ces nouvelles.",
      ],
    },
    event: {
      hook: [
        "Vous êtes invités | Vous êtes invités de tout cœur : {topic}. Venez avec ceux que vous aimez.",
        "Notez la date | Notez bien la date et prévenez vos amis : {topic}.",
        "Le grand jour | Le jour que nous attendions approche enfin : {topic}.",
        "La question | Vous nous avez demandé : {question} La réponse se fête ensemble.",
      ],
      context: [
        "Les préparatifs | Les mains s'activent, les chaises se rangent et la musique se choisit.",
        "Les retrouvailles | De vieux amis vont se retrouver, et de nouvelles amitiés vont naître.",
        "Pour tous | Jeunes et anciens, d'ici et d'ailleurs, chacun aura sa place parmi nous.",
      ],
      turn: [
        "Le moment | Puis vient le moment : les voix s'élèvent et les mains applaudissent.",
        "Rires et musique | Il y aura de la musique, des rires et assez à manger pour tout le monde.",
      ],
      resolution: [
        "Les souvenirs | Même quand les chaises seront rangées, on racontera encore cette journée.",
        "Ensemble | Ensemble, un après-midi ordinaire devient un souvenir pour toute la vie.",
        "Merci | À tous ceux qui rendent ce jour possible, merci : votre bonté est la plus belle décoration.",
      ],
      call: [
        "À bientôt | Partagez l'invitation et venez tôt : votre place vous attend.",
        "Venez à deux | Venez avec un ami et avec votre joie ; sans vous, il manquerait quelqu'un.",
      ],
    },
  },
  {
    general: [
      "Le matin | Le matin arrive avec l'odeur du café, le bruit des balais et un ciel doré.",
      "Les gens | Regardez les gens : ils sont fatigués, ils rient, et ils espèrent encore.",
      "Des mains au travail | Les bonnes choses sont souvent faites par des mains que personne n'applaudit.",
      "La patience | La patience n'est pas attendre sans espoir, c'est travailler sans se presser.",
      "Une tasse partagée | Autour d'une tasse partagée, les soucis s'allègent et les étrangers deviennent des amis.",
      "Le soir | Le soir, le bruit retombe, et l'on voit enfin ce que la journée a construit.",
      "Un seul pas | Personne ne gravit la montagne d'un seul pas, mais tout le monde peut commencer.",
      "Un sourire | Même un jour difficile garde quelque part un enfant qui rit, et cela suffit.",
      "Le chemin | Le chemin est long, mais il paraît plus court quand on le parcourt à plusieurs.",
    ],
    details: [
      "Encore une chose | Et il y a encore une chose à savoir : {detail}.",
      "N'oublions pas | N'oublions pas ceci non plus, car c'est important : {detail}.",
    ],
    tails: [
      "Et le voyage continue.",
      "Cela mérite d'être retenu.",
      "Prenons le temps d'y penser.",
      "Chaque mot compte ici.",
    ],
  },
);
