//! Words in the names of secrets: `DB_PASSWORD`, `clientSecret`, `api-key`.

/// How sure a name makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Strength {
    /// Its value is a secret if it looks drawn by a machine.
    Weak,
    /// Its value is a secret whatever it looks like.
    Strong,
}

/// Last words of names whose value is a secret, and what placeholders call it.
#[rustfmt::skip]
pub(in super::super) const SECRET_WORDS: &[(&str, &str)] = &[
    ("password", "PASSWORD"), ("passwords", "PASSWORD"), ("passwd", "PASSWORD"), ("passwort", "PASSWORD"),
    ("kennwort", "PASSWORD"), ("pwd", "PASSWORD"), ("pw", "PASSWORD"), ("pass", "PASSWORD"), ("psw", "PASSWORD"),
    ("passphrase", "PASSWORD"), ("passcode", "CODE"), ("wachtwoord", "PASSWORD"), ("senha", "PASSWORD"),
    ("motdepasse", "PASSWORD"), ("mot de passe", "PASSWORD"), ("mdp", "PASSWORD"), ("contrasena", "PASSWORD"),
    ("contraseña", "PASSWORD"), ("clave", "PASSWORD"), ("haslo", "PASSWORD"), ("hasło", "PASSWORD"),
    ("lösenord", "PASSWORD"), ("losenord", "PASSWORD"), ("пароль", "PASSWORD"), ("パスワード", "PASSWORD"),
    ("密码", "PASSWORD"), ("密碼", "PASSWORD"), ("暗証番号", "CODE"), ("heslo", "PASSWORD"), ("parola", "PASSWORD"),
    ("lösenordet", "PASSWORD"), ("losenordet", "PASSWORD"), ("passwordet", "PASSWORD"), ("passordet", "PASSWORD"), ("passord", "PASSWORD"), ("adgangskoden", "PASSWORD"), ("wachtwoorden", "PASSWORD"),
    ("пароля", "PASSWORD"), ("паролем", "PASSWORD"), ("паролі", "PASSWORD"), ("hasła", "PASSWORD"), ("hasłem", "PASSWORD"), ("hasla", "PASSWORD"), ("hesla", "PASSWORD"), ("heslem", "PASSWORD"), ("şifresi", "PASSWORD"), ("parolası", "PASSWORD"), ("salasanan", "PASSWORD"), ("jelszó", "PASSWORD"), ("jelszo", "PASSWORD"), ("jelszava", "PASSWORD"),
    ("كلمة المرور", "PASSWORD"), ("كلمة السر", "PASSWORD"), ("סיסמה", "PASSWORD"), ("κωδικός", "PASSWORD"), ("पासवर्ड", "PASSWORD"), ("mật khẩu", "PASSWORD"), ("kata sandi", "PASSWORD"), ("รหัสผ่าน", "PASSWORD"),
    ("口令", "PASSWORD"), ("暗号", "PASSWORD"), ("合言葉", "PASSWORD"), ("パスコード", "CODE"), ("認証コード", "CODE"), ("確認コード", "CODE"), ("验证码", "CODE"), ("驗證碼", "CODE"), ("密钥", "SECRET"), ("密鑰", "SECRET"), ("秘钥", "SECRET"), ("秘密鍵", "PRIVATE_KEY"), ("シークレット", "SECRET"), ("令牌", "TOKEN"), ("암호", "PASSWORD"), ("토큰", "TOKEN"),
    ("секрет", "SECRET"), ("токен", "TOKEN"), ("токена", "TOKEN"), ("пин-код", "CODE"), ("пінкод", "CODE"), ("код подтверждения", "CODE"), ("ключ доступа", "API_KEY"),
    ("geheimnis", "SECRET"), ("geheimzahl", "CODE"), ("zugangscode", "CODE"), ("türcode", "CODE"), ("freischaltcode", "CODE"), ("bestätigungscode", "CODE"), ("losungswort", "PASSWORD"), ("kennwörter", "PASSWORD"), ("passwörter", "PASSWORD"), ("zugangsdaten", "SECRET"), ("zugangsschlüssel", "API_KEY"),
    ("phrase secrète", "PASSWORD"), ("phrase de passe", "PASSWORD"), ("code secret", "CODE"), ("code d'accès", "CODE"), ("clé secrète", "SECRET"), ("clé api", "API_KEY"), ("clé d'api", "API_KEY"), ("identifiants", "SECRET"),
    ("clave secreta", "SECRET"), ("clave api", "API_KEY"), ("frase de contraseña", "PASSWORD"), ("código de acceso", "CODE"), ("codice di accesso", "CODE"), ("parola d'ordine", "PASSWORD"), ("chiave segreta", "SECRET"), ("segreto", "SECRET"), ("secreto", "SECRET"), ("segredo", "SECRET"), ("credenziali", "SECRET"), ("credenciales", "SECRET"),
    ("palavra-passe", "PASSWORD"), ("palavra passe", "PASSWORD"), ("chave secreta", "SECRET"), ("chave de acesso", "API_KEY"), ("código de acesso", "CODE"), ("wachtzin", "PASSWORD"), ("toegangscode", "CODE"), ("sleutelzin", "PASSWORD"), ("klucz api", "API_KEY"), ("kod dostępu", "CODE"), ("sekret", "SECRET"), ("hemlighet", "SECRET"),
    ("adgangskode", "PASSWORD"), ("salasana", "PASSWORD"), ("şifre", "PASSWORD"), ("비밀번호", "PASSWORD"),
    ("geslo", "PASSWORD"), ("lozinka", "PASSWORD"), ("lozinku", "PASSWORD"), ("slaptažodis", "PASSWORD"), ("slaptazodis", "PASSWORD"), ("parole", "PASSWORD"), ("parool", "PASSWORD"), ("lykilorð", "PASSWORD"), ("парола", "PASSWORD"), ("паролата", "PASSWORD"), ("лозинка", "PASSWORD"), ("pasahitza", "PASSWORD"), ("contrasenya", "PASSWORD"), ("contrasinal", "PASSWORD"), ("fjalëkalimi", "PASSWORD"), ("cyfrinair", "PASSWORD"), ("nenosiri", "PASSWORD"), ("wagwoord", "PASSWORD"), ("şifrem", "PASSWORD"), ("parolanın", "PASSWORD"), ("पारण शब्द", "PASSWORD"), ("গোপন শব্দ", "PASSWORD"), ("رمز عبور", "PASSWORD"), ("گذرواژه", "PASSWORD"), ("كلمة مرور", "PASSWORD"), ("ססמה", "PASSWORD"), ("κωδικό", "PASSWORD"), ("συνθηματικό", "PASSWORD"), ("пароли", "PASSWORD"), ("құпия сөз", "PASSWORD"),
    ("codeword", "CODE"), ("codewort", "CODE"), ("kodeord", "PASSWORD"), ("pword", "PASSWORD"), ("šifra", "PASSWORD"), ("šifru", "PASSWORD"), ("шифра", "PASSWORD"), ("шифру", "PASSWORD"), ("zaporka", "PASSWORD"), ("zaporku", "PASSWORD"), ("şifrə", "PASSWORD"), ("parol", "PASSWORD"), ("parolini", "PASSWORD"), ("aðgangsorð", "PASSWORD"), ("aðgangsorðið", "PASSWORD"), ("loyniorð", "PASSWORD"), ("kata laluan", "PASSWORD"), ("neno la siri", "PASSWORD"), ("passwuert", "PASSWORD"), ("pasfhocal", "PASSWORD"), ("pasvorto", "PASSWORD"), ("pieejas kods", "CODE"), ("prieigos kodas", "CODE"), ("پسورد", "PASSWORD"), ("پاس ورڈ", "PASSWORD"), ("رمز", "PASSWORD"), ("باسورد", "PASSWORD"), ("পাসওয়ার্ড", "PASSWORD"), ("கடவுச்சொல்", "PASSWORD"), ("పాస్‌వర్డ్", "PASSWORD"), ("ਪਾਸਵਰਡ", "PASSWORD"), ("પાસવર્ડ", "PASSWORD"), ("የይለፍ ቃል", "PASSWORD"), ("პაროლი", "PASSWORD"), ("գաղտնաբառ", "PASSWORD"), ("құпиясөз", "PASSWORD"), ("пасворд", "PASSWORD"), ("пассворд", "PASSWORD"), ("нууц үг", "PASSWORD"), ("ពាក្យសម្ងាត់", "PASSWORD"), ("ລະຫັດຜ່ານ", "PASSWORD"), ("စကားဝှက်", "PASSWORD"), ("මුරපදය", "PASSWORD"), ("código secreto", "CODE"), ("palabra clave", "PASSWORD"), ("inlogcode", "CODE"), ("zugangswort", "PASSWORD"), ("schlüsselwort", "PASSWORD"), ("ersatzcodes", "CODE"), ("wiederherstellungscodes", "CODE"), ("backupcodes", "CODE"), ("sifre", "PASSWORD"), ("ww", "PASSWORD"), ("passw", "PASSWORD"), ("kennw", "PASSWORD"), ("비번", "PASSWORD"), ("패스워드", "PASSWORD"), ("sandi", "PASSWORD"), ("lösen", "PASSWORD"), ("wiederherstellungsschlüssel", "SECRET"), ("رمز الدخول", "CODE"), ("الرقم السري", "CODE"), ("รหัส", "CODE"), ("пин", "CODE"),
    ("parolă", "PASSWORD"), ("parolei", "PASSWORD"), ("סיסמא", "PASSWORD"), ("סיסמת", "PASSWORD"), ("salasõna", "PASSWORD"), ("passwordnya", "PASSWORD"), ("sandinya", "PASSWORD"), ("heslom", "PASSWORD"), ("geslom", "PASSWORD"), ("gesla", "PASSWORD"), ("lozinke", "PASSWORD"), ("лозинку", "PASSWORD"), ("jelszót", "PASSWORD"), ("كلمة سر", "PASSWORD"), ("الباسورد", "PASSWORD"), ("clé wifi", "PASSWORD"), ("clé wi-fi", "PASSWORD"), ("clé du wifi", "PASSWORD"), ("chiave wifi", "PASSWORD"), ("clave wifi", "PASSWORD"), ("chave wifi", "PASSWORD"), ("wifi-schlüssel", "PASSWORD"), ("wlan-schlüssel", "PASSWORD"), ("κωδικού", "PASSWORD"), ("κωδικοί", "PASSWORD"), ("pin-koodi", "PASSWORD"), ("पिन", "CODE"), ("pincode", "CODE"), ("pin-kode", "CODE"), ("pinkode", "CODE"), ("pinkod", "CODE"), ("cod pin", "CODE"), ("kod pin", "CODE"), ("pin kód", "CODE"), ("pin kodu", "CODE"), ("mã pin", "CODE"), ("mã xác nhận", "CODE"), ("kode otp", "CODE"), ("인증번호", "CODE"), ("인증 코드", "CODE"), ("보안코드", "CODE"), ("認証番号", "CODE"), ("提取码", "CODE"), ("校验码", "CODE"), ("动态码", "CODE"), ("код доступа", "CODE"), ("одноразовый код", "CODE"), ("кодовое слово", "CODE"), ("קוד אימות", "CODE"), ("رمز التحقق", "CODE"), ("kode verifikasi", "CODE"), ("doğrulama kodu", "CODE"), ("kod weryfikacyjny", "CODE"), ("ověřovací kód", "CODE"), ("verificatiecode", "CODE"), ("verifieringskod", "CODE"), ("verifiointikoodi", "CODE"), ("비밀키", "SECRET"), ("μυστικό", "SECRET"), ("访问密钥", "API_KEY"), ("ключ api", "API_KEY"),
    ("mk", "PASSWORD"), ("authtok", "PASSWORD"), ("kenncode", "CODE"), ("netzwerkschlüssel", "PASSWORD"), ("lizenzschlüssel", "LICENSE_KEY"), ("licentiesleutel", "LICENSE_KEY"), ("clé de licence", "LICENSE_KEY"), ("chiave di licenza", "LICENSE_KEY"), ("klucz licencyjny", "LICENSE_KEY"), ("лицензионный ключ", "LICENSE_KEY"), ("appkey", "API_KEY"), ("nwkkey", "SECRET"), ("appskey", "SECRET"), ("nwkskey", "SECRET"), ("signingkey", "SECRET"), ("encryptionkey", "SECRET"), ("sharedkey", "SECRET"),
    ("secret", "SECRET"), ("secrets", "SECRET"), ("psk", "SECRET"), ("hmac", "SECRET"), ("pepper", "SECRET"),
    ("credential", "SECRET"), ("credentials", "SECRET"), ("creds", "SECRET"), ("cred", "SECRET"),
    ("token", "TOKEN"), ("tokens", "TOKEN"), ("jwt", "TOKEN"), ("bearer", "TOKEN"), ("pat", "TOKEN"),
    ("jeton", "TOKEN"), ("トークン", "TOKEN"),
    ("apikey", "API_KEY"), ("apikeys", "API_KEY"), ("accesskey", "API_KEY"), ("secretkey", "SECRET"), ("privatekey", "PRIVATE_KEY"),
    ("authkey", "API_KEY"), ("cookie", "COOKIE"), ("cookies", "COOKIE"),
    ("authorization", "TOKEN"), ("connectionstring", "CONNECTION"), ("connstr", "CONNECTION"),
    ("otp", "CODE"), ("totp", "CODE"), ("cvv", "CODE"), ("cvc", "CODE"), ("cvv2", "CODE"), ("pin", "CODE"), ("puk", "CODE"),
    ("sessionid", "SESSION"), ("jsessionid", "SESSION"), ("phpsessid", "SESSION"), ("sessid", "SESSION"), ("sid", "SESSION"),
    ("tok", "TOKEN"), ("csrf", "TOKEN"), ("xsrf", "TOKEN"), ("csrftoken", "TOKEN"), ("salt", "SECRET"), ("pinblock", "CODE"), ("keytab", "SECRET"),
];

