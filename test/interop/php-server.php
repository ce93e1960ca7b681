<?php
// A chat service on PHP's SoapServer, with small data of its own, for our client to call.

require __DIR__ . '/php-service.php';

const XSD = 'http://www.w3.org/2001/XMLSchema';
const TICKET = '7T:from-php';

final class SoPrincipalService
{
    public function AuthenticateUsernamePassword(stdClass $input): array
    {
        remember(__FUNCTION__, $input);
        if ($input->UserName !== 'jürgen' || $input->Password !== '<&demo>') {
            return ['Response' => null, 'Credentials' => null, 'AuthenticationSucceeded' => false];
        }
        return [
            'Response' => ['Associate' => 'JÜRGEN', 'AssociateId' => 7, 'FunctionRights' => ['string' => ['a', null, '']]],
            'Credentials' => ['Ticket' => TICKET],
            'AuthenticationSucceeded' => true,
        ];
    }
}

final class ChatService
{
    private ?string $ticket = null;

    public function __construct(private SoapServer $server)
    {
    }

    /** The header part of this name. */
    public function Credentials(stdClass $credentials): void
    {
        $this->ticket = $credentials->Ticket ?? null;
    }

    /** The header part of this name, which goes back as it came. */
    public function TimeZone(stdClass $zone): void
    {
        $this->server->addSoapHeader(new SoapHeader(SERVICES88, 'TimeZone', $zone));
    }

    public function GetChatMessages(stdClass $input): array
    {
        $this->begin(__FUNCTION__, $input);
        $this->server->addSoapHeader(new SoapHeader(SERVICES88, 'Succeeded', true));
        $extra = ['ExtraInfoNameValuePair' => [['Key' => 'ä', 'Value' => ''], ['Key' => 'b', 'Value' => null]]];
        $this->server->addSoapHeader(new SoapHeader(SERVICES88, 'ExtraInfo', $extra));
        $messages = [
            [
                'ChatMessageId' => 11,
                'ChatSessionId' => $input->ChatSessionId,
                'Type' => 'ToUser',
                'Message' => " Grüße,\r\nR&D <\u{1F6B2}>\r ",
                'Author' => 'Jürgen Müßig',
                'ReadByCustomer' => -32768,
                'SpecialType' => 'None',
                'SpecialParam' => null,
                'WhenPosted' => '2024-02-29T23:59:58.1234567',
            ],
            null,
            ['ChatMessageId' => 12, 'Message' => '', 'WhenPosted' => '2024-12-15T09:23:15+01:00'],
            ['ChatMessageId' => 2147483647, 'Message' => null, 'WhenPosted' => '0001-01-01T00:00:00'],
        ];
        $later = fn (?array $message): bool => $message === null || $message['ChatMessageId'] > $input->After;
        return ['Response' => ['ChatMessage' => array_values(array_filter($messages, $later))]];
    }

    public function AddChatMessage(stdClass $input): array
    {
        $this->begin(__FUNCTION__, $input);
        return ['Response' => $input->Message];
    }

    /** Elements that state their types: of XML Schema, and one that is derived from the contract's and not in it. */
    public function GetChatSessionEntity(stdClass $input): array
    {
        $this->begin(__FUNCTION__, $input);
        $members = [
            self::typed('ChatSessionId', $input->ChatSessionEntityId, XSD_INT, 'int'),
            self::typed('CustomerName', ' Zoë & <Öl> ', XSD_STRING, 'string'),
            self::typed('CustomerEmail', "a\tb", XSD_NORMALIZEDSTRING, 'normalizedString'),
            self::typed('CustomerConsented', true, XSD_BOOLEAN, 'boolean'),
            self::typed('WhenStarted', '2026-03-02T08:15:30Z', XSD_DATETIME, 'dateTime'),
        ];
        return ['Response' => new SoapVar($members, SOAP_ENC_OBJECT, 'ArchivedChatSession', SERVICES88)];
    }

    public function ChatSessionsForUser(stdClass $input): array
    {
        $this->begin(__FUNCTION__, $input);
        $city = ['Name' => 'city', 'Value' => 'Lom', 'ValueLength' => 254];
        $session = [
            'TableRight' => ['Mask' => 'Select RestrictedUpdate', 'Reason' => ''],
            'FieldProperties' => [
                'FieldPropertyDictionaryKeyValuePair' => [
                    ['Key' => 'rating', 'Value' => ['FieldRight' => ['Mask' => ''], 'FieldType' => 'System.Int32']],
                    ['Key' => 'whén', 'Value' => null],
                ],
            ],
            'ChatSessionId' => 1,
            'User' => ['Name' => 'JÜRGEN', 'Rank' => -1, 'CustomFields' => null],
            'Person' => null,
            'Status' => 'InQueue',
            'Flags' => 'UserIsTyping',
            'Contact' => [
                'Address' => [
                    'Wgs84Latitude' => 61.84,
                    'LocalizedAddress' => ['ArrayOfLocalizedField' => [['LocalizedField' => [$city]], null, []]],
                ],
            ],
        ];
        return ['Response' => ['ChatSessionEntity' => [$session]]];
    }

    public function PickUpFirstChatSession(stdClass $input): array
    {
        $this->begin(__FUNCTION__, $input);
        return ['Response' => null];
    }

    public function DeleteChatSessionEntity(stdClass $input): void
    {
        $this->begin(__FUNCTION__, $input);
    }

    /** Refuses as the service does, by header parts. */
    public function GetChatTranscript(stdClass $input): array
    {
        $this->begin(__FUNCTION__, $input);
        $this->server->addSoapHeader(new SoapHeader(SERVICES88, 'Succeeded', false));
        $this->server->addSoapHeader(new SoapHeader(SERVICES88, 'ExceptionInfo', [
            'Message' => 'nicht möglich',
            'StackTrace' => null,
            'FriendlyText' => 'Bitte später <nochmals>',
            'ExceptionType' => 'Demo.Busy',
            'InnerException' => ['Message' => 'innen', 'ExceptionType' => 'Demo.Inner'],
            'Parameters' => ['SoExceptionInfoParametersKeyValuePair' => [['Key' => 'n', 'Value' => null]]],
        ]));
        return [];
    }

    private function begin(string $operation, stdClass $input): void
    {
        remember($operation, $input);
        if ($this->ticket === TICKET) {
            return;
        }
        $exception = (object) ['Message' => 'Fremd', 'Type' => 'SuperOffice.Exceptions.SoSessionException'];
        throw new SoapFault('Client', 'Ticket ungültig', null, (object) ['ExceptionDetail' => $exception]);
    }

    private static function typed(string $name, mixed $value, int $encoding, string $type): SoapVar
    {
        return new SoapVar($value, $encoding, $type, XSD, $name, SERVICES88);
    }
}

serve(fn (string $name, SoapServer $server) => $name === 'Chat' ? new ChatService($server) : new SoPrincipalService());
