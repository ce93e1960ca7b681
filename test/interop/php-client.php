<?php
// PHP's SoapClient as a peer: logs in, makes the calls that it is given as JSON on stdin, and prints as JSON what it saw.

// Whatever PHP has to say does not belong into the JSON.
ini_set('display_errors', 'stderr');
ini_set('serialize_precision', '-1');

const SERVICES88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';

function clientOf(stdClass $task, string $service): SoapClient
{
    return new SoapClient("$task->baseUrl/$service.svc?wsdl", [
        'soap_version' => $task->version === '1.2' ? SOAP_1_2 : SOAP_1_1,
        'trace' => true,
        'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
        'cache_wsdl' => WSDL_CACHE_NONE,
    ]);
}

/** Header parts, each of which has to be understood by the server. */
function headersOf(array $parts): array
{
    $headers = [];
    foreach ($parts as $name => $value) {
        $headers[] = new SoapHeader(SERVICES88, $name, $value, true);
    }
    return $headers;
}

/** What a call gave or how it was refused, and the envelope that was sent for it. */
function outcomeOf(SoapClient $client, string $operation, mixed $input, array $headers): array
{
    $header = [];
    try {
        $body = $client->__soapCall($operation, [$input], [], $headers, $header);
        $seen = ['body' => $body, 'header' => (object) $header];
    } catch (SoapFault $fault) {
        $seen = ['fault' => ['code' => $fault->faultcode, 'reason' => $fault->getMessage()]];
    }
    return [...$seen, 'sent' => $client->__getLastRequest()];
}

$task = json_decode(stream_get_contents(STDIN), false, 512, JSON_THROW_ON_ERROR);
$clients = ['SoPrincipal' => clientOf($task, 'SoPrincipal'), 'Chat' => clientOf($task, 'Chat')];
$login = outcomeOf($clients['SoPrincipal'], 'AuthenticateUsernamePassword', $task->login, []);
$ticket = ['Credentials' => ['Ticket' => $login['body']->Credentials->Ticket ?? null]];
$outcomes = [];
foreach ($task->calls as $call) {
    $parts = [...($call->service === 'Chat' ? $ticket : []), ...(array) ($call->header ?? [])];
    $outcomes[] = outcomeOf($clients[$call->service], $call->operation, $call->input, headersOf($parts));
}
echo json_encode(
    ['login' => $login, 'calls' => $outcomes],
    JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION,
);
