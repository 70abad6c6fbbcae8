/**
 * What the software beneath a panel says: languages, HTTP clients, databases, queues. Whoever passes it on does not know
 * what became of the order. Parts of sentences, wherever they stand; in English whatever the panel speaks.
 */

export const SOFTWARE_FAILURES: readonly string[] = [
  // Languages
  'undefined|null|nil|nan|none|nonetype|nullpointer*|object object|typeerror|referenceerror|rangeerror|syntaxerror|keyerror',
  'valueerror|attributeerror|indexerror|runtimeerror|notimplementederror|unboundlocalerror|assertionerror|oserror|ioerror',
  'traceback|stack trace|stacktrace|panic|segmentation fault|core dumped|goroutine|runtime error|parse error|syntax error',
  'unexpected (token|end|character|identifier)|is not (a function|defined|iterable|callable|a constructor|an object)',
  '(has|have) no (attribute|property|method|key)|no attribute|undefined (index|variable|array|offset|property|method|function|constant)',
  'array (key|offset|index)|(key|index|offset) (out of (range|bounds)|not found in array|does not exist in)|out of (range|bounds|memory)',
  'division by zero|memory (size|limit|exhausted)|execution time|stack size|circular structure|heap|maximum recursion|recursion depth',
  'call to (a member|undefined)|attempt to read|on line #|line # column|trying to (access|get)|array to string|invalid argument supplied',
  'unhandled|uncaught|promise rejection|invalid (cast|operand|conversion|literal|opcode)|expecting value|must be of type|argument #',
  'unserialize*|serializ*|deserializ*|decode error|decoding|encoding|malformed json|json|xml|yaml|html|unmarshal*|marshal*',
  'expected|argument*|object*|instance*|array*|buffer*|stream*|header*|byte|bytes|string*|tuple|typeof|callback*|iterator|iterable',
  'class|directory|not implemented|(is|was|been|already) closed|readable|writable|regex*|unicode*|codec|stdin|stdout|parser|compile*',
  // Names of errors, as in "HttpException" or "ERR_BAD_RESPONSE", and codes of the system
  'err (bad|network|canceled|socket|http|tls|ssl|invalid|fr|connection) |econn*|etimed*|esocket*|epipe|enotfound|eai again|ehost*',
  'enet*|eaddr*|eproto*|eperm|eacces|enoent|emfile|enospc|ebusy|eexist|errno|errno #|sigterm|sigkill|oom|e11000|e11001',
  // HTTP clients and what stands between
  'socket*|hang up|curl*|guzzle*|axios*|urllib*|requests exceptions|httpclient|httpx|aiohttp|okhttp|fetch failed|network',
  'connection*|connect (to|e)|connecttimeout|readtimeout*|httpconnection*|httpsconnection*|remote (end|host|server)|remotedisconnected',
  'max retries|dial tcp|no such host|eof|broken pipe|reset by peer|getaddrinfo|dns|name or service not known|name resolution|resolve host',
  'ssl|tls|x509|certificate|handshake|self signed|status code|http (status|error|code|response)|http #|response (code|status|body)',
  'invalid response|empty (response|reply)|bad response|no response|unexpected response|server replied|cloudflare|nginx|apache|varnish',
  'bad gateway|gateway timeout|error code (5|502|503|504|520|521|522|524) |request (aborted|failed|timeout|entity)|client error',
  // Databases and what maps to them
  'database*|db|sql*|mysql*|mariadb*|postgres*|pg|pq|pdo*|mongo*|mongoose|prisma*|sequelize*|knex*|typeorm*|eloquent|doctrine|hibernate',
  'redis*|memcached|elasticsearch|dynamodb|firestore|supabase|sqlalchemy|psycopg*|django|laravel|illuminate*|symfony|codeigniter|spring',
  'deadlock*|lock wait|lock timeout|could not obtain lock|could not serialize|serialization failure|transaction*|savepoint|commit',
  'duplicate (entry|key)|unique (constraint|violation|key|index)|constraint*|violat*|foreign key|primary key|integrity*|dup key',
  'table*|column*|row #|rows|relation*|schema|cursor|collection*|cast to|objectid|matching query|query results|query|queries',
  'data (too long|truncated)|truncated|incorrect (integer|decimal|string|datetime|double) value|invalid input syntax|input syntax',
  'path (link|quantity|order|service|user|charge|status|orderid|price)|record to|record not|no (rows|record|records|document|documents|model)',
  '(orders|order|model|user|users) validation failed|validationerror|notnull|cannot be null|not null|returned more than one|get returned',
  'too many connections|max clients|gone away|read only|readonly|disk (full|quota)|no space left|permission denied for|access denied for user',
  // Queues and tokens of the panel's own
  'job*|worker*|rabbitmq|kafka|amqp*|bullmq|celery|sidekiq|cron|lambda|task timed|stalled|jwt*|csrf*|token mismatch|nonce|signature|session*',
  'stripe|paypal|payment gateway|api response|response from|module*|class not|class app|method not|function not|file not|no such file|fopen',
];

/** As in "ValidationError" or "HttpException": a name that a program made, in one word. */
export const NAME_OF_ERROR = /[a-z]{2}(?:error|exception) /;
