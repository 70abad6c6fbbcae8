/** Spanish. */
import type { Language } from '../language.ts';

const KEY = '(clave|clave api|api key|clave de api|clave de la api|llave api|token|key|apikey)';
const SERVICE = '(servicio|id de servicio|id del servicio|servicio seleccionado|servicio solicitado)';
const LINK = '(enlace|link|url|usuario|nombre de usuario|liga|vínculo)';
const COUNT = '(cantidad|cantidad solicitada|cantidad del pedido|cantidad de la orden)';
const WRONG =
  '(inválido|inválida|incorrecto|incorrecta|erróneo|errónea|no válido|no válida|no es válido|no es válida|no es correcto|no es correcta)';
const NOT_THERE =
  '(no encontrado|no encontrada|no existe|no se encontró|no fue encontrado|no fue encontrada|inexistente)';
const OFF =
  '(desactivado|desactivada|deshabilitado|deshabilitada|inactivo|inactiva|no activo|no activa|no está activo|no está activa)';
const FUNDS = '(saldo|fondos|balance|crédito|créditos|dinero)';
const ORDER = '(orden|pedido|id de orden|id del pedido|id de pedido|id de la orden|número de orden|número de pedido)';

export const spanish: Language = {
  refusals: {
    INVALID_KEY: [
      `(la|el|tu|su)? ${KEY} (es|está)? (${WRONG}|${OFF}|${NOT_THERE}|requerida|requerido|faltante|vencida|expirada)`,
      `(la|tu|su)? (cuenta|cuenta de usuario) (está|ha sido)? (${OFF}|bloqueada|suspendida|${NOT_THERE}|baneada)`,
      `(el)? usuario (está|ha sido)? (${OFF}|bloqueado|suspendido|${NOT_THERE})|(no autorizado|acceso denegado|no autenticado)`,
    ],
    INVALID_SERVICE: [
      `(el|este|id de)? ${SERVICE} (es|está|fue)? (${WRONG}|${OFF}|${NOT_THERE}|eliminado|requerido|obligatorio)`,
      `(el)? ${SERVICE} es (requerido|obligatorio)|falta (el)? (parámetro|campo)? (service|servicio)|no (existe|se encontró) el ${SERVICE}`,
    ],
    INVALID_LINK: [
      `(el|la|este|tu)? ${LINK} (es|está)? (${WRONG}|${NOT_THERE}|privado|privada|no permitido|no soportado)`,
      `(el|la)? ${LINK} es (requerido|requerida|obligatorio|obligatoria)|falta (el|la)? (parámetro|campo)? (link|enlace|url)`,
      '(la|esta|tu)? (cuenta|publicación|página) es privada|(el|este|tu)? (perfil|video) es privado',
    ],
    LINK_BUSY: [
      `(ya)? (tienes|tiene|existe|hay) (ya)? (una|un) (orden|pedido) (activa|activo|en curso) (con|para|en) (este|ese|el mismo|esta|la misma) ${LINK}`,
      `ya (tienes|tiene|existe|hay) (una|un) (orden|pedido) (para|con) (este|ese|el mismo|esta|la misma) ${LINK}`,
      `(ya)? (tienes|tiene|existe|hay) (una|un) (orden|pedido) (activa|activo) (con|para) este ${LINK} (por favor)? espere (hasta)? (a)? que (se complete|termine|finalice)`,
    ],
    INVALID_QUANTITY: [
      `(la)? ${COUNT} (es|está)? (${WRONG}|muy baja|muy alta|demasiado baja|demasiado alta|fuera de rango|no permitida)`,
      `(la)? ${COUNT} (debe|tiene que) (estar|ser) (entre|mayor a|menor a|mayor que|menor que|mayor o igual a|menor o igual a|al menos|como mínimo|múltiplo de) # ((y|a) #)?`,
      `(la)? ${COUNT} (es)? (menor|mayor|inferior|superior) (a|al|que|que el|que la)? (la)? (mínimo|máximo|mínima|máxima)? (permitido|permitida)? #?`,
      `(la)? (cantidad)? (mínima|máxima|mínimo|máximo) (de pedido|permitida|permitido|para este servicio)? (es|es de|de)? #`,
      `(no cumple con|no alcanza|supera|excede) (la|el)? (cantidad)? (mínima|máxima|mínimo|máximo) (permitida|permitido)?`,
      `(la)? ${COUNT} (mínima|máxima) (no)? (ha sido|fue)? (alcanzada|superada|excedida)|(la)? ${COUNT} debe ser un número (entero|positivo)?`,
    ],
    INSUFFICIENT_FUNDS: [
      `(tu|su|el)? ${FUNDS} (es|son)? (insuficiente|insuficientes) (en (tu|su|la)? cuenta)? (para (esta|este|realizar esta|realizar este) (orden|pedido|compra))?`,
      `(no (tienes|tiene|hay|posee|cuentas con|cuenta con)|sin) (suficiente|suficientes)? ${FUNDS} (suficiente|suficientes|disponible)? (en (tu|su|la)? cuenta)? (para (esta|este) (orden|pedido))?`,
    ],
    ORDER_NOT_FOUND: [`(la|el|esta|este)? ${ORDER} (${NOT_THERE}|${WRONG})|no se encontró (la|el) ${ORDER}`],
    REFILL_NOT_FOUND: [`(el|la)? (recarga|refill|reposición|relleno) (${NOT_THERE}|${WRONG})`],
    REFILL_NOT_ALLOWED: [
      '(este|el)? (servicio|pedido) no (tiene|admite|permite) (recarga|refill|reposición|relleno|reposiciones)',
      '(recarga|refill|reposición) no (disponible|permitida|permitido)',
    ],
    CANCEL_NOT_ALLOWED: [
      '(este|esta|el|la)? (servicio|pedido|orden) no (se puede|puede ser|puede|admite) (cancelar|cancelado|cancelada|cancelación|cancelarse)',
      'cancelación no (disponible|permitida)',
    ],
    PANEL_REJECTED: ['acción (inválida|no válida)'],
    RATE_LIMITED: [
      'demasiadas (solicitudes|peticiones)|(has)? (excedido|superado) el límite de (solicitudes|peticiones)',
    ],
  },
  quantityDemands: [
    'falta (el|la)? (parámetro|campo|valor)? (quantity|cantidad)|(quantity|cantidad) (faltante|no especificada|no proporcionada)',
    '(el|la)? (parámetro|campo)? (quantity|cantidad) es (requerido|requerida|obligatorio|obligatoria|necesario|necesaria)',
    '(el|la)? (parámetro|campo)? (quantity|cantidad) (requerido|requerida|obligatorio|obligatoria)',
    '(el)? (parámetro|campo) (quantity|cantidad) (no puede|no debe) estar vacío',
  ],
  missingParameters: [
    'faltan (los)? (parámetros|campos|datos) (requeridos|obligatorios|necesarios)?|(parámetros|campos|datos) (requeridos)? (faltantes|incompletos)',
    '(todos los)? (campos|parámetros) son (obligatorios|requeridos)|falta (un)? (parámetro|campo) (requerido|obligatorio)?',
  ],
  orderDemands: [
    'falta (el|la)? (parámetro|campo)? (order|orden|pedido|id de orden|order id)',
    `(el|la)? (parámetro|campo)? (order|orden|pedido) (es)? (requerido|requerida|obligatorio|obligatoria|${WRONG})`,
    'id (de|del|de la) (orden|pedido) (inválido|incorrecto|no válido)',
  ],
  openings: ['error|lo sentimos|atención|error de validación'],
  closings: [
    '(por favor)? (contacte|contacta|contacte con|contacta con|contacte a|comuníquese con) (a|al|el|con)? (soporte|administrador)',
    '(por favor)? (recargue|recarga|recargar|agregue|añada|agrega) (tu|su|más)? (saldo|fondos|cuenta)|por favor',
    '(por favor)? (verifique|verifica|revise|revisa|corrija) (el|la|tu|su)? (enlace|cantidad|datos|servicio)?',
    '(mínimo|máximo|requerido|disponible|actual|necesitas|tienes|saldo actual) #',
  ],
  waits: [
    '(por favor)? (inténtelo|intente|intenta|inténtalo) (de nuevo|nuevamente)? (más tarde|en # segundos|en unos minutos)|espere (un momento|# segundos)',
  ],
  failures: [
    'error (interno|inesperado|desconocido|del servidor|de servidor|de base|de conexión|al|en el|en la|de red|del sistema|de la base)',
    '(ha)? (ocurrido|ocurrió|hubo|sucedió|produjo|surgió) un (error|problema|fallo)|(se)? (ha)? (producido|ocurrido) un|algo salió mal|fallo|falló|fallida|fallido',
    'más tarde|inténtelo (de nuevo|más)|intente (de nuevo|nuevamente|más)|intenta (de nuevo|nuevamente|más)|vuelva a intentar*|reintent*',
    'mantenimiento|no disponible|temporal*|tiempo de espera|agotado|servidor|base de datos|proveedor*|conexión|sobrecarga*|ocupado',
    'no se pudo|no pudo|no fue posible|no se ha podido|imposible',
  ],
  deeds: [
    'realizad*|cread*|guardad*|cobrad*|aceptad*|enviad*|recibid*|procesad*|procesando|confirmad*|registrad*|complet*|comprad*|pagad*',
    'éxito|exitosa*|exitoso*|reembols*|en cola|pendiente|ya (existe|fue|ha|está|se)|duplicad*|descontad*|debitad*|actualizad*|en proceso|añadid*|agregad*|insertad*',
  ],
};
