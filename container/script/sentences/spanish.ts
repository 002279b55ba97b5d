import { compactBook } from "./line-book.ts";

export const spanishBook = compactBook(
  {
    story: {
      hook: [
        "Nuestra historia | Esta es una historia que merece ser contada: {topic}.",
        "Así empieza | Todo empieza con unas palabras muy sencillas: {topic}.",
        "Escucha | Escucha con atención, porque la historia de hoy viene del corazón: {topic}.",
        "La pregunta | Una pregunta abre nuestra historia: {question} La respuesta pide valor.",
      ],
      context: [
        "Antes del alba | Cada mañana, antes de que salga el sol, el trabajo comienza en silencio.",
        "Un comienzo pequeño | Al principio casi no hay nada: un poco de esperanza y mucha paciencia.",
        "Las dudas | Los vecinos sonríen, los amigos dudan, pero el sueño no se apaga.",
        "Una promesa | Esa semana se hace una promesa en voz baja: no rendirse jamás.",
      ],
      turn: [
        "El momento difícil | Entonces llega el momento difícil, cuando las puertas se cierran una tras otra.",
        "Una mano amiga | La ayuda llega de donde nadie la esperaba: alguien se detiene y dice, sigue adelante.",
        "Volver a empezar | Los planes se rompen, y hay que volver a empezar en una página en blanco.",
      ],
      resolution: [
        "Una mañana nueva | Una mañana, por fin, el esfuerzo da su fruto, y toda la calle lo nota.",
        "La cosecha | Lo que queda no es suerte: es la cosecha de cada día de trabajo.",
        "Otros siguen | Los niños preguntan, otros se atreven también, y la historia continúa.",
      ],
      call: [
        "Te toca a ti | Tu historia también puede empezar hoy, con una sola decisión pequeña.",
        "Compártela | Si este relato te ha llegado, envíalo a quien esté a punto de rendirse.",
      ],
    },
    explainer: {
      hook: [
        "Buena pregunta | ¿Te has hecho alguna vez esta pregunta? {question} Busquemos juntos la respuesta.",
        "Entender | Hoy vamos a dedicar unos instantes a entender este tema: {topic}.",
        "En pocas palabras | Muchos hablan de ello y pocos lo explican bien: {topic}. Empecemos por lo esencial.",
        "El tema de hoy | Este es el tema de hoy, explicado con palabras sencillas: {topic}.",
      ],
      context: [
        "La base | Empecemos por la base: detrás de las grandes palabras hay unas pocas ideas sencillas.",
        "La causa | Nada ocurre sin motivo; siempre hay personas, un lugar y muchos pasos pequeños.",
        "Cada día | Lo encontramos cada día: en casa, en la escuela o de camino al trabajo.",
        "Paso a paso | El secreto está en tomar una cosa cada vez y preguntar por qué.",
      ],
      turn: [
        "Por qué importa | ¿Por qué importa? Porque las cosas pequeñas acaban cambiando una vida.",
        "El error común | El error más común es aprender la respuesta y olvidar la pregunta.",
        "Dos caras | Como muchas cosas buenas, esta también tiene dos caras, y conviene mirar las dos.",
      ],
      resolution: [
        "El cuadro completo | Cuando se juntan las piezas, la imagen se aclara y decidir resulta más fácil.",
        "Útil cada día | Este saber no es solo para el examen: también sirve en la vida de cada día.",
        "Para recordar | Si solo recuerdas una cosa, que sea esta: comprender empieza con una pregunta.",
      ],
      call: [
        "Sigue preguntando | Sigue haciendo preguntas, y comparte este video con alguien curioso.",
        "Enséñalo | Ahora te toca a ti: explica a una persona lo que acabas de aprender.",
      ],
    },
    business: {
      hook: [
        "Para ti | Tenemos el gusto de presentarte algo especial: {topic}.",
        "Buenas noticias | Hoy hay buenas noticias para ti: {topic}. Míralo de cerca.",
        "Por fin | ¿Buscabas algo mejor? Aquí lo tienes: {topic}.",
        "La pregunta | Quizás te preguntes: {question} Nosotros hemos preparado una respuesta.",
      ],
      context: [
        "El problema | Ya conoces la situación: muchas promesas, poca calidad y nunca tiempo suficiente.",
        "Con cuidado | Cuidamos cada detalle, porque tu confianza es nuestro mayor capital.",
        "Más fácil | La vida ya está llena de tareas; nosotros lo hacemos fácil desde el primer saludo.",
        "Precios claros | Precios justos, palabras claras y ninguna sorpresa al final: así trabajamos.",
      ],
      turn: [
        "La diferencia | ¿Qué nos hace diferentes? Primero escuchamos, y después llegamos hasta el final.",
        "La calidad | Lo barato sale caro cuando hay que repetirlo; preferimos hacerlo bien una sola vez.",
        "Nuestros clientes | La mejor publicidad es un cliente que vuelve, y que vuelve con un amigo.",
      ],
      resolution: [
        "El resultado | El resultado es sencillo: ganas tiempo, ganas calma y tu dinero vale más.",
        "Gente contenta | Por eso la gente vuelve con nosotros, y por eso habla bien de nosotros.",
        "Crecer juntos | Cuando tú creces, nosotros también crecemos, y ese es el negocio que nos gusta.",
      ],
      call: [
        "Ven hoy | Ven a vernos hoy, y deja el resto en nuestras manos.",
        "Contáctanos | Llama, escribe o pasa a saludarnos: estamos listos para atenderte.",
      ],
    },
    inspiration: {
      hook: [
        "Para hoy | Aunque el día pese, guardemos este pensamiento: {topic}.",
        "Una palabra | Aquí tienes una palabra para un corazón cansado: {topic}.",
        "Respira | Detente un momento, respira y piensa en esto: {topic}.",
        "Una pregunta | Hay preguntas que nos acompañan mucho tiempo: {question} Tomémosla con calma.",
      ],
      context: [
        "El valle | Todos cruzamos algún día nuestro valle, y ningún valle carece de luz.",
        "La luz | La noche puede ser larga, pero el sol nunca ha olvidado salir.",
        "Un paso | No hace falta ver todo el camino; basta con ver el siguiente paso.",
        "La semilla | La semilla pasa sus primeros días a oscuras, y nadie dice que haya fracasado.",
      ],
      turn: [
        "Suelta | Deja en el suelo la carga que no puedes llevar; tus manos están hechas para el bien.",
        "Levantarse | Caer es parte del camino; levantarse es lo que se recordará.",
        "Gratitud | Mira otra vez con gratitud: hay pan, hay aliento y hay alguien que te quiere.",
      ],
      resolution: [
        "La paz | Poco a poco vuelve la paz, y el miedo disminuye antes de que pase la tormenta.",
        "Más fuerte | Un día mirarás atrás y verás cómo el camino difícil te hizo fuerte.",
        "La esperanza | La esperanza no hace ruido; espera, y por la mañana sigue ahí.",
      ],
      call: [
        "Ve en paz | Ve hoy en paz: te quieren, te necesitan y tu obra no ha terminado.",
        "Comparte esperanza | Envía estas palabras a quien las necesite; lo bueno viaja lejos.",
      ],
    },
    news: {
      hook: [
        "En portada | La noticia del día es esta: {topic}. Esto es lo que conviene saber.",
        "Lo esencial | Esto es lo esencial de la actualidad, con claridad y sin prisa: {topic}.",
        "Se habla de esto | Todo el mundo habla de ello en estos días: {topic}. Veámoslo de cerca.",
        "La pregunta | Hay una pregunta en boca de todos: {question} Repasemos lo que se sabe.",
      ],
      context: [
        "El contexto | Primero, el contexto: este asunto no nació hoy, y afecta a mucha gente.",
        "Sobre el terreno | Sobre el terreno hay esperanza por un lado y preguntas difíciles por el otro.",
        "Los primeros | Las familias, los trabajadores y los pequeños negocios serán los primeros en notarlo.",
        "Lo que se sabe | Esto es lo que se sabe por ahora; lo demás se va aclarando poco a poco.",
      ],
      turn: [
        "La gran pregunta | La gran pregunta sigue abierta: qué pasará ahora, y quién dará el paso.",
        "Por qué ahora | ¿Por qué ahora? Porque las necesidades crecen y la gente espera respuestas.",
        "Dos opiniones | Unos ven en ello una oportunidad; otros piden pruebas.",
      ],
      resolution: [
        "Para ti | Para ti, el consejo es sencillo: sigue el tema, pregunta y comprueba antes de compartir.",
        "Lo que viene | Los próximos días traerán más respuestas, y seguiremos atentos.",
        "Visto de lejos | Visto desde lejos, el cambio avanza, una decisión tras otra.",
      ],
      call: [
        "Sigue informado | Eso es todo por ahora: comprueba los hechos antes de difundirlos.",
        "Tu opinión | ¿Y tú qué opinas? Escríbenos, y comparte esta información.",
      ],
    },
    event: {
      hook: [
        "Estás invitado | Te invitamos de todo corazón: {topic}. Ven con quienes más quieres.",
        "Apunta la fecha | Apunta bien la fecha y avisa a tus amigos: {topic}.",
        "El gran día | Se acerca por fin el día que esperábamos: {topic}.",
        "La pregunta | Nos habéis preguntado: {question} La respuesta se celebra en compañía.",
      ],
      context: [
        "Los preparativos | Las manos no paran, las sillas se ordenan y se elige la música.",
        "Los reencuentros | Viejos amigos volverán a verse, y nacerán amistades nuevas.",
        "Para todos | Jóvenes y mayores, de cerca y de lejos, todos tendrán su lugar entre nosotros.",
      ],
      turn: [
        "El momento | Y entonces llega el momento: suben las voces y suenan los aplausos.",
        "Risas y música | Habrá música, habrá risas y habrá comida suficiente para todos.",
      ],
      resolution: [
        "Los recuerdos | Cuando ya se hayan recogido las sillas, todavía se hablará de este día.",
        "Juntos | Juntos, una tarde cualquiera se convierte en un recuerdo para toda la vida.",
        "Gracias | A quienes hacen posible este día, gracias: vuestra bondad es el mejor adorno.",
      ],
      call: [
        "Te esperamos | Comparte la invitación y llega temprano: tu sitio te está esperando.",
        "Ven acompañado | Ven con un amigo y con tu alegría; sin ti faltaría alguien.",
      ],
    },
  },
  {
    general: [
      "La mañana | La mañana llega con olor a café, ruido de escobas y un cielo dorado.",
      "La gente | Mira a la gente: está cansada, se ríe y todavía tiene esperanza.",
      "Manos que trabajan | Las cosas buenas las hacen a menudo manos que nadie aplaude.",
      "La paciencia | La paciencia no es esperar sin esperanza, es trabajar sin prisa.",
      "Una taza | Alrededor de una taza compartida, las penas pesan menos y los extraños se hacen amigos.",
      "La tarde | Al caer la tarde baja el ruido, y por fin se ve lo que el día ha construido.",
      "Un solo paso | Nadie sube la montaña de un solo paso, pero cualquiera puede empezar.",
      "Una sonrisa | Hasta un día difícil guarda en alguna parte a un niño que ríe, y eso basta.",
      "El camino | El camino es largo, pero parece más corto cuando se anda en compañía.",
    ],
    details: [
      "Algo más | Y hay algo más que conviene saber: {detail}.",
      "No lo olvidemos | No olvidemos tampoco esto, porque es importante: {detail}.",
    ],
    tails: ["Y el viaje continúa.", "Eso merece ser recordado.", "Vale la pena pensarlo.", "Aquí cada palabra cuenta."],
  },
);
