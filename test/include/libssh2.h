// Imitation of libssh2 for tests.

#ifndef TEST_INCLUDE_LIBSSH2_H
#define TEST_INCLUDE_LIBSSH2_H

#define libssh2_session_init() libssh2_session_init_ex(0, 0, 0, 0)
#define libssh2_userauth_password(session, user, password)                                         \
  libssh2_userauth_password_ex(session, user, sizeof(user) - 1, password, sizeof(password) - 1, 0)

extern "C" {

struct LIBSSH2_SESSION;

LIBSSH2_SESSION *libssh2_session_init_ex(void *, void *, void *, void *);
void libssh2_session_set_blocking(LIBSSH2_SESSION *, int blocking);
int libssh2_userauth_password_ex(LIBSSH2_SESSION *, const char *user, unsigned user_length,
                                 const char *password, unsigned password_length, void *change);
int libssh2_session_handshake(LIBSSH2_SESSION *, int socket);
}

#endif
