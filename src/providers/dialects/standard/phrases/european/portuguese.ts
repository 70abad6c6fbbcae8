/** Portuguese. */
import type { Language } from '../language.ts';

const KEY = '(chave|chave api|chave de api|chave da api|api key|token|key)';
const SERVICE = '(serviço|id do serviço|id de serviço|serviço selecionado)';
const LINK = '(link|url|usuário|nome de usuário|endereço|perfil)';
const COUNT = '(quantidade|quantidade solicitada|quantidade do pedido)';
const WRONG = '(inválido|inválida|incorreto|incorreta|errado|errada|não é válido|não é válida|não está correto)';
const NOT_THERE = '(não encontrado|não encontrada|não existe|não foi encontrado|não foi encontrada|inexistente)';
const OFF =
  '(desativado|desativada|inativo|inativa|não ativo|não ativa|não está ativo|não está ativa|desabilitado|desabilitada)';
const ORDER = '(pedido|ordem|id do pedido|número do pedido|id da ordem)';

export const portuguese: Language = {
  refusals: {
    INVALID_KEY: [
      `(a|sua|o)? ${KEY} (é|está)? (${WRONG}|${OFF}|${NOT_THERE}|obrigatória|ausente|expirada)`,
      `(a|sua|esta)? conta (está|foi)? (${OFF}|bloqueada|suspensa|banida|${NOT_THERE})|não autorizado|acesso negado|não autenticado`,
      `(o|este|seu)? usuário (está|foi)? (${OFF}|bloqueado|suspenso|banido)`,
    ],
    INVALID_SERVICE: [
      '(o|este)? serviço (está)? indisponível (no momento|temporariamente)? (escolha|selecione) outro (serviço)?',
      `(o|este)? ${SERVICE} (é|está|foi)? (${WRONG}|${OFF}|${NOT_THERE}|removido|obrigatório)`,
      `falta (o)? (parâmetro|campo)? (service|serviço)`,
    ],
    INVALID_LINK: [
      `(o|a|este|seu)? ${LINK} (é|está)? (${WRONG}|${NOT_THERE}|privado|obrigatório|não suportado|não permitido)`,
      `falta (o)? (parâmetro|campo)? (link|url)|(a|esta|sua)? (conta|página|publicação) (é|está) privada`,
    ],
    LINK_BUSY: [
      `(você)? (já (tem|possui|existe|há) um pedido (ativo|em andamento)?|(tem|possui|existe|há) um pedido (ativo|em andamento)) (com|para|neste|nesse) (este|esse|o mesmo)? ${LINK}`,
      `(você)? (já)? (tem|possui|existe|há) um pedido (ativo|em andamento) (com|para) este ${LINK} (por favor)? aguarde (até)? (a conclusão|ele ser concluído|que ele termine|o término)`,
    ],
    INVALID_QUANTITY: [
      `(a)? ${COUNT} (é|está)? (${WRONG}|muito baixa|muito alta|fora do limite|não permitida)`,
      `(a)? ${COUNT} (deve|precisa) (estar|ser) (entre|maior que|menor que|no mínimo|no máximo|pelo menos|maior ou igual a|menor ou igual a|múltiplo de) # ((e|a) #)?`,
      `(a)? ${COUNT} (é)? (menor|maior|inferior|superior|abaixo|acima) (que|do que|ao|à|do|da)? (o|a)? (mínimo|máximo|mínima|máxima)? (permitido|permitida)? #?`,
      `(a)? (quantidade)? (mínima|máxima|mínimo|máximo) (permitida|permitido|para este serviço)? (é|é de|de)? #`,
      `(a)? ${COUNT} (mínima|máxima) (não)? (foi)? (atingida|excedida)|(a)? ${COUNT} deve ser um número (inteiro)?`,
    ],
    INSUFFICIENT_FUNDS: [
      `(seu|o)? (saldo|crédito|créditos|fundos) (é|está|são)? (insuficiente|insuficientes) (na (sua)? conta)? (para (este|esse|realizar este) pedido)?`,
      `(você)? (não (tem|há|possui)|sem) (saldo|crédito|créditos|fundos) (suficiente|suficientes)? (na (sua)? conta)? (para este pedido)?`,
    ],
    ORDER_NOT_FOUND: [`(o|a|este)? ${ORDER} (${NOT_THERE}|${WRONG})`],
    REFILL_NOT_FOUND: [`(a|o)? (reposição|refill|recarga) (${NOT_THERE}|${WRONG})`],
    REFILL_NOT_ALLOWED: [
      '(este|o)? (serviço|pedido) não (tem|possui|permite) (reposição|refill|recarga)|(reposição|refill) não (disponível|permitida|permitido)',
    ],
    CANCEL_NOT_ALLOWED: [
      '(este|o)? (serviço|pedido) não (pode ser cancelado|permite cancelamento|pode cancelar)|cancelamento não (disponível|permitido)',
    ],
    PANEL_REJECTED: ['ação inválida'],
    RATE_LIMITED: [
      'muitas (solicitações|requisições|tentativas)|limite de (solicitações|requisições) (excedido|atingido)',
    ],
  },
  quantityDemands: [
    'falta (o|a)? (parâmetro|campo|valor)? (quantity|quantidade)|(quantity|quantidade) (ausente|não informada|não especificada)',
    '(o|a)? (parâmetro|campo)? (quantity|quantidade) é (obrigatório|obrigatória|necessário|necessária|requerido)',
    '(o)? (parâmetro|campo)? (quantity|quantidade) (obrigatório|obrigatória)',
  ],
  missingParameters: [
    'faltam (os)? (parâmetros|campos) (obrigatórios)?|(parâmetros|campos) (obrigatórios)? (ausentes|faltando|não informados)',
    '(todos os)? (campos|parâmetros) são obrigatórios|falta (um)? (parâmetro|campo) (obrigatório)?',
  ],
  orderDemands: [
    'falta (o|a)? (parâmetro|campo)? (order|pedido|ordem)|(id do)? (order|pedido) (inválido|incorreto)',
    '(o)? (parâmetro|campo)? (order|pedido|id do pedido) (é)? obrigatório',
  ],
  openings: ['erro|desculpe|atenção|erro de validação'],
  closings: [
    '(por favor)? (entre em contato com|contate|contacte) (o|nosso)? suporte|(por favor)? (adicione|recarregue) (seu|mais)? (saldo|fundos)',
    '(por favor)? (verifique|confira|corrija) (o|a|seu|sua)? (link|quantidade|dados|serviço)?|(mínimo|máximo|necessário|disponível|saldo atual) #|por favor',
  ],
  waits: [
    '(por favor)? tente (novamente|de novo)? (mais tarde|em # segundos|em alguns minutos)|aguarde (um momento|# segundos)?',
  ],
  failures: [
    'erro (interno|inesperado|desconhecido|do servidor|no servidor|de conexão|no banco|de banco|ao|na|no|do sistema|de rede)',
    '(ocorreu|houve|aconteceu) um (erro|problema|falha)|algo deu errado|falha|falhou|mais tarde|tente (novamente|de novo)|tentar novamente',
    'manutenção|indisponível|temporar*|tempo (esgotado|limite)|servidor|banco de dados|fornecedor*|provedor*|conexão|sobrecarreg*',
    'não foi possível|não conseguimos|não pôde|não pode ser processad*|impossível',
  ],
  deeds: [
    'realizad*|criad*|salv*|cobrad*|aceit*|enviad*|recebid*|processad*|processando|confirmad*|registrad*|conclu*|comprad*|pag|pago|paga',
    'sucesso|reembols*|estorn*|na fila|pendente|já (existe|foi|está|há)|duplicad*|debitad*|descontad*|atualizad*|adicionad*|inserid*|em processamento|feito|efetuad*',
  ],
};
