export * from './documents'
export * from './strategies'
export * from './users'
export * from './workspaces'
