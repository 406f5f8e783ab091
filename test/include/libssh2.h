// Imitation of libssh2 for tests.

#ifndef TEST_INCLUDE_LIBSSH2_H
#define TEST_INCLUDE_LIBSSH2_H

extern "C" {

struct LIBSSH2_SESSION;

LIBSSH2_SESSION *libssh2_session_init_ex(void *, void *, void *, void *);
void libssh2_session_set_blocking(LIBSSH2_SESSION *, int blocking);
int libssh2_session_handshake(LIBSSH2_SESSION *, int socket);
}

#endif
