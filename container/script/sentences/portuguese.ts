import { compactBook } from "./line-book.ts";

export const portugueseBook = compactBook(
  {
    story: {
      hook: [
        "A nossa história | Esta é uma história que merece ser contada: {topic}.",
        "Assim começa | Tudo começa com palavras muito simples: {topic}.",
        "Escute bem | Escute com atenção, porque a história de hoje vem do coração: {topic}.",
        "A pergunta | Uma pergunta abre a nossa história: {question} A resposta pede coragem.",
      ],
      context: [
        "Antes do amanhecer | Todas as manhãs, antes do nascer do sol, o trabalho começa em silêncio.",
        "Um começo pequeno | No princípio quase não há nada: um pouco de esperança e muita paciência.",
        "As dúvidas | Os vizinhos sorriem, os amigos hesitam, mas o sonho não se apaga.",
        "Uma promessa | Nessa semana faz-se uma promessa em voz baixa: nunca desistir.",
      ],
      turn: [
        "O momento difícil | Depois vem o momento difícil, quando as portas se fecham uma após outra.",
        "Uma mão amiga | A ajuda chega de onde ninguém esperava: alguém para e diz apenas, continue.",
        "Recomeçar | Os planos desfazem-se, e é preciso recomeçar numa página em branco.",
      ],
      resolution: [
        "Uma manhã nova | Numa manhã, finalmente, o esforço dá fruto, e toda a rua repara.",
        "A colheita | O que fica não é sorte: é a colheita de cada dia de trabalho.",
        "Outros seguem | As crianças fazem perguntas, outros também se atrevem, e a história continua.",
      ],
      call: [
        "É a sua vez | A sua história também pode começar hoje, com uma única pequena decisão.",
        "Partilhe | Se esta história lhe tocou, envie-a a alguém que pensa em desistir.",
      ],
    },
    explainer: {
      hook: [
        "Boa pergunta | Já alguma vez fez esta pergunta? {question} Vamos procurar juntos a resposta.",
        "Compreender | Hoje vamos dedicar uns instantes a compreender este assunto: {topic}.",
        "Em poucas palavras | Muitos falam disto e poucos explicam bem: {topic}. Comecemos pelo essencial.",
        "O tema de hoje | Este é o tema de hoje, explicado com palavras simples: {topic}.",
      ],
      context: [
        "A base | Comecemos pela base: por trás das grandes palavras há algumas ideias simples.",
        "A causa | Nada acontece sem razão; há sempre pessoas, um lugar e muitos pequenos passos.",
        "No dia a dia | Encontramos isto todos os dias: em casa, na escola ou a caminho do trabalho.",
        "Passo a passo | O segredo é tomar uma coisa de cada vez e perguntar porquê.",
      ],
      turn: [
        "Porque importa | Porque é que isto importa? Porque as coisas pequenas acabam por mudar uma vida.",
        "O erro comum | O erro mais comum é decorar a resposta e esquecer a pergunta.",
        "Dois lados | Como muitas coisas boas, também esta tem dois lados, e convém olhar para ambos.",
      ],
      resolution: [
        "A imagem completa | Quando se juntam as peças, a imagem fica clara e a escolha torna-se mais fácil.",
        "Útil todos os dias | Este saber não serve só para o exame: serve também na vida de todos os dias.",
        "Para recordar | Se guardar apenas uma coisa, que seja esta: compreender começa com uma pergunta.",
      ],
      call: [
        "Continue a perguntar | Continue a fazer perguntas, e partilhe este vídeo com alguém curioso.",
        "Ensine | Agora é a sua vez: explique a uma pessoa o que acabou de aprender.",
      ],
    },
    business: {
      hook: [
        "Para si | Temos o prazer de lhe apresentar algo especial: {topic}.",
        "Boas notícias | Hoje há boas notícias para si: {topic}. Veja de perto.",
        "Finalmente | Procurava algo melhor? Aqui está: {topic}.",
        "A pergunta | Talvez se pergunte: {question} Nós preparámos uma resposta.",
      ],
      context: [
        "O problema | Conhece bem a situação: muitas promessas, pouca qualidade e nunca tempo suficiente.",
        "Com cuidado | Cuidamos de cada pormenor, porque a sua confiança é o nosso maior capital.",
        "Mais simples | A vida já está cheia; nós tornamos tudo mais simples desde o primeiro olá.",
        "Preços claros | Preços justos, palavras claras e nenhuma surpresa no fim: é assim que trabalhamos.",
      ],
      turn: [
        "A diferença | O que nos torna diferentes? Primeiro ouvimos, e depois vamos até ao fim.",
        "A qualidade | O barato sai caro quando é preciso repetir; preferimos fazer bem uma só vez.",
        "Os nossos clientes | A melhor publicidade é um cliente que volta, e que volta com um amigo.",
      ],
      resolution: [
        "O resultado | O resultado é simples: ganha tempo, ganha sossego e o seu dinheiro rende mais.",
        "Gente feliz | É por isso que as pessoas voltam, e é por isso que falam bem de nós.",
        "Crescer juntos | Quando você cresce, nós também crescemos, e é desse negócio que gostamos.",
      ],
      call: [
        "Venha hoje | Venha visitar-nos hoje, e deixe o resto connosco.",
        "Fale connosco | Telefone, escreva ou passe por cá: estamos prontos para o receber.",
      ],
    },
    inspiration: {
      hook: [
        "Para hoje | Mesmo que o dia pese, guardemos este pensamento: {topic}.",
        "Uma palavra | Aqui fica uma palavra para um coração cansado: {topic}.",
        "Respire | Pare um instante, respire e pense nisto: {topic}.",
        "Uma pergunta | Há perguntas que nos acompanham durante muito tempo: {question} Olhemos para ela com calma.",
      ],
      context: [
        "O vale | Todos atravessam um dia o seu vale, e nenhum vale fica sem luz.",
        "A luz | A noite pode ser longa, mas o sol nunca se esqueceu de nascer.",
        "Um passo | Não é preciso ver a estrada toda; basta ver o próximo passo.",
        "A semente | A semente passa os primeiros dias no escuro, e ninguém diz que ela falhou.",
      ],
      turn: [
        "Largue o peso | Largue o peso que não consegue levar; as suas mãos foram feitas para o bem.",
        "Levantar-se | Cair faz parte do caminho; levantar-se é aquilo que será lembrado.",
        "Gratidão | Olhe de novo com gratidão: há pão, há fôlego e há alguém que o ama.",
      ],
      resolution: [
        "A paz | Pouco a pouco a paz regressa, e o medo diminui antes de a tempestade passar.",
        "Mais forte | Um dia olhará para trás e verá como o caminho difícil o tornou forte.",
        "A esperança | A esperança não faz barulho; espera, e de manhã ainda está lá.",
      ],
      call: [
        "Vá em paz | Vá hoje em paz: é amado, é preciso, e a sua obra não terminou.",
        "Partilhe esperança | Envie estas palavras a quem precisa delas; o bem viaja para longe.",
      ],
    },
    news: {
      hook: [
        "Em destaque | Em destaque hoje: {topic}. Eis o que convém saber.",
        "O essencial | Eis o essencial da atualidade, com clareza e sem pressa: {topic}.",
        "Fala-se disto | Toda a gente fala disto por estes dias: {topic}. Vejamos mais de perto.",
        "A pergunta | Há uma pergunta na boca de todos: {question} Vejamos o que se sabe.",
      ],
      context: [
        "O contexto | Primeiro o contexto: este assunto não nasceu hoje, e toca a muita gente.",
        "No terreno | No terreno há esperança de um lado e perguntas difíceis do outro.",
        "Os primeiros | As famílias, os trabalhadores e os pequenos negócios serão os primeiros a sentir a diferença.",
        "O que se sabe | Isto é o que se sabe por agora; o resto vai-se esclarecendo aos poucos.",
      ],
      turn: [
        "A grande pergunta | A grande pergunta continua aberta: o que acontece agora, e quem vai agir?",
        "Porquê agora | Porquê agora? Porque as necessidades aumentam e as pessoas esperam respostas.",
        "Duas opiniões | Uns veem nisto uma oportunidade; outros pedem provas.",
      ],
      resolution: [
        "Para si | Para si, o conselho é simples: acompanhe, pergunte e confirme antes de partilhar.",
        "O que vem aí | Os próximos dias trarão mais respostas, e nós continuaremos atentos.",
        "Visto de longe | Visto de longe, a mudança avança, uma decisão após outra.",
      ],
      call: [
        "Fique informado | É tudo por agora: confirme os factos antes de os passar adiante.",
        "A sua opinião | E você, o que pensa? Escreva-nos, e partilhe esta informação.",
      ],
    },
    event: {
      hook: [
        "Está convidado | Convidamos de todo o coração: {topic}. Venha com quem mais ama.",
        "Marque a data | Marque bem a data e avise os amigos: {topic}.",
        "O grande dia | Aproxima-se finalmente o dia que esperávamos: {topic}.",
        "A pergunta | Perguntaram-nos: {question} A resposta celebra-se em companhia.",
      ],
      context: [
        "Os preparativos | As mãos não param, as cadeiras arrumam-se e escolhe-se a música.",
        "Os reencontros | Velhos amigos vão voltar a ver-se, e novas amizades vão nascer.",
        "Para todos | Novos e velhos, de perto e de longe, todos terão o seu lugar entre nós.",
      ],
      turn: [
        "O momento | E então chega o momento: as vozes erguem-se e ouvem-se as palmas.",
        "Risos e música | Haverá música, haverá risos e haverá comida para toda a gente.",
      ],
      resolution: [
        "As memórias | Mesmo depois de arrumadas as cadeiras, ainda se falará deste dia.",
        "Juntos | Juntos, uma tarde qualquer transforma-se numa memória para toda a vida.",
        "Obrigado | A quem torna este dia possível, obrigado: a vossa bondade é o melhor enfeite.",
      ],
      call: [
        "Até breve | Partilhe o convite e chegue cedo: o seu lugar está à espera.",
        "Venha acompanhado | Venha com um amigo e com a sua alegria; sem si faltaria alguém.",
      ],
    },
  },
  {
    general: [
      "A manhã | A manhã chega com cheiro a café, barulho de vassouras e um céu dourado.",
      "As pessoas | Olhe para as pessoas: estão cansadas, riem, e ainda têm esperança.",
      "Mãos que trabalham | As coisas boas são muitas vezes feitas por mãos que ninguém aplaude.",
      "A paciência | A paciência não é esperar sem esperança, é trabalhar sem pressa.",
      "Uma chávena | À volta de uma chávena partilhada, as mágoas pesam menos e os estranhos tornam-se amigos.",
      "O fim da tarde | Ao fim da tarde o barulho baixa, e vê-se por fim o que o dia construiu.",
      "Um só passo | Ninguém sobe a montanha com um só passo, mas todos podem começar.",
      "Um sorriso | Até um dia difícil guarda em algum lugar uma criança que ri, e isso basta.",
      "O caminho | O caminho é longo, mas parece mais curto quando se faz em companhia.",
    ],
    details: [
      "Mais uma coisa | E há mais uma coisa que convém saber: {detail}.",
      "Não esqueçamos | Não esqueçamos também isto, porque é importante: {detail}.",
    ],
    tails: [
      "E a viagem continua.",
      "Isto merece ser lembrado.",
      "Vale a pena pensar nisso.",
      "Aqui cada palavra conta.",
    ],
  },
);