/// Two last words of names whose value is a secret.
#[rustfmt::skip]
pub(in super::super) const SECRET_PAIRS: &[(&str, &str, &str)] = &[
    ("api", "key", "API_KEY"), ("api", "keys", "API_KEY"), ("access", "key", "API_KEY"), ("secret", "key", "SECRET"), ("private", "key", "PRIVATE_KEY"),
    ("license", "key", "LICENSE_KEY"), ("licence", "key", "LICENSE_KEY"), ("account", "key", "API_KEY"), ("auth", "key", "API_KEY"),
    ("encryption", "key", "SECRET"), ("signing", "key", "SECRET"), ("master", "key", "SECRET"), ("shared", "key", "SECRET"),
    ("preshared", "key", "SECRET"), ("tacacs", "key", "SECRET"), ("radius", "key", "SECRET"), ("genie", "key", "API_KEY"), ("tsig", "key", "SECRET"), ("storage", "key", "API_KEY"), ("deploy", "key", "API_KEY"), ("service", "key", "API_KEY"),
    ("server", "key", "API_KEY"), ("rest", "key", "API_KEY"), ("app", "key", "API_KEY"), ("application", "key", "API_KEY"),
    ("consumer", "key", "API_KEY"), ("client", "key", "API_KEY"), ("admin", "key", "API_KEY"), ("stream", "key", "API_KEY"),
    ("subscription", "key", "API_KEY"), ("integration", "key", "API_KEY"), ("routing", "key", "API_KEY"), ("query", "key", "API_KEY"),
    ("insert", "key", "API_KEY"), ("ingest", "key", "API_KEY"), ("host", "key", "API_KEY"), ("function", "key", "API_KEY"), ("unseal", "key", "SECRET"),
    ("provisioning", "key", "API_KEY"), ("hash", "key", "SECRET"), ("cookie", "key", "SECRET"), ("session", "key", "SESSION"), ("hmac", "key", "SECRET"),
    ("webhook", "key", "SECRET"), ("aes", "key", "SECRET"), ("wifi", "key", "PASSWORD"), ("network", "key", "PASSWORD"), ("wpa", "key", "PASSWORD"),
    ("session", "id", "SESSION"), ("connection", "string", "CONNECTION"), ("security", "code", "CODE"), ("backup", "code", "CODE"),
    ("backup", "codes", "CODE"), ("scratch", "code", "CODE"), ("scratch", "codes", "CODE"), ("emergency", "code", "CODE"), ("emergency", "codes", "CODE"), ("setup", "code", "CODE"), ("pairing", "code", "CODE"), ("recovery", "code", "CODE"), ("recovery", "codes", "CODE"), ("verification", "code", "CODE"),
    ("pin", "code", "CODE"), ("confirmation", "code", "CODE"), ("mfa", "code", "CODE"), ("authentication", "code", "CODE"), ("auth", "code", "CODE"), ("otp", "code", "CODE"), ("activation", "code", "CODE"), ("entry", "code", "CODE"), ("safe", "code", "CODE"), ("lock", "code", "CODE"), ("time", "code", "CODE"), ("time", "password", "CODE"), ("fa", "code", "CODE"), ("access", "code", "CODE"), ("gate", "code", "CODE"), ("door", "code", "CODE"),
    ("alarm", "code", "CODE"), ("unlock", "code", "CODE"), ("reset", "code", "CODE"), ("login", "code", "CODE"), ("sms", "code", "CODE"),
    ("pin", "block", "CODE"), ("recovery", "key", "SECRET"), ("recovery", "phrase", "SECRET"), ("seed", "phrase", "SECRET"),
    ("code", "verifier", "TOKEN"), ("refresh", "token", "TOKEN"), ("key", "b64", "SECRET"), ("pass", "key", "PASSWORD"), ("key", "pass", "PASSWORD"), ("remember", "me", "TOKEN"), ("security", "answer", "SECRET"), ("security", "phrase", "SECRET"), ("code", "word", "CODE"), ("snmp", "community", "PASSWORD"), ("de", "passe", "PASSWORD"), ("pass", "phrase", "PASSWORD"), ("s", "key", "SECRET"), ("nwk", "key", "SECRET"), ("dev", "key", "SECRET"), ("community", "string", "PASSWORD"), ("secret", "answer", "SECRET"), ("question", "answer", "SECRET"),
];

