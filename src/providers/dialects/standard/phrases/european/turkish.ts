/** Turkish. */
import type { Language } from '../language.ts';

const KEY = '(api anahtarı|anahtar|api key|api keyi|token)';
const SERVICE = '(servis|servis id|servis kimliği|hizmet|servis numarası|seçilen servis)';
const LINK = '(link|bağlantı|url|kullanıcı adı|adres|link adresi)';
const COUNT = '(miktar|adet|sipariş miktarı|sipariş adedi|girilen miktar)';
const WRONG = '(geçersiz|hatalı|yanlış|geçerli değil|doğru değil|geçersizdir|hatalıdır)';
const NOT_THERE = '(bulunamadı|mevcut değil|yok|bulunmuyor|bulunamamıştır)';
const OFF = '(aktif değil|pasif|devre dışı|kapalı|aktif değildir|kapatılmış)';

export const turkish: Language = {
  refusals: {
    INVALID_KEY: [
      `(geçersiz|hatalı|yanlış|eksik) ${KEY}|${KEY} (${WRONG}|${NOT_THERE}|${OFF}|gerekli|zorunlu|eksik)`,
      `(hesabınız|hesap|kullanıcı) (${OFF}|${NOT_THERE}|engellendi|engellenmiş|askıya alındı|yasaklandı)|yetkisiz (erişim)?|erişim engellendi`,
    ],
    INVALID_SERVICE: [
      '(bu)? servis (şu an|şu anda)? (pasif|kapalı) (durumda|durumdadır)',
      `(geçersiz|hatalı|yanlış) ${SERVICE} (id|numarası)?|(bu)? ${SERVICE} (${WRONG}|${NOT_THERE}|${OFF}|gerekli|zorunlu)`,
    ],
    INVALID_LINK: [
      `(geçersiz|hatalı|yanlış) ${LINK} (formatı)?|(bu|girilen)? ${LINK} (formatı)? (${WRONG}|${NOT_THERE}|gerekli|zorunlu|boş olamaz)`,
      '(hesap|profil|gönderi|hesabınız) (gizli|gizlidir)|(lütfen)? geçerli bir (link|bağlantı|url) (giriniz|girin)',
    ],
    LINK_BUSY: [
      '(bu|aynı) (linkte|linke|link için|bağlantıda) (zaten)? (aktif|devam eden) (bir)? (sipariş|siparişiniz) (var|bulunmaktadır|mevcut|bulunuyor)',
      `(bu|aynı) ${LINK} (ile|için|ait)? (zaten (aktif)?|(zaten)? (aktif|devam eden)) (bir)? (sipariş|siparişiniz) (var|bulunmaktadır|mevcut|bulunuyor)`,
      `(bu|aynı) ${LINK} (ile|için)? (aktif|devam eden) (bir)? (sipariş|siparişiniz) (var|bulunmaktadır|mevcut) (lütfen)? (tamamlanmasını|siparişin tamamlanmasını) bekleyin`,
    ],
    INVALID_QUANTITY: [
      `(geçersiz|hatalı|yanlış) ${COUNT}|${COUNT} (${WRONG}|çok düşük|çok yüksek|çok az|çok fazla)`,
      `(sipariş)? (miktar|adet|miktarı|adedi) (minimum|maksimum|en az|en fazla|min|max) # (olmalıdır|olmalı|olabilir)?`,
      `(minimum|maksimum|en az|en fazla|min|max) (sipariş|miktar|adet)? (miktarı|adedi)? # ((adet)? (sipariş)? (verilebilir|verebilirsiniz|olmalıdır|olmalı|olabilir))?`,
      `${COUNT} # (ile|ve) # (arasında|arası) (olmalıdır|olmalı)|${COUNT} (minimum|maksimum) (miktardan|değerden|limitten) (az|fazla|düşük|yüksek) (olamaz)?`,
      `${COUNT} (minimumdan|maksimumdan|minimum miktardan|maksimum miktardan) (az|fazla|küçük|büyük|düşük|yüksek) (olamaz)?`,
    ],
    INSUFFICIENT_FUNDS: [
      '(yetersiz) (bakiye|kredi)|(bakiye|bakiyeniz|krediniz|hesap bakiyesi|hesap bakiyeniz) (yetersiz|yetersizdir|yeterli değil|yeterli değildir|yetmiyor)',
      '(hesabınızda|bakiyenizde)? yeterli (bakiye|bakiyeniz|kredi) (yok|bulunmamaktadır|bulunmuyor|yoktur)',
    ],
    ORDER_NOT_FOUND: [
      `(sipariş|sipariş id|sipariş numarası) (${NOT_THERE}|${WRONG})|(geçersiz|hatalı) sipariş (id|numarası|no)?`,
    ],
    REFILL_NOT_FOUND: [`(telafi|refill) (talebi)? (${NOT_THERE}|${WRONG})`],
    REFILL_NOT_ALLOWED: [
      '(bu)? (servis|servisin|serviste|sipariş için|siparişin) (telafi|telafisi|refill) (yok|yoktur|bulunmuyor|yapılamaz|desteklenmiyor|mevcut değil)',
    ],
    CANCEL_NOT_ALLOWED: ['(bu)? sipariş iptal edilemez|iptal (mümkün değil|edilemez|desteklenmiyor)'],
    PANEL_REJECTED: ['geçersiz action'],
    RATE_LIMITED: ['çok fazla (istek|deneme) (gönderdiniz|yaptınız)?|istek (limiti|sınırı) (aşıldı|doldu)'],
  },
  quantityDemands: [
    '(quantity|miktar|adet) (parametresi|alanı)? (gerekli|gereklidir|zorunlu|zorunludur|eksik|boş olamaz|boş bırakılamaz|girilmedi|belirtilmedi)',
    'eksik (parametre|alan) (quantity|miktar|adet)|(lütfen)? (miktar|adet) (giriniz|girin)',
  ],
  missingParameters: [
    '(eksik|zorunlu|gerekli) (parametre|parametreler|alan|alanlar) (eksik)?|(parametre|parametreler) eksik|(lütfen)? (tüm|bütün) alanları (doldurun|doldurunuz)',
    'tüm (alanlar|parametreler) (zorunlu|zorunludur|gerekli|gereklidir)',
  ],
  orderDemands: [
    '(order|sipariş|sipariş id) (parametresi|alanı)? (gerekli|gereklidir|zorunlu|zorunludur|eksik)|eksik (parametre|alan) (order|sipariş)',
    '(geçersiz|hatalı) sipariş (id|numarası|no)?',
  ],
  openings: ['hata|üzgünüz|uyarı|özür dileriz'],
  closings: [
    '(lütfen)? (destek|yönetici|destek ekibi) (ile)? (iletişime geçin|iletişime geçiniz)|(lütfen)? bakiye (yükleyin|yükleyiniz|ekleyin)',
    '(lütfen)? (kontrol edin|kontrol ediniz|kontrol edip tekrar deneyin)|(minimum|maksimum|gerekli|mevcut|mevcut bakiye|bakiyeniz) #|lütfen',
  ],
  waits: [
    '(lütfen)? (daha sonra|biraz sonra|# saniye sonra) (tekrar)? (deneyin|deneyiniz)|(lütfen)? (bekleyin|bekleyiniz)',
  ],
  failures: [
    '(bir)? (hata|sorun) (oluştu|meydana geldi|yaşandı|oluşmuştur|var)|(sunucu|sistem|veritabanı|bağlantı|bilinmeyen|beklenmeyen|iç|dahili) (hatası|hata)',
    'hata oluş*|daha sonra|sonra tekrar|tekrar (deneyin|deneyiniz|dene)|bakım*|geçici*|zaman aşımı|sunucu*|veritabanı*|veri tabanı|sağlayıcı*|tedarikçi*',
    'başarısız*|güncellenemedi|güncelleyemedi|düşülemedi|düşürülemedi|eklenemedi|yazılamadı|okunamadı|silinemedi|açılamadı|kurulamadı|çekilemedi|edilemedi|iletilemedi|verilemedi|girilemedi|gerçekleştirilemedi|gerçekleşmedi|aktarılamadı|başlatılamadı|çözülemedi|yapılamadı|oluşturulamadı|gönderilemedi|kaydedilemedi|işlenemedi|tamamlanamadı|alınamadı|ulaşılamıyor|hizmet dışı|yoğun*|bağlanılamadı|işlenirken',
  ],
  deeds: [
    'oluşturuldu*|alındı*|gönderildi*|kaydedildi*|başarıyla|başarılı*|tamamlandı*|işlendi*|işleniyor|onaylandı*|kabul edildi|tahsil*|ücretlendirildi|satın',
    'iade*|kuyruğa|kuyrukta|sırada|beklemede|zaten|mükerrer|eklendi|güncellendi|verildi|düşüldü|ödendi|başlatıldı|iletildi|yapıldı',
  ],
};
