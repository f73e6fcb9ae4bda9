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

const ID_WORDS =
  '(?<!to )orders?|invoices?|ref\\p{L}*|réf\\p{L}*|tickets?|sku|is[bs]n|ean|upc|gtin|imei|serial|tracking|shipment|parcel|accounts?|acct|(?<!in )case|[up]?id|' +
  'batch|lot|model|part|item|product|patent|policy|claim|contract|booking|reservation|confirmation|transaction|receipt|licen[cs]e|passport|' +
  'ssn|ein|vat|tax|sire[nt]|iban|routing|bug|issue|build|version|commit|zip|timestamp|population|pages?|pp|card|' +
  'bestellung|auftrag|rechnung|sendung|aktenzeichen|az|konto|vorgang|beleg|buchung|' +
  'commande|facture|dossier|compte|colis|suivi|contrat|' +
  'pedido|factura|expediente|cuenta|seguimiento|envío|contrato|póliza|[cn]if|dni|reserva|' +
  'ordine|fattura|pratica|rif|conto|spedizione|contratto|prenotazione|codice|p\\. ?iva|matricola|' +
  'fatura|encomenda|conta|protocolo|cpf|cnpj|processo|rastreio|' +
  'bestelling|factuur|rekening|zending|kvk|btw|' +
  'zamówieni\\p{L}*|faktur\\p{L}*|nip|regon|krs|pesel|przesyłk\\p{L}*|spraw\\p{L}|umow\\p{L}|' +
  'ärende|ordre|bestilling|sag|cvr|sipariş\\p{L}*|takip|hesap|dosya|kimlik|' +
  'заказ\\p{L}*|сч[её]т\\p{L}*|накладн\\p{L}*|договор\\p{L}*|заявк\\p{L}*|инн|огрн|снилс|артикул|трек\\p{L}*|дел[оу]|' +
  'ऑर्डर|चालान|खाता|(?:ال)?(?:طلب|فاتورة|حساب|شحنة|تتبع|مرجع)|' +
  '(?!(?:tel|ruf|handy|fax|mob|fest|service|notruf|gsm|haupt|kontakt|direkt))\\p{L}{3,}(?:nummer|nr)|' +
  '(?:customer|client|member|user|employee|student|cliente?|klienta?|kunde|müşteri)(?=[\\s.:]*(?:#|n[or°º]|num|id|code))';
const HAN_IDS =
  '(?:注文|請求書?|追跡|伝票|会員|口座|受付|管理|商品|予約|契約|顧客|订单|訂單|单|單|发票|發票|编|編|账|帳|快递|运单|身份证|合同|流水|会员|會員|주문|송장|운송장|계좌|등록|고객|예약|접수|회원)';
const FILLERS =
  'no|nos|nr|num\\p{L}*|id|code|is|was|your|n°|nº|n\\.º|númer\\p{L}*|numér\\p{L}*|номер\\p{L}*|de[l]?|d[oi]|es[t]?|è|är|er|jest|संख्या|नंबर|رقم|هو|番号|號碼|号码|号|號|번호|は|为|為|是';
const HASHED = '(?<!(?:phone|tel\\p{L}*|fon|mobile?|cell|call|fax|number)[\\s.:]*)[#№] ?$';
const BEFORE_SOURCE = `(?:(?<!\\p{L})(?:${ID_WORDS})(?!\\p{L})|${HAN_IDS})(?:[\\s.:#№()=/"'-]*(?:${FILLERS}))*[\\s.:#№(="'-]*$|${HASHED}`;

const AFTER_SOURCE = String.raw`^ ?(?:(?:km|kg|m[gm]|cm|ml|lbs?|miles|kwh|[kmgt]b|bytes|px|people|persons|inhabitants|residents|views|subscribers|followers|users|downloads|visitors|votes|copies|units|items|rows|records|einwohner|stück|aufrufe|habitant\p{L}*|vues|visitas|abitanti|inwoners|mieszkańców|wyświetleń|invånare|жителей|человек|просмотров|kişi|نسمة|شخص)(?!\p{L})|[人次個件名枚台명개])`;
const BEFORE = new RegExp(BEFORE_SOURCE, 'iu');
const AFTER = new RegExp(AFTER_SOURCE, 'iu');

export const CONTEXT_WORDS: ContextWords = { before: BEFORE_SOURCE, after: AFTER_SOURCE };