/// Words that make a name weak: only a drawn value is a secret.
#[rustfmt::skip]
pub(in super::super) const WEAK_WORDS: &[&str] = &[
    "key", "keys", "serial", "lizenz", "auth", "login", "recovery", "licence", "signature", "sig", "webhook", "hash", "seed", "nonce", "session", "license", "dsn", "cert",
    "verifier", "challenge", "ticket", "digest", "security", "identity", "user", "username", "account", "secretkeybase",
    "subscription", "state", "sso", "saml", "signed", "private", "code", "value", "id",
];

/// Pairs that are weak although their last word says nothing.
pub(in super::super) const WEAK_PAIRS: &[(&str, &str)] = &[
    ("client", "id"),
    ("access", "id"),
    ("app", "id"),
    ("key", "id"),
    ("application", "id"),
    ("reporter", "id"),
    ("device", "id"),
    ("twitter", "id"),
    ("linkedin", "id"),
    ("consumer", "id"),
    ("secret", "id"),
    ("role", "id"),
];

/// Words behind which the word that matters stands: `password_prod`.
#[rustfmt::skip]
pub(in super::super) const TRAILERS: &[&str] = &[
    "value", "val", "string", "str", "text", "plain", "plaintext", "raw", "b64", "base64", "hash", "hashed", "digest", "new", "old", "current", "confirm",
    "confirmation", "repeat", "prod", "production", "dev", "develop", "staging", "stage", "stg", "test", "testing", "live", "sandbox", "local", "primary", "secondary",
    "default", "main", "root", "admin", "env", "encrypted", "enc", "clear", "data", "base", "bytes", "content", "header", "again", "once", "temp", "temporary", "and", "ldap", "sftp", "ssh", "db", "smtp", "short", "alias", "s", "sha256",
];

