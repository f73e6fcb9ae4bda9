/** The words that speak against a number: `Order 2015550123`. Pages get them from the background with the first candidate. */

/** Sources of two regular expressions with the flags `iu`. */
export interface ContextWords {
  /** Matches at the end of what stands before a number that is none. */
  readonly before: string;
  /** Matches at the beginning of what stands after one. */
  readonly after: string;
}

/** `before` and `after` as findCandidates gives them. A number in doubt is not marked; a person may still select and call it. */
export function speaksAgainst(before: string, after: string): boolean {
  return BEFORE.test(before) || AFTER.test(after);
}

const CURRENCIES = 'usd|eur|gbp|chf|jpy|cny|inr|brl|pln|sek|nok|dkk|rub|krw|aud|cad|mxn';
const ID_WORDS = [
  CURRENCIES,
  // English
  '(?<!to )orders?|invoices?|references?|refs?|tickets?|sku|isbn|issn|ean|upc|gtin|asin|imei|serial|tracking|shipment|parcel|accounts?|acct',
  '(?<!in )case|id|uid|pid|batch|lot|model|part|item|product|article|patent|policy|claim|contract|booking|reservation|confirmation',
  'transaction|txn|receipt|licen[cs]e|passport|ssn|ein|vat|tax|iban|bic|routing|bug|issue|build|version|revision|commit|doi|pmid|zip',
  'flight|pnr|utr|npi|aadhaar|gstin|dvr|mls|iso|din|p\\.? ?o\\.? box|postcode|timestamp|unix|population|pages?|pp|vol|rma|awb|waybill|card',
  'docket|permit|voucher|barcode|cusip|isin|lei|swift|duns|vin|seed|checksum|nonce|token|stock|threads?|p\\.? ?o\\.?(?= n[or°º]| num)',
  '(?:customer|client|member|user|employee|student|patient|cheque|check|job|file|record|session|request|event|meeting|device|asset|application|registration|certificate|warranty|membership|catalog(?:ue)?)(?=[\\s.:]*(?:#|n[or°º]|num|id|code))',
  // German, Dutch and the Nordic languages, which join words
  'bestellung|auftrag|rechnung|sendung|aktenzeichen|az|konto|blz|vorgang|beleg|buchung|vertrag|artikel|ust-idnr|seiten?',
  'bestelling|factuur|rekening|zending|dossier|kvk|btw|ärende|ordre|bestilling|sag|cvr|sida|side',
  '(?!(?:tel|ruf|handy|fax|mob|fest|service|notruf|gsm|haupt|kontakt|jour|privat|direkt))\\p{L}{3,}-?(?:nummer|nr)',
  'geschäftszeichen|gz|aktz',
  '(?:kunde|klant|kund)(?=[\\s.:]*(?:#|n[or°º]|num|id|code))',
  // French, Spanish, Italian, Portuguese
  'commande|facture|réf(?:érence)?|compte|colis|suivi|billet|contrat|siret|siren',
  'pedido|factura(?: de venta)?|guía|clabe|referencia|expediente|cuenta|seguimiento|envío|contrato|póliza|cif|nif|dni|reserva|albarán|páginas?|págs?',
  'folio|radicado|ordine|fattura|pratica|riferimento|rif|conto|spedizione|contratto|prenotazione|codice|p\\. ?iva|partita iva|matricola|pagine',
  'código|cod|kod|код|chargen?|fatura|encomenda|referência|conta|protocolo|cpf|cnpj|processo|rastreio|nota fiscal',
  'nota(?=[\\s.:]*(?:#|n[.°º]))|cliente?(?=[\\s.:]*(?:#|n[or°º]|num|id|code))|(?:num[eé]ro|n[°º.]) (?:de )?cliente?',
  // Polish, Russian, Turkish
  'zamówieni\\p{L}*|faktur\\p{L}*|nip|regon|krs|pesel|przesyłk\\p{L}*|spraw\\p{L}|umow\\p{L}|klienta?(?=[\\s.:]*(?:nr|num))',
  'заказ\\p{L}*|сч[её]т\\p{L}*|накладн\\p{L}*|договор\\p{L}*|заявк\\p{L}*|инн|кпп|огрн|снилс|артикул|трек\\p{L}*|дел[оу]|квитанци\\p{L}*|стр',
  'sipariş\\p{L}*|takip|hesap|dosya|referans|kimlik|müşteri(?=[\\s.:]*n)',
  // Czech, Slovak, Hungarian, Romanian, Croatian, Finnish, Greek, Ukrainian: an "orders" line may well be a telephone there
  '(?:č(?:ísl\\p{L}*)?|br(?:oj)?)\\.? (?:objednávk|faktúr|účt|smlouv|narudžb|račun)\\p{L}*|objednávk\\p{L}*(?=[\\s.:]*č)',
  'tilaus|lasku|viite|adószám|rendelés\\p{L}*|számlaszám|comand\\p{L}(?=[\\s.:]*n)|(?!(?:matka)?puhelin)\\p{L}{3,}numero|y-tunnus',
  'παραγγελ\\p{L}*|τιμολόγι\\p{L}*|αφμ|замовленн\\p{L}*|рахун\\p{L}*|єдрпоу',
  // Vietnamese, Indonesian, Hebrew
  '(?:mã )?đơn hàng|mst|mã số(?: thuế)?|hóa đơn|pesanan|faktur|rekening|resi|הזמנה|חשבונית|חשבון',
  // Hindi, Arabic
  'ऑर्डर|चालान|खाता|संदर्भ|बिल|(?:ال)?(?:طلب|طلبية|فاتورة|حساب|شحنة|تتبع|مرجع|معاملة)',
].join('|');
// Written without spaces: Japanese, Chinese, Thai, Korean.
const JOINED_IDS = [
  '(?:注文|請求書?|追跡|伝票|会員|口座|受付|管理|郵便|商品|予約|契約|顧客|問い合わせ)(?=番号|[nN№:：#＃]|書)',
  'คำสั่งซื้อ|ใบสั่งซื้อ|บัญชี|订单|訂單|单号|單號|发票|發票|编号|編號|账号|帳號|快递|运单|身份证|合同|流水号|会员号|會員',
  '(?:주문|송장|운송장|계좌|등록|고객|예약|접수|회원|우편) ?(?=번호)',
].join('|');
const FILLERS = [
  "number|numbers|no|nos|nr|num|id|code|is|was|your|n°|nº|n\\.º|n\\.|numéro|número|numero|numer\\p{L}*|numara\\p{L}*|no'?su|nummer|č|số",
  'номер\\p{L}*|del?|d[aio]|ist|est|es|è|é|ist|är|er|jest|מספר|संख्या|नंबर|رقم|هو|番号|號碼|号码|号|號|번호|は|은|는|为|為|是',
].join('|');
const HASHED = '(?<!(?:phone|tel\\p{L}*|fon|mobile?|cell|call|fax|number)[\\s.:]*)[#№] ?$';
const BEFORE_SOURCE = `(?:(?<!\\p{L})(?:${ID_WORDS})(?!\\p{L})|${JOINED_IDS})(?:[\\s.:#№()=/"'-]*(?:${FILLERS}))*[\\s.:#№(="'-]*$|${HASHED}`;

const AFTER_SOURCE = String.raw`^ ?(?:(?:${CURRENCIES}|dollars?|euros?|pounds|zł|kr|kč|ft|руб|pesos|km|kg|m[gm]|cm|ml|lbs?|miles|kwh|[kmgt]b|bytes|px|people|persons|inhabitants|residents|views|subscribers|followers|users|downloads|visitors|votes|copies|units|items|rows|records|einwohner|stück|aufrufe|habitant\p{L}*|vues|visitas|abitanti|inwoners|mieszkańców|wyświetleń|invånare|жителей|человек|просмотров|kişi|نسمة|شخص|h|uhr|hours)(?!\p{L})|[円元원人次個件名枚台명개])`;
const BEFORE = new RegExp(BEFORE_SOURCE, 'iu');
const AFTER = new RegExp(AFTER_SOURCE, 'iu');

export const CONTEXT_WORDS: ContextWords = { before: BEFORE_SOURCE, after: AFTER_SOURCE };
