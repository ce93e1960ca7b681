/**
 * What people said to the demo company. All of them are invented, and so are their addresses.
 */
import type { ChatMessageSpecialType, ChatSessionEntity, ChatSessionStatus } from '../../generated/types.js';
import { customerOf44 } from './demo-customer.js';

/** Seconds after the request, who speaks or which special message it is, the text, and what a special one carries. */
export type Line = readonly [
  seconds: number,
  from: 'customer' | 'agent' | ChatMessageSpecialType,
  text: string | null,
  specialParam?: string | null,
];

export interface Conversation {
  readonly topicId: number;
  readonly status: ChatSessionStatus;
  readonly minutesAgo: number;
  /** User name; null while nobody has taken the session. */
  readonly agent: string | null;
  readonly transferTo?: string;
  readonly customer: { readonly name: string; readonly email: string };
  readonly more?: ChatSessionEntity;
  readonly lines: readonly Line[];
}

const leasing: Conversation = {
  topicId: 1,
  status: 'Finished',
  minutesAgo: 1500,
  agent: 'anna',
  customer: { name: 'Ingrid Moltebær', email: 'ingrid@moltebaer.example.com' },
  more: { customerCompanyName: 'Moltebær & Sønner', customerPhone: '+47 00 00 00 41', rating: 5 },
  lines: [
    [0, 'customer', 'Hi! We are a small bakery and want to lease two cargo bikes for deliveries.'],
    [48, 'Welcome', 'Welcome to Fjellrad! What kind of ride are you looking for?'],
    [95, 'agent', 'Hi Ingrid, nice idea 🚲 How much bread does one bike have to carry?'],
    [150, 'customer', 'About 60 kg in the morning. And it is uphill both ways, I swear.'],
    [
      221,
      'agent',
      'Then I would take the "Lastefant" with the 85 Nm motor: 100 kg in the box, and hills are no problem.',
    ],
    [240, 'agent', 'Here are the figures: https://fjellrad.example.com/bikes/lastefant?motor=85&box=xl'],
    [312, 'customer', 'Looks good. What is the rate for 36 months, service included?'],
    [398, 'agent', 'NOK 1 890 per bike & month.\nThat includes:\n- two services a year\n- tyres\n- a loan bike'],
    [455, 'customer', 'Perfect, please send the contract to this address.'],
    [490, 'agent', 'On its way. Enjoy the ride, and save us a kanelbolle!'],
    [500, 'ClosedByUser', null],
  ],
};

const rearLight: Conversation = {
  topicId: 2,
  status: 'Finished',
  minutesAgo: 1310,
  agent: 'anna',
  customer: { name: 'Jürgen Müßig', email: 'juergen.muessig@example.com' },
  more: { rating: 4 },
  lines: [
    [0, 'BotMessage', 'Hei, I am Rulle, the robot. What is it about?'],
    [1, 'Options', 'Please choose', '["Brakes","Lights","Motor & battery","Talk to a \\"real\\" person"]'],
    [20, 'ClickedOption', 'Lights', 'Lights'],
    [41, 'customer', 'Mein Rücklicht blinkt ständig, obwohl es dauerhaft leuchten soll. Do you speak German?'],
    [102, 'Welcome', 'Hi, this is Fjellrad support. Tell us what is wrong & we will get you rolling again.'],
    [130, 'agent', 'Grüß Gott, ein bisschen! Does it blink fast (twice a second) or slowly?'],
    [171, 'customer', 'Fast. And it says "E<07>" on the display.'],
    [215, 'agent', "That's the firmware: version 2.1 mistakes the dynamo for a brake signal. 2.2 puts it right."],
    [233, 'Url', 'How to update the light', 'https://fjellrad.example.com/support/light?error=E07&lang=de#update'],
    [380, 'customer', 'Läuft gerade … 40 % … 80 % …'],
    [455, 'customer', 'Fertig! Es leuchtet wieder wie es soll 🎉'],
    [480, 'agent', 'Wunderbar. Is there anything else I can do for you?'],
    [502, 'customer', "No, that's all. Danke schön & tschüss!"],
    [515, 'ClosedByUser', null],
  ],
};