/// Last words that say something about a secret and are none.
#[rustfmt::skip]
pub(in super::super) const ATTRIBUTES: &[&str] = &[
    "type", "types", "name", "names", "count", "len", "length", "size", "sizes", "path", "paths", "file", "files", "filename", "dir", "folder", "url", "urls", "uri",
    "endpoint", "ttl", "expiry", "expires", "expired", "expires", "expire", "expiration", "expire", "exp", "age", "policy", "policies", "field", "fields", "label", "labels", "hint", "prompt", "message", "msg", "error", "errors",
    "status", "enabled", "disabled", "required", "optional", "version", "versions", "format", "algorithm", "alg", "algo", "provider", "providers", "manager", "ref", "refs", "reference", "arn", "rotation",
    "rotated", "created", "updated", "at", "until", "limit", "limits", "max", "min", "usage", "used", "id", "ids", "index", "input", "output", "reset", "changed", "change", "strength", "validator", "rules", "rule", "regex",
    "pattern", "store", "engine", "backend", "scope", "scopes", "issuer", "audience", "kind", "class", "model", "handler", "service", "server", "host", "port", "link", "button", "page", "form",
    "valid", "invalid", "is", "exists", "set", "get", "auth", "mode", "method", "methods", "group", "groups", "list", "map", "table", "column", "event", "events", "request", "requests", "response", "duration", "seconds", "total",
    "lifetime", "window", "interval", "period", "timeout", "retry", "attempts", "count", "bucket", "bits", "key_id", "keyid", "accessor", "prefix", "suffix", "domain", "secure", "samesite", "httponly", "consent", "banner", "public", "env_var", "variable", "var", "cert", "certificate", "callback", "verified", "verify", "check", "checker", "source", "place", "exchange", "review", "stream", "parser", "counter", "less", "ring", "board", "chain", "bot", "vendor", "params", "param", "properties", "props", "option", "options", "config", "settings", "spec", "template", "generator", "factory", "scheme", "schema", "lookup", "usages", "entropy", "kek", "wrapper",
];

