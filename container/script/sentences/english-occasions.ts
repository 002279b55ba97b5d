import type { KindLines } from "./line-book.ts";

export const inspiration: KindLines = {
  hook: [
    "A word for today | Whatever today brings, carry one thing with you: {topic}{here}.",
    "Breathe | Stop for a moment and breathe. Let us talk about {topic}{here}.",
    "{thing} | There are days when everything feels heavy. That is when {topic} matter{s} most.",
    "For your heart | This is a small word for a tired heart, and it is about {topic}{here}.",
    "Take courage | Take courage from this today: {clause}{here}.",
    "Look at this | When you think it cannot be done, remember that {clause}{here}.",
  ],
  context: [
    "The valley | Everyone walks through a valley at some point, and nobody walks through it without shadows.",
    "Morning light | The night may feel endless, but the sunrise has never once forgotten to come.",
    "Small steps | You do not have to see the whole road. You only have to take the next step.",
    "You are not alone | You are not the only one carrying something heavy. Many walk beside you in silence.",
    "The seed | A seed spends its first days in the dark, and nobody calls that failure.",
    "Quiet strength | Strength is often quiet. Sometimes it is only a person who gets up once more.",
  ],
  turn: [
    "Let it go | Put down what you cannot carry. Your hands were made for more than holding on to fear.",
    "A new thought | Then a new thought comes: perhaps the closed door was only keeping you for a better one.",
    "The choice | Between what happened and what happens next, there is always a choice, and it is yours.",
    "Rise again | Falling is part of the road. Rising again is the part that people will remember.",
    "Grateful eyes | Look again with grateful eyes: there is bread, there is breath, and there is someone who loves you.",
    "Hold on | Hold on a little longer. Rivers cut through rock by never stopping, not by being strong.",
  ],
  resolution: [
    "Peace | And slowly peace arrives, not because the storm is over, but because you are no longer afraid.",
    "Carry the light | Keep the thought of {topic} close, like a lamp in the hand of someone walking home at night.",
    "You have grown | One day you will look back and see that the hard road made you kind and strong.",
    "A steady heart | A steady heart changes a house, a street and in time a whole town.",
    "Hope stays | Hope does not shout. It stays, it waits, and in the morning it is still there.",
  ],
  call: [
    "Go gently | Go gently into this day. You are loved, you are needed and your work is not finished.",
    "Say it again | Say it again tonight before you sleep: tomorrow is new, and so am I.",
    "Share hope | Send this to someone who needs hope today. A few kind words travel far.",
    "Begin again | Begin again, as often as you need to. Grace does not keep count.",
  ],
};

export const event: KindLines = {
  hook: [
    "You are invited | You are warmly invited: {topic}{here}. Come as you are, and bring someone you love.",
    "Save the date | Save the date and tell your friends. It is time for {topic}{here}.",
    "The day is coming | The day we have been waiting for is coming: {topic}{here}.",
    "Come together | Some moments are better shared, and {topic}{here} is one of them.",
    "Good news | Here is good news to share: {clause}{here}. Come and be part of it.",
  ],
  context: [
    "Getting ready | Hands are busy, pots are washed, chairs are counted and the music is being chosen.",
    "Old friends | Old friends will meet again, and new ones will wonder why they did not meet before.",
    "Why we gather | We gather because joy grows when it is shared, and because every face makes a difference.",
    "The invitation | Young and old, near and far, there is a place kept for each of you.",
    "The plan | The plan is simple: arrive early, greet everyone and stay until the last song.",
  ],
  turn: [
    "The moment | Then comes the moment itself: voices rise, hands clap and time seems to slow down.",
    "Music and laughter | There will be music, laughter and food enough for a second plate.",
    "Behind the scenes | Behind the scenes, many kind people are giving their time so that others can smile.",
    "Do not miss it | A day like this does not come twice, so keep it free and keep it special.",
    "Dress with joy | Wear your best colours and bring your best stories. Both will be needed.",
  ],
  resolution: [
    "Memories | Long after the chairs are stacked, people will still be telling stories about {topic}.",
    "Together | When we stand together, even an ordinary afternoon becomes something to remember.",
    "Joy to carry home | You will go home tired, full and happy, with photographs worth keeping.",
    "A thank you | To everyone who makes it possible: thank you. Your kindness is the real decoration.",
    "One big family | For one day the whole place feels like one big family around one table.",
  ],
  call: [
    "See you there | Mark your calendar, share this invitation and come early. We will keep a seat for you.",
    "Bring a friend | Come, bring a friend and bring your joy. It would not be the same without you.",
    "Be there | Be there. Some days are remembered for ever, and this could be one of them.",
  ],
};

