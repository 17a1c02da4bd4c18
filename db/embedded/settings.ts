/**
 * Settings of the private server, given on its command line so that a newer app brings newer ones. They suit
 * a machine with 1 GB of memory that also runs the app.
 */
export function serverSettings(port: number, fsync: boolean): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // No socket file: the path of the data directory may be longer than the 107 bytes a socket name can have.
    unix_socket_directories: '',
    // The app's pool holds a few dozen connections at most; each one allowed costs memory, used or not.
    max_connections: '60',
    superuser_reserved_connections: '3',
    // A startup's strategies are some ten megabytes; the operating system's cache holds them a second time.
    shared_buffers: '32MB',
    effective_cache_size: '256MB',
    work_mem: '4MB',
    maintenance_work_mem: '32MB',
    // Small rows, often: recycle little log rather than keep 1 GB of it on a small disk.
    min_wal_size: '32MB',
    max_wal_size: '256MB',
    wal_level: 'minimal',
    max_wal_senders: '0',
    // Nobody uses these; without them there are fewer processes.
    max_logical_replication_workers: '0',
    max_worker_processes: '2',
    max_parallel_workers: '0',
    max_parallel_workers_per_gather: '0',
    io_method: 'sync',
    // Compiling a query pays only for queries of seconds; ours take milliseconds.
    jit: 'off',
    huge_pages: 'off',
    autovacuum_max_workers: '1',
    // A killed app leaves no connection behind: the kernel closes them. A hung one is let go after a while.
    tcp_keepalives_idle: '60',
    log_checkpoints: 'off',
    log_timezone: 'UTC',
    timezone: 'UTC',
    // Without fsync a commit still reaches the operating system, so that a test may kill any process it likes.
    ...(fsync ? {} : { fsync: 'off', full_page_writes: 'off' }),
  }
}

export function settingArguments(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
