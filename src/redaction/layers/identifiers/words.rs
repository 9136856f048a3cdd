//! Words that a number stands behind, by what they say that it is.

/// Words that a phone number stands behind.
#[rustfmt::skip]
pub(super) const PHONE_WORDS: &[&str] = &[
    "phone", "telephone", "mobile", "cell", "cellphone", "tel", "telefon", "telefono", "teléfono", "téléphone", "telnr", "fax", "call", "calls", "called", "callback", "reach", "ring", "sms", "text me", "texted", "whatsapp", "signal", "contact", "desk", "handy", "mobil", "rufnummer",
    "durchwahl", "anruf", "rückruf", "numéro", "número", "numero", "gsm", "movil", "móvil", "portable", "appelez", "llamar", "messages to", "answering at", "registered", "msisdn", "hotline", "pager", "caller", "dial", "dialled", "voicemail", "電話", "携帯", "telefoon", "tlf", "phonenumber", "phone_number", "mobile_number", "telephonenumber", "number is", "my number", "his number", "her number", "cellular", "landline", "kontakt", "erreichbar", "bel", "telefoonnummer", "zurück", "ruft", "anrufen", "rufen", "kontaktnummer", "llama", "llame", "chiamare", "telefonare", "ligar", "ligue", "numer", "recipient", "werk", "privat", "ph", "手机", "手機", "电话", "联系电话", "휴대폰", "전화", "연락처", "телефон", "тел", "моб", "мобильный", "τηλ", "τηλέφωνο", "κινητό", "هاتف", "جوال", "טלפון", "फ़ोन", "फोन", "मोबाइल", "โทร", "điện thoại", "đt", "sđt", "telp", "puh", "puhelin", "tlm", "telemóvel", "natel", "hp", "fone", "telefone", "zap", "whats", "no hp", "telpon", "мобільний", "gsm:", "mobiel", "mobilní", "mobiltelefon", "komórka", "komórkowy", "τηλ.", "נייד", "موبایل", "تلفن", "তেলিফোন", "ফোন", "মোবাইল", "telefonnummer", "telefonszám", "cep", "celular", "cellulare", "telefonas", "tālrunis", "sími",
];

/// Words that a phone number stands right behind.
pub(super) const PHONE_ENDS: &[&str] = &["to", "from", "number", "phone", "tel"];

/// Words that a card's number stands behind.
pub(super) const CARD_WORDS: &[&str] = &[
    "card",
    "cc",
    "pan",
    "karte",
    "visa",
    "mastercard",
    "amex",
    "credit",
    "debit",
    "kreditkart",
    "carte",
    "tarjeta",
    "カード",
    "maestro",
];

