/** Sentences of ten languages that people put numbers in; `{}` is the number. */

import type { Language } from './countries';

export const sentences: { readonly [L in Language]: readonly string[] } = {
  en: [
    'Call us on {} any weekday before five.', 'Phone: {}', 'You can reach Dana at {}, or leave a message.', 'Tel. {} (mornings only)', 'My mobile is {}.',
    '{} is the front desk; ask for Jo.', 'T {}', 'Order by phone: {}', 'Customer service {} is open until 8 pm.', '“{}”, she said, “and ask for Tom.”',
  ],
  de: [
    'Rufen Sie uns unter {} an.', 'Telefon: {}', 'Tel.: {}', 'Sie erreichen Frau Kovács unter der Rufnummer {}.', 'Mobil {} (nur vormittags)',
    'Bestellhotline: {}', '{} ist der Empfang, fragen Sie nach Jo.', 'Telefonnummer: {}',
  ],
  fr: [
    'Appelez-nous au {} avant midi.', 'Tél. : {}', 'Téléphone : {}', 'Vous pouvez joindre Dana au {}, sinon laissez un message.', 'Mon portable est le {}.',
    'Service clients : {} (appel gratuit)', 'Fixe {}', '« {} », dit-elle.',
  ],
  es: [
    'Llámenos al {} por la mañana.', 'Teléfono: {}', 'Tel. {}', 'Puede hablar con Dana en el {}, de lunes a viernes.', 'Mi móvil es el {}.', 'Atención al cliente: {}',
    'Para pedidos llame al {}.', 'Móvil {}',
  ],
  it: [
    'Ci chiami al {} entro le cinque.', 'Telefono: {}', 'Tel. {}', 'Il mio cellulare è {}.', 'Può parlare con Dana al {}, al mattino.', 'Servizio clienti: {}', 'Cell. {}',
  ],
  pt: [
    'Ligue para {} de manhã.', 'Telefone: {}', 'Tel.: {}', 'O meu telemóvel é {}.', 'Pode falar com a Dana pelo {}, até às cinco.', 'Atendimento ao cliente: {}', 'WhatsApp {}',
  ],
  pl: [
    'Prosimy dzwonić pod {} do godziny piątej.', 'Telefon: {}', 'tel. {}', 'Mój numer to {}.', 'Do Dany można dzwonić: {}, rano.', 'Infolinia: {}', 'kom. {}',
  ],
  ru: [
    'Звоните нам по номеру {} до пяти.', 'Телефон: {}', 'Тел.: {}', 'Мой мобильный {}.', 'Дане можно позвонить: {}, утром.', 'Горячая линия: {}', 'моб. {}',
  ],
  ja: [
    'お電話は{}までお願いします。', '電話：{}', 'TEL: {}', '電話番号は{}です。', '担当の田中（{}）までご連絡ください。', '携帯 {}', 'お問い合わせ先 {}（平日のみ）',
  ],
  ar: [
    'اتصل بنا على {} قبل الخامسة.', 'هاتف: {}', 'ت: {}', 'رقم الجوال {}', 'يمكنك التواصل مع دانا على {} صباحا.', 'خدمة العملاء: {}',
  ],
}; // prettier-ignore
