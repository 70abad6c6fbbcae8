/** Indonesian. */
import type { Language } from '../language.ts';

const KEY = '(api key|kunci api|api id|key|token|kunci|api id atau api key)';
const SERVICE = '(layanan|id layanan|service|kode layanan|layanan id)';
const LINK = '(link|url|target|tautan|username|nama pengguna|link target)';
const COUNT = '(jumlah|jumlah pesanan|jumlah pesan|kuantitas)';
const WRONG = '(tidak valid|salah|tidak benar|tidak sah)';
const NOT_THERE = '(tidak ditemukan|tidak ada|tidak tersedia di daftar)';
const OFF = '(tidak aktif|nonaktif|dinonaktifkan|diblokir|ditangguhkan|belum aktif|telah dinonaktifkan|telah diblokir)';

export const indonesian: Language = {
  refusals: {
    INVALID_KEY: [
      `${KEY} (anda)? (${WRONG}|${NOT_THERE}|${OFF}|wajib diisi|kadaluarsa|diperlukan)|(akun|pengguna|user) (anda|ini)? (${OFF}|${NOT_THERE})|tidak diizinkan|akses ditolak|tidak memiliki akses`,
    ],
    INVALID_SERVICE: [
      `${SERVICE} (ini|yang dipilih)? (${WRONG}|${NOT_THERE}|${OFF}|wajib diisi|diperlukan|telah dihapus)`,
    ],
    INVALID_LINK: [
      `(format)? ${LINK} (anda|ini)? (${WRONG}|${NOT_THERE}|wajib diisi|tidak boleh kosong|diperlukan|bersifat pribadi|tidak didukung)|akun (ini)? (bersifat)? (privat|private|pribadi)`,
    ],
    LINK_BUSY: [
      '(anda)? (masih|sudah) (memiliki|ada|punya) (pesanan|order|orderan) (aktif|yang aktif|yang berjalan|berjalan)? (dengan|untuk|di) (link|target|tautan|username) (ini|yang sama) (mohon tunggu (sampai|hingga) (pesanan)? selesai)?',
      '(masih)? (ada|terdapat) (pesanan|order|orderan) (dengan|untuk|di) (link|target|tautan|username) (ini|yang sama|yang sama yang belum selesai)',
    ],
    INVALID_QUANTITY: [
      `${COUNT} (${WRONG}|terlalu kecil|terlalu besar|terlalu sedikit|terlalu banyak)|${COUNT} harus (antara # (dan|sampai|hingga)? #|minimal #|maksimal #|lebih (dari|besar dari) #|kelipatan #|berupa angka|di antara # dan #)`,
      `(jumlah)? (minimal|maksimal|minimum|maksimum) (pemesanan|pesanan|order|pesan|pembelian)? (untuk layanan ini)? (adalah)? #|${COUNT} (kurang|lebih) dari (batas)? (minimal|maksimal|minimum|maksimum) (pemesanan|pesanan|order)? #?|${COUNT} (melebihi|tidak memenuhi|di bawah|di atas) (batas)? (minimal|maksimal|minimum|maksimum)`,
    ],
    INSUFFICIENT_FUNDS: [
      '(saldo|dana|kredit|balance) (anda|akun anda|akun)? (tidak (cukup|mencukupi|memadai)|kurang|belum cukup) (untuk (melakukan|membuat) (pesanan|pemesanan|order) (ini)?)?',
    ],
    ORDER_NOT_FOUND: [`(pesanan|order|id pesanan|id order|orderan) (anda|ini)? (${NOT_THERE}|${WRONG})`],
    REFILL_NOT_FOUND: ['(refill|isi ulang|id refill) (tidak ditemukan|tidak valid)'],
    REFILL_NOT_ALLOWED: ['(layanan|pesanan) (ini)? tidak (memiliki|mendukung|ada|bisa) (refill|isi ulang|garansi)'],
    CANCEL_NOT_ALLOWED: [
      '(pesanan|order) (ini)? tidak (dapat|bisa) (dibatalkan|di batalkan|dicancel)|pembatalan tidak (tersedia|diizinkan)',
    ],
    PANEL_REJECTED: ['aksi tidak valid'],
    RATE_LIMITED: ['terlalu banyak (permintaan|percobaan|request)|batas (permintaan|request) (terlampaui|tercapai)'],
  },
  quantityDemands: [
    '(parameter|kolom)? (quantity|jumlah|kuantitas) (wajib diisi|diperlukan|harus diisi|tidak boleh kosong|dibutuhkan|belum diisi)|(harap|silakan|mohon)? (isi|masukkan) (jumlah|quantity)|(parameter)? (quantity|jumlah) tidak ada',
  ],
  missingParameters: [
    '(parameter|data|permintaan|field) (tidak lengkap|kurang lengkap)|parameter kurang|semua (kolom|field|data|parameter) (wajib|harus) diisi|(harap|mohon|silakan) (isi|lengkapi) semua (data|kolom|input)',
  ],
  orderDemands: [
    '(parameter|kolom)? (order|id pesanan|id order|pesanan) (wajib diisi|diperlukan|tidak boleh kosong|tidak valid|harus diisi)',
  ],
  openings: ['error|gagal|maaf|kesalahan|mohon maaf|ups'],
  closings: [
    '(silakan|silahkan|mohon|harap)? hubungi (admin|kami|dukungan|customer service|cs)|(silakan|silahkan|mohon|harap)? (isi|top up|deposit|tambah) (saldo|ulang saldo|dana)? (anda)? (terlebih dahulu)?',
    '(silakan|silahkan|mohon)? (periksa|cek) (kembali)? (link|jumlah|data)? (anda)?|(minimal|maksimal|dibutuhkan|tersedia|saldo anda) #|terima kasih',
  ],
  waits: ['(silakan|silahkan|mohon|harap)? (coba|tunggu) (lagi)? (nanti|beberapa saat (lagi)?|dalam # detik|# detik)?'],
  failures: [
    'kesalahan (sistem|server|internal|pada|saat|di|tidak|database|jaringan|koneksi)|terjadi (kesalahan|error|masalah|gangguan)|error (sistem|server|saat|pada)|gagal|gangguan|coba lagi|beberapa saat|nanti',
    'pemeliharaan|sementara|perbaikan|tidak tersedia|server|database|penyedia|provider|koneksi|waktu habis|sibuk|kelebihan|tidak dapat (memproses|membuat|menyimpan|mengirim|terhubung)',
  ],
  deeds: [
    'berhasil|sukses|dibuat|disimpan|terkirim|dikirim|diterima|diproses|dipotong|terpotong|dibayar|dibeli|dikonfirmasi|tercatat|selesai|ditambahkan|diperbarui|ditempatkan',
    'dikembalikan|refund|antrian|antrean|menunggu|tertunda|sudah|telah|duplikat|ganda|sedang|didebit',
  ],
};