const derailleur: Conversation = {
  topicId: 3,
  status: 'Finished',
  minutesAgo: 400,
  agent: 'paal',
  customer: { name: 'Éloïse Dérailleur', email: 'eloise@example.com' },
  lines: [
    [0, 'customer', 'Bonjour, I bent the hanger of my Fjellrad "Stivigard" (2019). Do you still have that part?'],
    [140, 'Welcome', 'Fjellrad spare parts, hello! Do you have the frame number at hand?'],
    [205, 'customer', 'FR-19-004711'],
    [262, 'agent', 'Thank you. Yes: part 88-204, three of them in stock, € 19 with postage.'],
    [290, 'customer', 'Super, I order it in the shop. Merci !'],
    [301, 'ClosedByCustomer', null],
  ],
};

const creak: Conversation = {
  topicId: 2,
  status: 'CustomerLast',
  minutesAgo: 14,
  agent: 'anna',
  customer: { name: 'Sølvi Bratteng', email: 'solvi@bratteng.example.com' },
  more: customerOf44,
  lines: [
    [0, 'customer', 'The bottom bracket creaks again, two weeks after the repair (request 3107) 😕'],
    [70, 'Welcome', 'Hi, this is Fjellrad support. Tell us what is wrong & we will get you rolling again.'],
    [118, 'agent', 'Sorry to hear that, Sølvi. Does it creak with every turn of the pedals, or only under load?'],
    [201, 'customer', 'Only when I stand up. Left side, I think.'],
    [264, 'agent', 'Could you check whether the left crank bolt is tight? 12 Nm; "hand-tight" is not enough.'],
    [655, 'customer', 'It was loose! Tightened it & the creak is almost gone. Should I still come by?'],
  ],
};

const testRide: Conversation = {
  topicId: 1,
  status: 'UserLast',
  minutesAgo: 6,
  agent: 'anna',
  customer: { name: 'Bo Kranksson', email: 'bo@example.com' },
  more: { flags: ['UserIsTyping'] },
  lines: [
    [0, 'customer', 'Can I try the gravel bike before I buy it?'],
    [33, 'Welcome', 'Welcome to Fjellrad! What kind of ride are you looking for?'],
    [80, 'agent', 'Of course. Which size do you ride, and is Thursday after 16:00 fine?'],
    [131, 'customer', '56, and Thursday is great'],
    [170, 'agent', 'Booked: Thursday 16:30, Sykkelgata 7. One moment, I send you the map.'],
  ],
};

const kidsBike: Conversation = {
  topicId: 1,
  status: 'InQueue',
  minutesAgo: 4,
  agent: null,
  customer: { name: 'Aino Satula', email: 'aino@example.com' },
  lines: [[0, 'customer', 'Hei! My daughter is 6 and 118 cm tall. 16" or 20" wheels?']],
};

const flatBattery: Conversation = {
  topicId: 2,
  status: 'InQueue',
  minutesAgo: 9,
  agent: null,
  customer: { name: 'Tom O’Spoke', email: 'tom@example.com' },
  more: { alertLevel: 1 },
  lines: [
    [0, 'customer', "My battery won't charge any more, the LED stays red."],
    [180, 'customer', 'Hello? Anybody there?'],
  ],
};

const fleet: Conversation = {
  topicId: 1,
  status: 'UserLast',
  minutesAgo: 11,
  agent: 'mette',
  transferTo: 'anna',
  customer: { name: 'Ruth Felgenhauer', email: 'ruth@felgenhauer.example.com' },
  more: { customerCompanyName: 'Felgenhauer Logistik GmbH' },
  lines: [
    [0, 'customer', 'We need an offer for 25 cargo bikes, delivered in spring.'],
    [39, 'Welcome', 'Welcome to Fjellrad! What kind of ride are you looking for?'],
    [90, 'agent', 'That is a fleet 😀 My colleague Anna makes those offers, I pass you on to her.'],
  ],
};

const gaveUp: Conversation = {
  topicId: 2,
  status: 'ClosedFromQueue',
  minutesAgo: 190,
  agent: null,
  customer: { name: 'Ole Utålmodig', email: 'ole@example.com' },
  lines: [
    [0, 'customer', 'Quick question: which tyre pressure for 47 mm tyres?'],
    [240, 'ClosedByCustomer', null],
  ],
};

/** The first one becomes session 41. */
export const conversations: readonly Conversation[] = [
  leasing,
  rearLight,
  derailleur,
  creak,
  testRide,
  kidsBike,
  flatBattery,
  fleet,
  gaveUp,
];
