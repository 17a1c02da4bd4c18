/**
 * Everything we say no to on purpose. The words are in lib/i18n/messages/{en,zh}/refusal.json, one per code;
 * a missing word fails the build. `not_found` also stands for "not yours": a stranger learns nothing.
 */
export const refusalCodes = [
  'not_found',
  'not_signed_in',
  'not_allowed',
  'invalid_input',
  'name_differs',
  'required',
  'invalid_json',
  'invalid_email',
  'invalid_slug',
  'unknown_field',
  'too_large',
  'too_long',
  'wrong_type',
  'rate_limited',
  'wrong_origin',
  'sign_in_failed',
  'wrong_password',
  'wrong_share_password',
  'weak_password',
  'email_taken',
  'slug_taken',
  'expired',
  'already_used',
  'wrong_account',
  'already_member',
  'last_owner',
  'role_too_high',
  'role_too_low',
  'strategy_not_editable',
  'strategy_is_current',
  'department_in_use',
  'conflict',
  'anchor_unknown',
  'words_suggested',
  'outcome_required',
  'invalid_date',
  'invalid_number',
  'dates_reversed',
  'too_many',
  'column_gone',
  'column_in_use',
  'last_column',
  'activity_not_active',
  'already_answered',
  'blocks_itself',
  'cycle_step',
  'cycle_running',
  'review_step',
  'review_unassessed',
  'carry_over_open',
  'quota',
  'import_unreadable',
  'version_damaged',
  'archive_too_large',
  'unsafe_xml',
  'pdf_unavailable',
  'unavailable',
] as const

export type RefusalCode = (typeof refusalCodes)[number]

/** Values for the sentence, such as `seconds` of a rate limit or the `field` it is about. */
export type RefusalDetail = Readonly<Record<string, string | number>>

// Next bundles its own copy of this class beside the custom server's, and each throws to the other.
const brand = Symbol.for('throughline.refusal')

/** An expected no. Turned into words once, at the border it leaves by (action, route, socket). */
export class Refusal extends Error {
  readonly [brand] = true

  /** A refusal is known by its brand: `instanceof` holds for one that another copy of this module threw, too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value
  }

  readonly code: RefusalCode
  readonly detail: RefusalDetail

  constructor(code: RefusalCode, detail: RefusalDetail = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.detail = detail
  }
}

/** HTTP status of a refusal at a route (table 5 of docs/api.md). */
export function refusalStatus(code: RefusalCode): number {
  switch (code) {
    case 'not_found':
      return 404
    case 'not_signed_in':
    case 'sign_in_failed':
      return 401
    case 'not_allowed':
    case 'wrong_origin':
    case 'wrong_account':
    case 'wrong_password':
    case 'wrong_share_password':
    case 'role_too_high':
    case 'role_too_low':
      return 403
    case 'email_taken':
    case 'slug_taken':
    case 'already_used':
    case 'already_member':
    case 'last_owner':
    case 'strategy_not_editable':
    case 'strategy_is_current':
    case 'version_damaged':
    case 'department_in_use':
    case 'conflict':
    case 'anchor_unknown':
    case 'words_suggested':
    case 'column_gone':
    case 'column_in_use':
    case 'last_column':
    case 'activity_not_active':
    case 'already_answered':
    case 'blocks_itself':
    case 'cycle_step':
    case 'cycle_running':
    case 'review_step':
    case 'review_unassessed':
    case 'carry_over_open':
      return 409
    case 'expired':
      return 410
    case 'too_large':
    case 'archive_too_large':
      return 413
    case 'wrong_type':
      return 415
    case 'unsafe_xml':
      return 422
    case 'rate_limited':
      return 429
    case 'quota':
      return 507
    case 'unavailable':
    case 'pdf_unavailable':
      return 503
    default:
      return 400
  }
}