/// Words that stand where a value would and say that there is none, or how
/// things are.
#[rustfmt::skip]
pub(in super::super) const STATES: &[&str] = &[
    "true", "false", "yes", "no", "on", "off", "none", "null", "nil", "undefined", "nan", "void", "empty", "unset", "blank", "default", "required", "optional", "enabled", "disabled", "missing", "invalid",
    "valid", "expired", "expires", "expire", "wrong", "incorrect", "changed", "unchanged", "rotated", "revoked", "set", "not", "ok", "failed", "failure", "success", "successful", "accepted", "rejected", "denied", "unknown", "error", "present", "absent", "hidden", "masked", "include",
    "same-origin", "omit", "string", "str", "text", "int", "integer", "number", "bool", "boolean", "bytes", "object", "any", "char", "varchar", "uuid", "array", "float", "date", "password", "token", "secret", "username", "key", "credentials", "basic", "bearer", "digest", "negotiate",
    "sensitive", "known", "ssh", "ldap", "sms", "totp", "n/a", "na", "todo", "tbd", "example", "sample", "file", "env", "prompt", "interactive", "publickey", "keyboard-interactive", "read", "write", "exit", "strict", "lax", "eof", "void", "unauthorized", "forbidden", "self", "this", "secure", "httponly", "current-password", "new-password", "one-time-code", "opaque", "mismatch", "fail", "warn", "warning", "info", "debug", "redacted", "filtered", "removed", "omitted", "stripped", "xxx",
];

