/** Vietnamese. */
import type { Language } from '../language.ts';

const KEY = '(api key|khóa api|mã api|key|token|apikey)';
const SERVICE = '(dịch vụ|id dịch vụ|mã dịch vụ|máy chủ dịch vụ)';
const LINK = '(link|liên kết|đường dẫn|url|đường link|username|tên người dùng)';
const COUNT = '(số lượng|số lượng đặt|số lượng đơn hàng)';
const WRONG = '(không hợp lệ|không đúng|không chính xác|sai|bị sai|chưa đúng|không đúng định dạng)';
const NOT_THERE = '(không tồn tại|không tìm thấy|không có)';
const OFF =
  '(không hoạt động|đã bị khóa|bị khóa|bị vô hiệu hóa|đã bị vô hiệu hóa|đã tắt|chưa được kích hoạt|chưa kích hoạt)';

export const vietnamese: Language = {
  refusals: {
    INVALID_KEY: [
      `(sai)? ${KEY} (của bạn)? (${WRONG}|${NOT_THERE}|${OFF}|là bắt buộc|hết hạn)|sai ${KEY}|không có quyền truy cập|chưa đăng nhập|không được phép truy cập`,
      `(tài khoản|người dùng) (của bạn|này)? (${OFF}|${NOT_THERE}|bị cấm|đã bị cấm)`,
    ],
    INVALID_SERVICE: [
      '(máy chủ|dịch vụ|server) (này)? (đang)? (tạm ngưng|tạm dừng|ngưng) nhận đơn (hàng)?',
      `(sai)? ${SERVICE} (này)? (${WRONG}|${NOT_THERE}|đã bị khóa|bị khóa|đã bị vô hiệu hóa|đã tắt|là bắt buộc|đã bị xóa)|sai ${SERVICE}|không tìm thấy ${SERVICE}`,
    ],
    INVALID_LINK: [
      `${LINK} (này|của bạn)? (${WRONG}|${NOT_THERE}|là bắt buộc|không được để trống|không được hỗ trợ|đang ở chế độ riêng tư)|sai ${LINK}`,
      '(vui lòng)? (nhập|kiểm tra lại) (đúng)? (link|đường dẫn|liên kết) (hợp lệ)?|(tài khoản|trang|bài viết) (đang)? (ở chế độ)? riêng tư',
    ],
    LINK_BUSY: [
      '(bạn)? (đang|đã)? có (một)? đơn (hàng)? (đang chạy|đang hoạt động|chưa hoàn thành) (với|cho|trên) (link|liên kết|đường dẫn) này (vui lòng (chờ|đợi) (đến khi)? (đơn hàng)? hoàn thành)?',
      '(link|liên kết|đường dẫn) này (đang|đã) có đơn (hàng)? (đang chạy|chưa hoàn thành|hoạt động)',
    ],
    INVALID_QUANTITY: [
      `${COUNT} (${WRONG}|quá nhỏ|quá lớn|quá ít|quá nhiều)|${COUNT} (phải)? (nằm)? (từ # đến #|trong khoảng (từ)? # (đến|và)? #|lớn hơn (hoặc bằng)? #|nhỏ hơn (hoặc bằng)? #|tối thiểu (là)? #|tối đa (là)? #|ít nhất (là)? #|là bội số của #|là số (nguyên)?)`,
      `${COUNT} (nhỏ|lớn|ít|nhiều|thấp|cao) hơn (mức|số lượng|giới hạn)? (tối thiểu|tối đa|cho phép) #?|(số lượng)? (tối thiểu|tối đa|mua tối thiểu|mua tối đa) (là|cho phép)? #|${COUNT} (vượt quá|không đạt|chưa đạt) (mức|giới hạn)? (tối đa|tối thiểu|cho phép)`,
    ],
    INSUFFICIENT_FUNDS: [
      '(số dư|tài khoản|số tiền|tiền) (của bạn|trong tài khoản|tài khoản)? không đủ (tiền|số dư)? (để (thực hiện|đặt|mua|thanh toán) (đơn hàng|dịch vụ|đơn)? (này)?)?',
      '(bạn)? không đủ (số dư|tiền) (trong tài khoản)?',
    ],
    ORDER_NOT_FOUND: [
      `(đơn hàng|đơn|mã đơn hàng|id đơn hàng) (này)? (${NOT_THERE}|${WRONG})|không tìm thấy (đơn hàng|đơn|mã đơn hàng)`,
    ],
    REFILL_NOT_FOUND: ['không tìm thấy (bảo hành|refill|yêu cầu bảo hành)|(bảo hành|refill) không tồn tại'],
    REFILL_NOT_ALLOWED: ['(dịch vụ|đơn hàng) (này)? không (có|hỗ trợ|được) (bảo hành|refill)'],
    CANCEL_NOT_ALLOWED: [
      '(đơn hàng|dịch vụ) (này)? không (thể|hỗ trợ|được) (hủy|huỷ)|không thể hủy (đơn hàng|đơn)? (này)?',
    ],
    PANEL_REJECTED: ['hành động không hợp lệ'],
    RATE_LIMITED: [
      '(quá|có quá) nhiều (yêu cầu|lần thử)|bạn (thao tác|gửi yêu cầu) quá nhanh|vượt quá giới hạn (số)? yêu cầu',
    ],
  },
  quantityDemands: [
    '(thiếu|vui lòng nhập|hãy nhập|chưa nhập|thiếu tham số|thiếu trường) (tham số)? (quantity|số lượng)|(tham số|trường)? (quantity|số lượng) (là bắt buộc|bắt buộc|không được để trống|không được bỏ trống|bị thiếu)',
  ],
  missingParameters: [
    'thiếu (các)? (tham số|thông tin|trường|dữ liệu) (bắt buộc)?|(vui lòng)? (nhập|điền) (đầy đủ) (thông tin|các trường|dữ liệu)',
  ],
  orderDemands: [
    'thiếu (tham số)? (order|mã đơn hàng|đơn hàng|id đơn hàng)|(tham số|trường)? (order|mã đơn hàng) (là bắt buộc|bắt buộc|không hợp lệ|không được bỏ trống|không được để trống)',
  ],
  openings: ['lỗi|xin lỗi|thông báo|rất tiếc'],
  closings: [
    '(vui lòng|hãy|xin)? liên hệ (với)? (admin|hỗ trợ|bộ phận hỗ trợ|quản trị viên)|(vui lòng|hãy)? nạp (thêm)? (tiền|số dư) (vào tài khoản)?|(vui lòng)? kiểm tra lại (link|số lượng|thông tin)?',
    '(tối thiểu|tối đa|cần|hiện có|số dư hiện tại) (là)? #|vui lòng',
  ],
  waits: ['(vui lòng|hãy)? thử lại (sau|sau # giây|sau ít phút|sau vài phút)|(vui lòng)? (chờ|đợi) (giây lát|# giây)?'],
  failures: [
    'lỗi (hệ thống|máy chủ|server|kết nối|không xác định|nội bộ|cơ sở|khi|trong|từ|xử lý|mạng)|(đã)? (xảy ra|có) lỗi|có lỗi|sự cố|thất bại|thử lại|lần sau|lát nữa|sau ít phút',
    'bảo trì|tạm thời|tạm ngưng|quá tải|hết thời gian|hết hạn kết nối|máy chủ|cơ sở dữ liệu|nhà cung cấp|kết nối|đang bận|không thể (xử lý|tạo|lưu|gửi|thực hiện|kết nối|cập nhật|ghi|trừ|thêm|hoàn tất|đặt|đọc|truy cập)|không khả dụng|gián đoạn',
  ],
  deeds: [
    'đã (đặt|tạo|lưu|trừ|nhận|gửi|xử lý|thanh toán|mua|được|hoàn|thêm|cập nhật|tồn tại|chấp nhận|xác nhận|thực hiện|ghi)|thành công|đang (xử lý|chờ|thực hiện|được)|hoàn tiền',
    'hàng đợi|hàng chờ|chờ xử lý|trùng*|hoàn thành|hoàn tất|bị trừ|rồi',
  ],
};
