/** What panels and their software say to an `add` after they may have bought. None of it is a refusal. */

export const FAILURE_TEXTS: readonly string[] = [
  // Something was done
  'Order placed at provider but local save failed. Contact support with your link and service ID.',
  ...[
    'Order already processed',
    'Insufficient balance at provider; order queued',
    'Quantity updated; order already sent to provider',
  ],
  ...[
    'Your order was accepted, but its status could not be read',
    'Charged, but the link could not be saved',
    'Duplicate order',
  ],
  ...[
    'Order 23501 created, invalid response',
    'Order submitted. Not enough funds on balance for the next one.',
    'Order exists already',
  ],
  ...[
    'El pedido ya fue enviado al proveedor',
    'Pedido criado, mas o link é inválido',
    'Sipariş oluşturuldu, bakiye yetersiz',
  ],
  ...[
    'Đơn hàng đã được tạo',
    'Заказ создан, но не сохранён',
    'Заказ уже отправлен',
    'تم إنشاء الطلب',
    'Pesanan berhasil dibuat, saldo tidak cukup',
  ],
  ...[
    'ऑर्डर बन चुका है',
    'Bestelling geplaatst, saldo onvoldoende',
    'Commande passée, lien invalide',
    '订单已提交，余额不足',
  ],
  // The panel's own failure
  ...['Internal server error', 'Server Error', 'Something went wrong', 'Please try again later', 'Gateway timeout'],
  ...[
    'System under maintenance',
    'An error occurred',
    'Incorrect link: database error',
    'Service temporarily unavailable',
  ],
  ...[
    'Unable to place order',
    'Failed to process order',
    'Provider error',
    'Upstream returned: Invalid link',
    'Invalid link. Please try again later.',
  ],
  ...[
    'Error saving order',
    'Could not save the order',
    'Bad Gateway',
    'Service unavailable for this link',
    'An unexpected error occurred.',
  ],
  'İsteğiniz işlenirken bir hata oluştu. Lütfen daha sonra tekrar deneyiniz',
  ...[
    'ISTEGINIZ ISLENIRKEN BIR HATA OLUSTU',
    'Sunucu hatası',
    'Ha ocurrido un error. Inténtelo más tarde',
    'Error interno del servidor',
  ],
  ...[
    'Ocorreu um erro ao processar o pedido',
    'Tente novamente mais tarde',
    'Đã xảy ra lỗi, vui lòng thử lại sau',
    'Lỗi hệ thống',
  ],
  ...[
    'Произошла ошибка, попробуйте позже',
    'Внутренняя ошибка сервера',
    'حدث خطأ، يرجى المحاولة لاحقا',
    'Terjadi kesalahan pada sistem',
  ],
  ...[
    'कुछ गलत हो गया, बाद में प्रयास करें',
    'Er is een fout opgetreden',
    'Une erreur est survenue',
    'Erreur interne du serveur',
  ],
  ...[
    '系统错误',
    '系统繁忙，请稍后再试',
    '服务器内部错误',
    'Interner Serverfehler',
    'Si è verificato un errore',
    'Wystąpił błąd',
  ],
  // Languages
  ...["Cannot read properties of undefined (reading 'order')", 'Undefined array key "order"', 'x is not a function'],
  ...[
    'Trying to access array offset on value of type null',
    'Undefined index: order',
    "KeyError: 'order'",
    'list index out of range',
  ],
  ...[
    "'NoneType' object has no attribute 'id'",
    'Attempt to read property "id" on null',
    'Call to a member function save() on null',
  ],
  ...[
    'runtime error: invalid memory address or nil pointer dereference',
    'Uncaught Exception',
    'Maximum execution time of 30 seconds exceeded',
  ],
  ...[
    'Unexpected token < in JSON at position 0',
    'Expecting value: line 1 column 1 (char 0)',
    'Converting circular structure to JSON',
  ],
  // HTTP clients
  ...[
    'read ECONNRESET',
    'connect ETIMEDOUT',
    'socket hang up',
    'cURL error 28',
    'getaddrinfo EAI_AGAIN panel.example',
    'fetch failed',
  ],
  ...[
    'Request failed with status code 400',
    'timeout of 10000ms exceeded',
    'HTTPSConnectionPool(host=x): Max retries exceeded',
  ],
  ...[
    'context deadline exceeded',
    'dial tcp: lookup panel: no such host',
    'unexpected EOF',
    'self signed certificate',
    'Invalid response',
  ],
  ...[
    'Remote end closed connection without response',
    'Network Error',
    'Connection timed out',
    'Response code 502 (Bad Gateway)',
  ],
  // Databases
  ...[
    "Duplicate entry '5' for key 'PRIMARY'",
    "Data too long for column 'link'",
    "Out of range value for column 'quantity' at row 1",
  ],
  'E11000 duplicate key error collection: panel.orders index: orderId_1 dup key: { orderId: 5 }',
  ...[
    'insert or update on table "orders" violates foreign key constraint',
    "Incorrect integer value: '' for column 'service_id'",
  ],
  ...['invalid input syntax for type integer', 'SQLSTATE[23000]', 'Unique constraint failed on the fields: (`link`)'],
  ...[
    'Invalid `prisma.order.create()` invocation',
    'ValidationError: orders validation failed: link: Path `link` is required.',
  ],
  ...[
    'orders validation failed: quantity: Path `quantity` is required.',
    'Deadlock found when trying to get lock',
    'database is locked',
  ],
  ...[
    'MySQL server has gone away',
    'No query results for model [App\\Models\\Order]',
    'Order matching query does not exist.',
  ],
  ...[
    'Cast to ObjectId failed for value "5"',
    'notNull Violation: Order.quantity cannot be null',
    "Column 'quantity' cannot be null",
  ],
  ...[
    "Access denied for user 'root'@'localhost'",
    'Lock wait timeout exceeded',
    'SequelizeUniqueConstraintError: Validation error',
  ],
  // Queues and tokens
  ...[
    'jwt expired',
    'Job stalled more than allowable limit',
    'READONLY You can’t write against a read only replica.',
    'CSRF token mismatch',
  ],
];
