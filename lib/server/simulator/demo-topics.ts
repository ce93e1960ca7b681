/**
 * What customers of the demo company can chat about.
 */
import type { ChatOpeningHours, ChatTopicEntity, ChatWidgetSettings, TimeZoneData } from '../../generated/types.js';
import { type ChatTopic, topicWith } from './defaults.js';

/** Norway as a rule of fixed days: one hour east of UTC, and two from the end of March to the end of October. */
const norway: TimeZoneData = {
  tZLocationID: 261,
  name: 'Norway',
  tZLocationCode: 'NO',
  tZLocationCities: 'Oslo, Bergen, Tromsø',
  isoNumber: 578,
  timeZoneSTDRules: { '1996-01-01T00:00:00': { tZOffset: 60, startDay: 25, startMonth: 10, endDay: 29, endMonth: 3 } },
  timeZoneDSTRules: { '1996-01-01T00:00:00': { tZOffset: 120, startDay: 29, startMonth: 3, endDay: 25, endMonth: 10 } },
};

/** Monday to Friday. */
const officeHours = (start: string, stop: string): ChatOpeningHours => ({
  tzLocation: norway,
  monEnabled: true,
  monStart: start,
  monStop: stop,
  tueEnabled: true,
  tueStart: start,
  tueStop: stop,
  wedEnabled: true,
  wedStart: start,
  wedStop: stop,
  thuEnabled: true,
  thuStart: start,
  thuStop: stop,
  friEnabled: true,
  friStart: start,
  friStop: stop,
});

const widget = (given: ChatWidgetSettings): ChatWidgetSettings => ({
  preFormEnabled: true,
  preFormMessage: 'Please tell us who you are.',
  requiredFields: ['Email', 'Name'],
  postFormEnabled: true,
  postFormHeader: 'Thank you!',
  postFormMessage: 'Was that any help?',
  postTranscriptEnabled: true,
  languageIsoCode: 'en',
  theme: 'Modern',
  color: '#14532d',
  badgeColor: '#14532d',
  badgeTextColor: '#ffffff',
  custMsgColor: '#e7f5ec',
  custMsgTextColor: '#1c1917',
  agentMsgColor: '#14532d',
  agentMsgTextColor: '#ffffff',
  buttonColor: '#b45309',
  buttonTextColor: '#ffffff',
  font: 'Verdana',
  fontSize: '14px',
  showAgentPhoto: true,
  welcomeTitle: 'Hei!',
  offlineHeader: 'We are out riding',
  offlineMessage: 'Leave us a message & we answer on the next working day.',
  offlineFields: ['Email', 'Name'],
  useAgentFirstname: true,
  ...given,
});

const topic = (given: ChatTopicEntity): ChatTopic =>
  topicWith({
    language: { id: 1, value: 'English', tooltip: 'en' },
    alertRecipient: 'chat@fjellrad.example.com',
    alertTemplate: { replyTemplateId: 7, name: 'Chat is waiting', description: null, folderId: 1 },
    collectConsent: true,
    warnNewChatMinutes: 3,
    warnManagerNewChatMinutes: 10,
    warnChatMessageMinutes: 5,
    warnManagerChatMessageMinutes: 15,
    ticketEnabled: true,
    ticketPriority: { id: 2, value: 'Normal', tooltip: null },
    widgetEnableRating: true,
    widgetRatingText: 'How did we do?',
    ...given,
  });

/** Topics 1 to 3. */
export const demoTopics: readonly ChatTopic[] = [
  topic({
    name: 'Sales',
    description: 'Choosing, leasing and buying a bicycle',
    welcomeMessage: 'Welcome to Fjellrad! What kind of ride are you looking for?',
    badgeHeader: 'Find your bike',
    ticketCategory: { id: 11, value: 'Sales', tooltip: null },
    openingHoursEnabled: true,
    openingHours: officeHours('PT8H', 'PT17H'),
    widget: widget({ welcomeMessage: 'Ask us about bikes, leasing & test rides.' }),
    secondsPrAccept: 42,
  }),
  topic({
    name: 'Support',
    description: 'Help with a bicycle you have',
    welcomeMessage: 'Hi, this is Fjellrad support. Tell us what is wrong & we will get you rolling again.',
    badgeHeader: 'Help',
    customQueueTextEnabled: true,
    customQueueText: 'All our mechanics have greasy hands at the moment. You are number {queue} in line.',
    ticketCategory: { id: 12, value: 'Support', tooltip: null },
    openingHoursEnabled: true,
    openingHours: {
      ...officeHours('PT7H30M', 'PT20H'),
      satEnabled: true,
      satStart: 'PT10H',
      satStop: 'PT15H',
      useLunchHours: true,
      lunchStart: 'PT11H30M',
      lunchStop: 'PT12H',
    },
    widget: widget({ welcomeMessage: 'Something creaks? Ask us.', size: 'Large' }),
    secondsPrAccept: 65,
    botEnabled: true,
    botSettings: { botName: 'Rulle', botRegisterScriptId: 3, botMessageReceivedScriptId: 4 },
  }),
  topic({
    name: 'Spare parts',
    description: 'Ersatzteile, reservedeler, pièces détachées',
    welcomeMessage: 'Fjellrad spare parts, hello! Do you have the frame number at hand?',
    badgeHeader: 'Parts',
    ticketCategory: { id: 13, value: 'Spare parts', tooltip: null },
    widget: widget({ welcomeMessage: 'From bell to bottom bracket.', theme: 'Classic' }),
    useQueueOfflineForm: true,
    offlineFormTimeLimit: 15,
    offlineFormQueueLength: 5,
    secondsPrAccept: 120,
  }),
];
