/**
 * The keys that the fields of a request have in logs of JSON objects, by what servers and the Elastic Common Schema call
 * them. How a key is written does not matter: neither letters in upper case, nor dots, dashes and underscores, nor whether
 * a part of it is that of an object around it.
 */
export const jsonLogKeys = {
  // The line of a request has its method too.
  request: ['request', 'request_line'],
  path: [
    ...['url.path', 'url.original', 'cs-uri-stem', 'path', 'uri', 'url', 'request_uri', 'request_path', 'request_url'],
    ...['target', 'http.target'],
  ],
  query: ['url.query', 'cs-uri-query', 'query', 'query_string', 'args'],
  method: ['http.request.method', 'cs-method', 'method', 'request_method', 'http_method', 'verb'],
  status: [
    ...['http.response.status_code', 'sc-status', 'status', 'status_code', 'response_status', 'http_status'],
    ...['http_status_code', 'origin_status', 'downstream_status'],
  ],
  time: ['@timestamp', 'time', 'ts', 'datetime', 'time_local', 'time_iso8601', 'start_utc', 'msec'],
  userAgent: ['user_agent.original', 'cs(User-Agent)', 'user_agent', 'http_user_agent', 'request_user_agent'],
  address: [
    ...['client.ip', 'source.ip', 'c-ip', 'client_address', 'client_host', 'remote_addr', 'remote_ip', 'remote_host'],
    'ip',
  ],
  user: ['user.name', 'cs-username', 'remote_user', 'user_id', 'user', 'client_username'],
  action: ['cs(SOAPAction)', 'SOAPAction', 'http_soapaction', 'request_soapaction'],
} as const;

/** A key without all that does not matter. */
export const foldedKey = (key: string): string => key.toLowerCase().replace(/[^a-z\d]/g, '');
