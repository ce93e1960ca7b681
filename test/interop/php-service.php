<?php
// Serves an object as Chat.svc or SoPrincipal.svc with PHP's SoapServer. CONTRACT names the server whose WSDLs are
// loaded, and RECEIVED the file to which each request goes, as PHP has read it, as one line of JSON.

const SERVICES88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';

function remember(string $operation, mixed $input): void
{
    $line = json_encode(['operation' => $operation, 'input' => $input], JSON_THROW_ON_ERROR);
    file_put_contents(getenv('RECEIVED'), "$line\n", FILE_APPEND);
}

/** @param callable(string, SoapServer): object $serviceFor gives what answers, for the name of the service */
function serve(callable $serviceFor): void
{
    $name = basename(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH), '.svc');
    // Kept in the memory of this process only: on disk, the WSDL of another server on the same port may be found.
    $options = ['cache_wsdl' => WSDL_CACHE_MEMORY, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS];
    $server = new SoapServer(getenv('CONTRACT') . "/$name.svc?wsdl", $options);
    $server->setObject($serviceFor($name, $server));
    $server->handle();
}
