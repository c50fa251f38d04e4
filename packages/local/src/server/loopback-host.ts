/** Whether a host name, without port, can only mean this machine. */
export function isLoopbackHost(name: string): boolean {
  return name === 'localhost' || name === '127.0.0.1' || name === '[::1]' || name.endsWith('.localhost');
}