export const howto: KindLines = {
  hook: [
    "How it is done | Do you want to {todo}{here}? It is easier than it looks. Let us start.",
    "Step by step | Here is how to {todo}{here}, step by step and without any stress.",
    "You can do it | Anyone can learn to {todo}{here}. All it takes is a little patience and a plan.",
    "A simple guide | This is a simple guide to {doing}{here}, for people with busy days.",
    "Let us begin | {doing} does not have to be difficult{here}. Let us take it one step at a time.",
  ],
  context: [
    "Get ready | First, get ready. Put everything you need within reach, and clear a little space to work.",
    "Know your why | Before you start, know your reason. It will keep you going when the work gets boring.",
    "What you need | You do not need expensive tools to begin. You need time, attention and a willing hand.",
    "Start small | Start small. A short, honest beginning is better than a perfect plan that never starts.",
    "Learn the basics | Learn the basics slowly, because everything that follows stands on them.",
    "Look and learn | Watch somebody who does it well, and notice what they do with their hands.",
  ],
  turn: [
    "Take your time | Now take your time. Go one step after another, and check your work as you go.",
    "Avoid this mistake | Avoid the most common mistake: rushing. Most problems begin with skipping one small step.",
    "If it goes wrong | If something goes wrong, stay calm. Go back one step, look again and try once more.",
    "Practice | Practice matters more than talent. Ten minutes a day will change everything within a month.",
    "Ask for help | When you are stuck, ask someone who has done it before. People love to be asked.",
    "Write it down | Write down what worked and what did not. A small notebook is the best teacher.",
  ],
  resolution: [
    "Look at that | And there it is. {doing} was never magic, only a few small steps in the right order.",
    "Make it a habit | Do it again tomorrow, then again next week, and soon it will feel natural.",
    "Enjoy the result | Take a moment to enjoy the result. You made this with your own two hands.",
    "You have learned | Now you know how to {todo}, and nobody can take that away from you.",
    "Better each time | Every time you do it, it gets a little faster, a little neater and a lot more fun.",
  ],
  call: [
    "Try it today | Try it today, save this video and show it to someone who has been asking how.",
    "Your turn now | Now it is your turn. Start with the first step, and the second will come.",
    "Teach a friend | When you have done it once, teach a friend. That is the best way to remember.",
  ],
};

export const proverb: KindLines = {
  hook: [
    "Words of the elders | The elders say: {saying}. A few words, and a whole life inside them.",
    "An old saying | There is an old saying that never grows tired: {saying}.",
    "Wise words | Some words are worth carrying in your pocket. Here are some of them: {saying}.",
    "By the fire | By the evening fire an elder once said: {saying}. Then everyone fell silent.",
    "Old wisdom | Old wisdom has something to tell us about {topic}, if we have the patience to listen.",
    "By the fire | By the evening fire the elders speak about {topic}, and the children stop playing to listen.",
  ],
  context: [
    "Under the tree | Under the big tree, stories were the first school, and proverbs were the first lesson.",
    "What it says | At first the words seem simple. Stay with them, and they begin to open like a door.",
    "Grandmother's voice | Perhaps you heard it first in your grandmother's voice, on a day you were not listening.",
    "Handed down | It was handed from mouth to ear for generations, because it kept proving itself true.",
    "A picture in words | A proverb is a picture made of words: small enough to remember, wide enough to live in.",
  ],
  turn: [
    "In our time | Is it still true in our time, with phones in our hands and no hour to spare?",
    "A hard lesson | Many of us learn it late, after the mistake, when the lesson has already been paid for.",
    "Two travellers | Think of two travellers. One hears the saying and smiles. The other hears it and changes the road.",
    "The test | The test comes on an ordinary day, when the easy way and the wise way part.",
    "Look again | Look again at your own week, and you will find the very place where it fits.",
  ],
  resolution: [
    "The meaning | The meaning is simple in the end: live with care, walk with others and think before you run.",
    "Wisdom at work | Wisdom is not what we know. It is what we remember at the right moment.",
    "Still true | Years pass, roads are paved, towns grow tall, and the old words are still true.",
    "A light at night | Keep the words close. On a dark night they shine like a lamp in a window.",
    "Living it | Whoever lives by these words sleeps well, works well and is missed when away.",
  ],
  call: [
    "Remember it | Remember these words, and pass them on the way they came to you: gently, and in time.",
    "Your proverb | Which proverb did you grow up with? Tell it to a child before the day ends.",
    "Carry it on | Carry it on. A saying lives only as long as somebody says it.",
  ],
};