/// Names of national ids and the numbers of digits that they have.
#[rustfmt::skip]
pub(super) const ID_WORDS: &[(&str, usize, usize)] = &[
    ("social security", 9, 15), ("ssn", 9, 9), ("national insurance", 6, 9), ("nhs", 10, 10), ("sin", 9, 9), ("social insurance", 9, 9), ("bsn", 9, 9), ("burgerservicenummer", 9, 9), ("pesel", 11, 11), ("cpf", 11, 11), ("cnpj", 14, 14),
    ("steuer", 10, 13), ("idnr", 11, 11), ("steuer-id", 11, 11), ("steuernummer", 10, 13), ("tax id", 9, 11), ("tax number", 9, 15), ("taxnumber", 9, 15), ("tax_id", 9, 15), ("personnummer", 10, 12), ("personnr", 10, 12), ("fødselsnummer", 11, 11), ("fodselsnummer", 11, 11), ("cpr", 10, 10), ("hetu", 9, 11), ("sécurité sociale", 13, 15), ("securite sociale", 13, 15), ("numéro de sécu", 13, 15), ("nir", 13, 15), ("nss", 9, 15), ("dni", 8, 8), ("nie", 7, 8), ("nif", 8, 9), ("codice fiscale", 11, 11), ("aadhaar", 12, 12), ("passport", 7, 9), ("ausweis", 9, 10), ("sozialversicherung", 8, 12), ("svnr", 10, 10), ("ahv", 13, 13), ("rodné číslo", 9, 10), ("rc", 10, 10), ("oib", 11, 11), ("egn", 10, 10), ("cnp", 13, 13), ("tfn", 8, 9), ("my number", 12, 12), ("マイナンバー", 12, 12), ("driver", 7, 12), ("licence", 7, 12), ("national id", 6, 15), ("ид", 10, 12), ("inn", 10, 12), ("snils", 11, 11), ("medicare", 10, 11), ("henkilötunnus", 9, 11), ("rodne cislo", 9, 10), ("rodné č", 9, 10), ("isikukood", 11, 11), ("asmens kodas", 11, 11), ("personas kods", 11, 11), ("kennitala", 10, 10), ("amka", 11, 11), ("afm", 9, 9), ("αφμ", 9, 9), ("αμκα", 11, 11), ("tckn", 11, 11), ("kimlik", 11, 11), ("снилс", 11, 11), ("инн", 10, 12), ("іпн", 10, 10), ("рнокпп", 10, 10), ("егн", 10, 10), ("jmbg", 13, 13), ("emšo", 13, 13), ("adóazonosító", 10, 10), ("taj", 9, 9), ("szám", 9, 11), ("rijksregister", 11, 11), ("registre national", 11, 11), ("身份证", 15, 18), ("身分證", 8, 10), ("주민등록", 13, 13), ("rrn", 13, 13), ("teudat", 9, 9), ("ת.ז", 9, 9), ("ת\"ז", 9, 9), ("ת״ז", 9, 9), ("pnr", 10, 12), ("versichertennr", 9, 12), ("תעודת זהות", 9, 9), ("rut", 8, 9), ("cédula", 6, 11), ("cedula", 6, 11), ("cuit", 11, 11), ("cuil", 11, 11), ("curp", 8, 8), ("utr", 10, 10), ("ppsn", 7, 7), ("abn", 11, 11), ("ird", 8, 9), ("nino", 6, 9), ("numéro fiscal", 9, 13), ("contribuinte", 9, 9), ("partita iva", 11, 11), ("id number", 9, 13), ("vat", 8, 12), ("nip", 10, 10), ("pps", 7, 7), ("regon", 9, 14), ("rč", 9, 10), ("fnr", 11, 11), ("паспорт", 9, 10), ("паспорта", 9, 10), ("ипн", 10, 10), ("sa id", 13, 13), ("id no", 9, 13), ("nik", 16, 16), ("ktp", 16, 16), ("cccd", 12, 12), ("cmnd", 9, 9), ("บัตรประชาชน", 13, 13), ("emirates", 15, 15), ("cnic", 13, 13), ("nin", 11, 14), ("imsi", 14, 15), ("imei", 14, 16), ("iccid", 18, 20), ("sozialversicherungsnummer", 8, 12), ("medicare number", 10, 11), ("health number", 9, 12), ("ohip", 10, 10), ("clabe", 18, 18), ("cbu", 22, 22), ("bvn", 11, 11), ("pan card", 4, 4), ("voter id", 7, 10), ("aadhar", 12, 12), ("आधार", 12, 12), ("عائلية", 10, 14), ("الهوية", 9, 14), ("رقم الهوية", 9, 14), ("هوية", 9, 14), ("کد ملی", 10, 10), ("外国人登録", 12, 12), ("個人番号", 12, 12), ("운전면허", 10, 12), ("여권", 7, 9), ("护照", 7, 9), ("護照", 8, 9), ("osobní číslo", 9, 10), ("čop", 9, 9), ("personalausweis", 9, 10), ("krankenkasse", 9, 12), ("versicherungsnummer", 8, 12), ("rentenversicherung", 8, 12), ("siren", 9, 9), ("siret", 14, 14), ("numéro de sécurité", 13, 15), ("carte vitale", 13, 15), ("nuss", 12, 12), ("codice sanitario", 8, 16), ("tessera sanitaria", 16, 20), ("patente", 8, 10), ("cartão de cidadão", 8, 9), ("cnh", 11, 11), ("título de eleitor", 12, 12), ("pis", 11, 11), 
];
