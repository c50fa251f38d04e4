/** The version of the Backend API that is asked for, and sent along with handshakes (protocol section 0.2). */
export const API_VERSION = '2025-11-10';