/// Vendors whose name beside a drawn value tells that it is a credential.
#[rustfmt::skip]
pub(in super::super) const VENDORS: &[&str] = &[
    "adafruit", "adobe", "airtable", "algolia", "alibaba", "aliyun", "amplitude", "anthropic", "artifactory", "asana", "atlassian", "auth0", "aws", "azure", "bitbucket", "bittrex", "blynk", "braintree", "bugsnag", "buildkite",
    "circleci", "clojars", "cloudflare", "cloudinary", "codacy", "codeclimate", "codecov", "cohere", "coinbase", "contentful", "coveralls", "databricks", "datadog", "deepl", "digitalocean", "docker",
    "doppler", "droneci", "dropbox", "duffel", "dynatrace", "easypost", "elastic", "facebook", "fastly", "finicity", "finnhub", "firebase", "flickr", "flutterwave", "frameio", "freshbooks", "freshdesk", "fullstory", "github",
    "gitter", "gocardless", "grafana", "groq", "heroku", "hetzner", "honeycomb", "hubspot", "huggingface", "infracost", "infura", "instagram", "intercom", "ionic", "ipstack", "jenkins", "jfrog", "jira", "jumpcloud", "kraken", "kucoin", "launchdarkly",
    "linkedin", "linode", "logdna", "loggly", "mailchimp", "mailgun", "mailjet", "mandrill", "mapbox", "mattermost", "maxmind", "meraki", "messagebird", "mixpanel", "mongodb", "nasa", "netlify", "newrelic", "ngrok", "npm", "nuget",
    "nytimes", "octopus", "okta", "openai", "opsgenie", "pagerduty", "paypal", "perplexity", "pinecone", "plaid", "planetscale", "postman", "postmark", "prefect", "pulumi", "pusher", "rapidapi", "razorpay", "rollbar", "rubygems",
    "salesforce", "sauce", "scaleway", "scalingo", "sendbird", "sendgrid", "sendinblue", "sentry", "shippo", "shodan", "shopify", "sidekiq", "slack", "snyk", "sonar", "sourcegraph", "splunk", "spotify", "squarespace", "statuspage", "stripe", "sumologic", "supabase",
    "tavily", "telegram", "thingsboard", "todoist", "travisci", "trello", "twilio", "twitch", "twitter", "typeform", "unsplash", "vercel", "vault", "vonage", "wakatime", "wepay", "yandex", "zapier", "zendesk", "cisco", "lastfm", "mistral", "posthog", "datastax", "algolia",
];
