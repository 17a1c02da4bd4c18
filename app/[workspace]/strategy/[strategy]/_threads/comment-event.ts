/** Asks for a comment on what is chosen, or - with `detail` - on an item or one of its parts. */
export const COMMENT_EVENT = 'strategy:comment'
