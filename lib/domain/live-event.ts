/**
 * What is told over the sockets besides document updates: that something changed, with its id and revision.
 * Words travel only in rooms whose members may read them.
 */
export type LiveEvent =
  | { readonly type: 'strategies.changed' }
  | {
      readonly type: 'strategy.renamed'
      readonly strategyId: string
      readonly title: string
      readonly revision: number
    }
  | { readonly type: 'members.changed' }
  | { readonly type: 'departments.changed' }
  | { readonly type: 'workspace.changed' }
