/** French. */
import type { Language } from '../language.ts';

const KEY = '(clé|clé api|clef api|clé d’api|api key|jeton)';
const SERVICE =
  '(service|id de service|id du service|identifiant du service|identifiant de service|service sélectionné)';
const LINK = '(lien|url|nom d’utilisateur|adresse|l’url|l’adresse)';
const COUNT = '(quantité|quantité demandée|quantité commandée)';
const WRONG =
  '(invalide|incorrect|incorrecte|erroné|erronée|non valide|n’est pas valide|n’est pas correct|n’est pas correcte|mauvais|mauvaise)';
const NOT_THERE =
  '(introuvable|non trouvé|non trouvée|n’existe pas|inexistant|inexistante|n’a pas été trouvé|n’a pas été trouvée)';
const OFF = '(désactivé|désactivée|inactif|inactive|n’est pas actif|n’est pas active|non actif|non active)';
const ORDER = '(commande|id de commande|id de la commande|numéro de commande)';

export const french: Language = {
  refusals: {
    INVALID_KEY: [
      `(la|votre|le)? ${KEY} (est|a été)? (${WRONG}|${OFF}|${NOT_THERE}|manquante|requise|expirée)|mauvaise ${KEY}`,
      `(votre|ce|le)? (compte|utilisateur) (est|a été)? (${OFF}|bloqué|suspendu|banni|${NOT_THERE})|non autorisé|accès refusé|non authentifié`,
    ],
    INVALID_SERVICE: [
      `(le|ce|l’)? ${SERVICE} (est|a été)? (${WRONG}|${OFF}|${NOT_THERE}|supprimé|requis|obligatoire)|mauvais ${SERVICE}`,
    ],
    INVALID_LINK: [
      `(le|ce|votre|l’)? ${LINK} (est|a été)? (${WRONG}|${NOT_THERE}|privé|privée|requis|obligatoire|non supporté|non pris en charge)|mauvais ${LINK}`,
      '(le|ce|votre)? (compte|profil) est privé|(la|cette|votre)? (page|publication|vidéo) est privée',
    ],
    LINK_BUSY: [
      `une commande (est)? (déjà)? (active|en cours) (existe)? (pour|sur|avec) (ce|cette|le même) ${LINK}`,
      `(vous avez|il y a|il existe) (déjà une commande (active|en cours)?|une commande (active|en cours)) (avec|pour|sur) (ce|le même|cette) ${LINK}`,
      `(vous avez|il y a|il existe) (déjà)? une commande (active|en cours) (avec|pour|sur) ce ${LINK} (veuillez)? (attendre|patienter) (qu’elle soit terminée|la fin de la commande|jusqu’à la fin de la commande)`,
    ],
    INVALID_QUANTITY: [
      `(la|votre)? ${COUNT} (est)? (${WRONG}|trop faible|trop basse|trop élevée|trop grande|hors limites|non autorisée)`,
      `(la|votre)? ${COUNT} doit être (comprise entre|entre|supérieure à|inférieure à|d’au moins|au moins|au minimum|au maximum|supérieure ou égale à|inférieure ou égale à|un multiple de) # ((et|à) #)?`,
      `(la|votre)? ${COUNT} (est)? (inférieure|supérieure) (au|à la|à)? (minimum|maximum|quantité minimale|quantité maximale|minimale|maximale)? (autorisé|autorisée)? #?`,
      '(la)? (quantité)? (minimale|maximale|minimum|maximum) (autorisée|pour ce service)? (est|est de|de)? #',
      `(la)? ${COUNT} (minimale|maximale) (n’est pas atteinte|est dépassée|dépassée|non atteinte)|(la)? ${COUNT} doit être un (nombre|entier|nombre entier)`,
    ],
    INSUFFICIENT_FUNDS: [
      '(votre|le)? (solde|crédit|fonds|crédits) (est|sont)? (insuffisant|insuffisants|trop faible) (sur (votre|le) compte)? (pour cette commande)?',
      '(vous n’avez pas|pas|il n’y a pas) (assez|suffisamment) (de|d’)? (fonds|crédit|crédits|solde|argent|d’argent) (sur (votre|le) compte)? (pour cette commande)?',
    ],
    ORDER_NOT_FOUND: [`(la|cette)? ${ORDER} (est)? (${NOT_THERE}|${WRONG})`],
    REFILL_NOT_FOUND: [`(la|le)? (recharge|refill|demande de recharge) (${NOT_THERE}|${WRONG})`],
    REFILL_NOT_ALLOWED: [
      '(ce|le)? service (n’a pas|ne permet pas|ne propose pas) (de)? (recharge|refill|la recharge)|(recharge|refill) (non disponible|impossible|non autorisée)',
    ],
    CANCEL_NOT_ALLOWED: [
      '(cette|la)? commande ne peut pas être annulée|annulation (impossible|non disponible|non autorisée)',
    ],
    PANEL_REJECTED: ['action invalide'],
    RATE_LIMITED: ['trop de (requêtes|demandes|tentatives)|limite de (requêtes|débit) (dépassée|atteinte)'],
  },
  quantityDemands: [
    '(le|la)? (paramètre|champ)? (quantity|quantité) (est)? (requis|requise|obligatoire|manquant|manquante)|(quantity|quantité) non (renseignée|spécifiée)',
    '(paramètre|champ)? manquant (quantity|quantité)|(veuillez)? (saisir|indiquer) (une|la) quantité',
  ],
  missingParameters: [
    '(paramètres|champs|paramètre|champ) (requis|obligatoires)? (manquants|manquant)|il manque des (paramètres|champs)',
    'tous les (champs|paramètres) sont (obligatoires|requis)',
  ],
  orderDemands: [
    '(le|la)? (paramètre|champ)? (order|commande) (est)? (requis|requise|obligatoire|manquant|manquante|invalide)|(paramètre|champ)? manquant (order|commande)',
    '(id|numéro) de commande (invalide|incorrect)',
  ],
  openings: ['erreur|désolé|attention|erreur de validation'],
  closings: [
    '(veuillez|merci de)? (contacter|contactez) (le|notre)? support|(veuillez)? (recharger|rechargez) (votre)? (compte|solde)|(veuillez)? (ajouter|ajoutez) des fonds',
    '(veuillez)? (vérifier|vérifiez|corriger) (le|la|votre)? (lien|quantité|données|service)?|(minimum|maximum|requis|disponible|solde actuel) #|s’il vous plaît|merci',
  ],
  waits: [
    '(veuillez|merci de)? (réessayer|réessayez) (plus tard|dans # secondes|dans quelques (minutes|instants))|(veuillez)? (patienter|attendre)',
  ],
  failures: [
    'erreur (interne|inattendue|inconnue|serveur|du serveur|de connexion|de base|lors|pendant|dans|système|réseau|de traitement)',
    '(une)? erreur (est survenue|s’est produite|survenue|a eu lieu)|problème (est)? survenu|échec|échoué|a échoué|plus tard|réessay*|quelque chose',
    'maintenance|indisponible|temporair*|délai (dépassé|d’attente)|serveur|base de données|fournisseur*|connexion|surcharg*|impossible de|n’a pas pu|n’a pu',
  ],
  deeds: [
    'passée|créé|créée|enregistré*|sauvegard*|débité*|accepté*|envoyé*|reçue|reçu|traité*|en cours|confirmé*|terminé*|acheté*|payé*|effectué*|ajouté*',
    'succès|rembours*|en file|en attente|déjà|dupliqu*|doublon|mise à jour|mis à jour|validé*|inséré*|facturé*|prélevé*',
  ],
};
