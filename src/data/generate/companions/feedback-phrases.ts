/** What customers write, sentence by sentence: by topic and kind, with ways to begin, to turn and to end. */

export type FeedbackKind = 'complaint' | 'praise' | 'suggestion';
type Phrases = Readonly<Record<FeedbackKind, readonly string[]>>;

export const openings: Phrases = {
  complaint: [
    'I am disappointed.',
    'This is the third time that I write.',
    'Not what I had hoped for.',
    'Honestly, I am annoyed.',
  ],
  praise: ['Just to say thank you.', 'I am very happy here.', 'Well done.', 'Credit where it is due.'],
  suggestion: ['An idea for you.', 'One wish from my side.', 'A small thing.', 'Something to think about.'],
};

export const turns: readonly string[] = ['On the other hand,', 'Still,', 'That said,', 'All the same,'];

export const closings: Phrases = {
  complaint: [
    'Please do something about it.',
    'I am looking at others now.',
    'I expect an answer.',
    'So far nothing has changed.',
  ],
  praise: ['Keep it up.', 'I have told my friends.', 'I will stay.', 'More of this, please.'],
  suggestion: ['It would help a lot.', 'No hurry.', 'Others surely want it too.', 'Thanks for reading.'],
};

/** The sentences of a topic. Throws when it has none, which a test rules out for every kind of business. */
export function phrasesOf(topic: string): Phrases {
  const phrases = topics[topic];
  if (phrases === undefined) throw new RangeError(`feedback: nothing to say about ${topic}`);
  return phrases;
}

const topics: Readonly<Record<string, Phrases>> = {
  price: {
    complaint: [
      'It has become far too expensive.',
      'I pay more every year and get nothing for it.',
      'The last invoice was a shock.',
      'New customers get a better price than I do.',
      'The charges are higher than what I was told.',
    ],
    praise: [
      'It is worth every cent.',
      'I have compared, and nobody is cheaper.',
      'The discount came at the right moment.',
      'Fair prices, no surprises.',
    ],
    suggestion: [
      'Could there be a cheaper option for people who use little?',
      'A yearly payment at a lower price would suit me.',
      'Please show all costs in one place.',
      'A bonus for long-standing customers would be nice.',
    ],
  },
  support: {
    complaint: [
      'I waited forty minutes on the phone and was cut off.',
      'Nobody answers my mails.',
      'Each person that I speak to tells me something else.',
      'The agent was unfriendly and could not help.',
    ],
    praise: [
      'The lady on the phone solved it in five minutes.',
      'Your support is friendly and quick.',
      'I got a real answer from a real person.',
      'They called back as promised.',
    ],
    suggestion: [
      'A chat in the evening would be good.',
      'Please let me see the state of my request online.',
      'A call-back button would save time.',
      'Could the menu on the phone be shorter?',
    ],
  },
  app: {
    complaint: [
      'The app crashes whenever I log in.',
      'Since the update nothing can be found any more.',
      'The app logs me out every day.',
      'It takes ages until the first page is there.',
    ],
    praise: [
      'The app does what it should and is quick.',
      'I do everything in the app now.',
      'The new start page is much clearer.',
      'Logging in with a finger works perfectly.',
    ],
    suggestion: [
      'A dark mode for the app would be welcome.',
      'Please add a search to the app.',
      'I would like to sort the list myself.',
      'Could the app remember my last page?',
    ],
  },
  reliability: {
    complaint: [
      'The line was down three evenings in a row.',
      'The picture freezes whenever there is a match.',
      'Another outage and no word from you.',
      'The speed is half of what I pay for.',
    ],
    praise: [
      'It simply works, day and night.',
      'No outage for months.',
      'The picture is sharp and never stops.',
      'Since the repair the line has been rock solid.',
    ],
    suggestion: [
      'Please send a message when there is maintenance.',
      'A page with known outages would help.',
      'Could I test the speed from my account?',
      'A spare router to borrow would be useful.',
    ],
  },
  content: {
    complaint: [
      'There is hardly anything new to watch.',
      'My favourite series was taken off without a word.',
      'I get the same ten recommendations all the time.',
      'Half of the films are dubbed badly.',
    ],
    praise: [
      'Great choice of films this winter.',
      'The documentaries are the best anywhere.',
      'The children love their corner.',
      'The recommendations hit my taste.',
    ],
    suggestion: [
      'More films with subtitles, please.',
      'I would like to hide what I have seen.',
      'A shared list for the family would be fun.',
      'Could you show what is about to leave?',
    ],
  },
  delivery: {
    complaint: [
      'The parcel came a week late.',
      'It says delivered, but nothing has arrived.',
      'My order lay in the rain before the door.',
      'Three orders, three delays.',
    ],
    praise: [
      'Ordered on Monday, here on Tuesday.',
      'The driver was careful and friendly.',
      'Always on the day that was promised.',
      'I could follow the parcel to the minute.',
    ],
    suggestion: [
      'Please let me choose an hour for the delivery.',
      'A pick-up point nearby would be handy.',
      'Could several orders come in one parcel?',
      'Less packaging would be good.',
    ],
  },
  quality: {
    complaint: [
      'It broke after two weeks.',
      'The colour has nothing to do with the picture.',
      'The seams came apart at the first wash.',
      'This feels much cheaper than it looks online.',
    ],
    praise: [
      'Very well made, better than expected.',
      'I have had it for a year and it is like new.',
      'Exactly as in the picture.',
      'The material feels good.',
    ],
    suggestion: [
      'Please give the exact size in the description.',
      'More pictures from the side would help.',
      'Could you sell spare parts?',
      'A larger size would sell well.',
    ],
  },
  returns: {
    complaint: [
      'I sent it back a month ago and have seen no money.',
      'The return label could not be printed.',
      'You say that the return never reached you.',
      'Sending it back cost me more than the thing itself.',
    ],
    praise: [
      'Sending it back was no trouble at all.',
      'The money was there after two days.',
      'The exchange went smoothly.',
      'No questions asked when I returned it.',
    ],
    suggestion: [
      'A label in the parcel would make returns easier.',
      'Please allow an exchange for another size at once.',
      'Could a parcel be picked up for return?',
      'More time to return gifts would be kind.',
    ],
  },
  branch: {
    complaint: [
      'My branch was closed without a word.',
      'There is always one counter open and a queue to the door.',
      'I was sent away because I had no appointment.',
      'The machine in the branch has been broken for weeks.',
    ],
    praise: [
      'The adviser in the branch took her time.',
      'They know me by name in my branch.',
      'Good advice, and nothing was forced on me.',
      'The counter staff are always helpful.',
    ],
    suggestion: [
      'One late evening a week in the branch would help.',
      'Please let me book an appointment online.',
      'A machine that takes coins would be useful.',
      'A seat in the waiting area, please.',
    ],
  },
  card: {
    complaint: [
      'My card was refused at the till for no reason.',
      'The new card took three weeks.',
      'I was charged twice for the same payment.',
      'The card was blocked while I was abroad.',
    ],
    praise: [
      'The lost card was replaced within two days.',
      'Paying abroad worked everywhere.',
      'The message after each payment gives me peace of mind.',
      'The fraud was noticed before I saw it.',
    ],
    suggestion: [
      'I would like to set the limit of the card myself.',
      'Please offer a second card for the children.',
      'Could payments be sorted by shop?',
      'A card number for a single use would be good.',
    ],
  },
};
