<?php
// Answers every operation on PHP's SoapServer with what the file REPLY says at that moment, as JSON: its header parts
// and the members of its body.

require __DIR__ . '/php-service.php';

final class RepliesFromFile
{
    public function __construct(private SoapServer $server)
    {
    }

    /** Called for header parts as well as for operations. */
    public function __call(string $name, array $arguments): mixed
    {
        remember($name, $arguments[0] ?? null);
        if (in_array($name, ['ApplicationToken', 'Credentials', 'TimeZone'], true)) {
            return null;
        }
        $reply = json_decode(file_get_contents(getenv('REPLY')), false, 512, JSON_THROW_ON_ERROR);
        foreach ($reply->header as $part => $value) {
            $this->server->addSoapHeader(new SoapHeader(SERVICES88, $part, $value));
        }
        return $reply->body;
    }
}

serve(fn (string $name, SoapServer $server) => new RepliesFromFile($server));
